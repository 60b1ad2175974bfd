"""Settings of the App, from the environment or a `.env` file; `docs/configuration.md` lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from specloom.adapters.github.client import Addresses

PEM: Final = "-----BEGIN"


class Settings(BaseSettings):
    """What the server and its workers need to know.

    Durations are in seconds. `private_key` may be given as PEM text, with line breaks real or escaped, or as the path
    of a file that holds it. Credentials may be missing: then the server only offers to register an App.
    """

    model_config = SettingsConfigDict(
        env_prefix="SPECLOOM_", env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    app_id: str | None = None
    private_key: SecretStr | None = None
    webhook_secret: SecretStr | None = None
    github_api_url: str = "https://api.github.com"
    github_graphql_url: str | None = None
    github_git_url: str | None = None

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str | None = None
    data_dir: Path = Path(".specloom")
    redis_url: str | None = Field(default=None, validation_alias=AliasChoices("REDIS_URL", "redis_url"))
    qdrant_url: str | None = Field(default=None, validation_alias=AliasChoices("QDRANT_URL", "qdrant_url"))
    sentry_dsn: SecretStr | None = Field(default=None, validation_alias=AliasChoices("SENTRY_DSN", "sentry_dsn"))

    concurrency: int = Field(default=4, ge=1)
    job_timeout: float = Field(default=900.0, gt=0)
    lease: float = Field(default=30.0, gt=0)
    max_tries: int = Field(default=8, ge=1)
    retry_base: float = Field(default=5.0, gt=0)
    write_gap: float = Field(default=1.0, ge=0)
    poll_minutes: int = Field(default=0, ge=0)
    catch_up_minutes: int = Field(default=10, ge=0)
    log_level: str = "INFO"

    @model_validator(mode="after")
    def _read_key(self) -> Self:
        if self.private_key is None:
            return self
        text = self.private_key.get_secret_value()
        if PEM not in text:
            path = Path(text).expanduser()
            if not path.is_file():
                raise ValueError(f"SPECLOOM_PRIVATE_KEY is neither a key in PEM format nor a file: {path.name!r}")
            text = path.read_text()
        self.private_key = SecretStr(text.replace("\\n", "\n"))
        return self

    @property
    def addresses(self) -> Addresses:
        """Where this GitHub answers."""
        return Addresses.of(self.github_api_url, graphql=self.github_graphql_url, git=self.github_git_url)

    @property
    def is_registered(self) -> bool:
        """Whether there is an App to work for."""
        return None not in (self.app_id, self.private_key, self.webhook_secret)

    def link(self, path: str) -> str:
        """Return an absolute address of ours, as people outside see it."""
        root = self.public_url or f"http://{self.host}:{self.port}"
        return f"{root.rstrip('/')}/{path.lstrip('/')}"


def load() -> Settings:
    """Read the settings, with those of `.env` in the data folder, where registration leaves the credentials."""
    folder = Settings().data_dir
    return Settings(_env_file=(".env", folder / ".env"))  # type: ignore[call-arg]  # pydantic-settings takes it
