FROM python:3.10-slim
WORKDIR /komek
COPY nlu/requirements.txt nlu/requirements.txt
RUN pip install --no-cache-dir --require-hashes -r nlu/requirements.txt
COPY config.yml .
COPY bot bot
COPY nlu nlu
ENV PYTHONPATH=/komek RASA_TELEMETRY_ENABLED=false
RUN python -m nlu.train --out models
RUN useradd --create-home komek
USER komek
EXPOSE 5005
# The token comes from the variable AUTH_TOKEN.
CMD ["sh", "-c", "exec python -m rasa run --enable-api --model models --interface 0.0.0.0 --port 5005 --auth-token=\"$AUTH_TOKEN\""]
