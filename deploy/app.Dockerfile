FROM python:3.11-slim
WORKDIR /komek
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY bot bot
COPY content content
COPY locales locales
COPY nlu nlu
RUN useradd --create-home komek && mkdir data && chown komek data
USER komek
EXPOSE 8080
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
