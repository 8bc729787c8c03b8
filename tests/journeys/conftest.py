"""The journeys share the whole product with the browser tests; see tests/conftest.py."""

from tests.conftest import WORKER

__all__ = ["WORKER"]
