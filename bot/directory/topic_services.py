"""Which kind of place helps with which topic: topic-services.yml."""

from __future__ import annotations

from collections.abc import Mapping

from bot.directory.model import Service
from bot.directory.yaml_lines import File
from bot.errors import BadContent

TOPIC_SERVICES = "topic-services.yml"


def read_topic_services(file: File) -> Mapping[str, Service | None]:
    """A service for every topic; None where no sort of place fits best. Raises BadContent."""
    written = file.values.get("topics")
    if not isinstance(written, dict):
        raise BadContent(f"{file.path}:1: topics: a service for each topic is expected")
    services: dict[str, Service | None] = {}
    problems: list[str] = []
    for topic, service in written.items():
        if service is None or service in list(Service):
            services[str(topic)] = None if service is None else Service(service)
        else:
            problems.append(f"{file.path}:1: topics: {topic}: there is no service “{service}”")
    if problems:
        raise BadContent("\n".join(problems))
    return services
