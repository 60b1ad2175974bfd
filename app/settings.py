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

    app_id: str | None = Field(default=None, pattern=r"^\d+$", description="The App's id, a number.")
    private_key: SecretStr | None = Field(default=None, description="The App's key: PEM text, or the path of a file.")
    webhook_secret: SecretStr | None = Field(default=None, description="What deliveries are signed with.")
    github_api_url: str = Field(
        default="https://api.github.com", description="REST address; `https://HOST/api/v3` for an Enterprise Server."
    )
    github_graphql_url: str | None = Field(default=None, description="GraphQL address, where it does not follow.")
    github_git_url: str | None = Field(
        default=None, description="Address of git and the web, where it does not follow."
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on.")
    public_url: str | None = Field(default=None, description="Where people and GitHub reach the server; for links.")
    data_dir: Path = Field(default=Path(".specloom"), description="Copies of repositories, and a Redis of our own.")
    redis_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("REDIS_URL", "redis_url"),
        description="A Redis that keeps its data; without one, our own is started.",
    )
    sentry_dsn: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("SENTRY_DSN", "sentry_dsn"),
        description="Where our faults are reported; needs `specloom[sentry]`.",
    )
    concurrency: int = Field(default=4, ge=1, description="Jobs at a time in one process.")
    job_timeout: float = Field(default=900.0, gt=0, description="Seconds that a job may take.")
    lease: float = Field(default=30.0, gt=0, description="Seconds after which the job of a dead worker is taken over.")
    max_tries: int = Field(default=8, ge=1, description="Tries before a job is given up.")
    retry_base: float = Field(default=5.0, gt=0, description="Seconds before the second try; they double with each.")
    write_gap: float = Field(default=1.0, ge=0, description="Seconds between two writes of one installation.")
    poll_minutes: int = Field(
        default=60, ge=0, description="Minutes between two looks at the addresses in `upstream`; 0 is never."
    )
    upstream_hosts: str = Field(
        default="", description="Hosts that `upstream` may name although they are private or have no TLS; by commas."
    )
    catch_up_minutes: int = Field(
        default=10, ge=0, description="Minutes between two looks for deliveries that never arrived; 0 is never."
    )
    keep_days: int = Field(default=30, ge=1, description="Days that an unused copy of a repository is kept.")
    log_level: str = Field(default="INFO", description="The mildest level that is logged.")

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
    def trusted_hosts(self) -> frozenset[str]:
        """The hosts in `upstream_hosts`."""
        return frozenset(self.upstream_hosts.replace(",", " ").split())

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
