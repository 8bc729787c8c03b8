"""The app's settings, read from the environment (or `.env`) once at start.

Secrets come from variables or, with `_FILE` at the end of the name, from a file
(as container engines hand them over).
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadSetting

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything an operator can set; names in the environment begin with KOMEK_."""

    model_config = SettingsConfigDict(
        env_prefix="KOMEK_", env_file=".env", extra="ignore", populate_by_name=True
    )

    data_dir: Path = Field(ROOT / "data", description="database, keys and models live here")
    database_url: SecretStr | None = Field(None, description="empty: SQLite in the data folder")
    keys: SecretStr | None = Field(
        None, description="encryption keys, newest first, comma-separated; empty: a key file"
    )
    content_dir: Path = Field(ROOT / "content", description="answers and directory")
    locales_dir: Path = Field(ROOT / "locales", description="buttons and prompts")
    nlu_dir: Path = Field(ROOT / "nlu", description="word lists and decision numbers")

    telegram_token: SecretStr | None = Field(
        None, validation_alias="TELEGRAM_BOT_TOKEN", description="token given by BotFather"
    )
    telegram_api: str = Field("https://api.telegram.org", description="Bot API address")
    webhook_url: str = Field("", description="public https address; empty: long polling")
    webhook_secret: SecretStr | None = Field(None, description="Telegram sends it in a header")

    nlu_url: str = Field("http://127.0.0.1:5005", description="Rasa's address, loopback or private")
    nlu_token: SecretStr | None = Field(None, description="Rasa's --auth-token")

    desk_host: str = Field("127.0.0.1", description="address the desk listens on")
    desk_port: int = Field(8080, ge=0, le=65535)
    desk_url: str = Field("", description="public address of the desk, for links and cookies")
    preview_port: int = Field(8081, ge=0, le=65535, description="local Bot API and chat page")

    log_format: str = Field("console", pattern="^(console|json)$")

    @property
    def database_address(self) -> str:
        """SQLAlchemy's address of the database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir / 'komek.sqlite'}"

    @property
    def desk_is_https(self) -> bool:
        """Whether people reach the desk over TLS, so that cookies may demand it."""
        return self.desk_url.startswith("https://")


def load_settings() -> Settings:
    """The settings of this process. Raises BadSetting naming every wrong variable."""
    _read_secret_files()
    try:
        return Settings()
    except ValidationError as exc:
        wrong = "; ".join(
            f"{_variable(error['loc'])}: {error['msg']}"
            for error in exc.errors(include_input=False, include_url=False)
        )
        raise BadSetting(f"Please correct these settings: {wrong}") from None


def _variable(place: tuple[int | str, ...]) -> str:
    """The name a setting has in the environment."""
    name = str(place[0]).upper()
    return name if name == "TELEGRAM_BOT_TOKEN" else f"KOMEK_{name.removeprefix('KOMEK_')}"


def _read_secret_files() -> None:
    for name, path in list(os.environ.items()):
        wanted = name.removesuffix("_FILE")
        ours = wanted.startswith("KOMEK_") or wanted == "TELEGRAM_BOT_TOKEN"
        if name.endswith("_FILE") and ours and wanted not in os.environ:
            try:
                os.environ[wanted] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as exc:
                raise BadSetting(f"{name}: cannot read {path}: {exc.strerror}") from None
