"""What can be configured for the Python SDK, and the names that follow from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from generators.lang.python.identifiers import pascal, snake
from generators.lang.words import words

if TYPE_CHECKING:
    from specloom.model.api import Api

_NOISE: Final = frozenset({"api", "apis", "openapi", "swagger", "rest", "the", "service", "specification", "spec"})
_VERSION_WORD: Final = re.compile(r"v?\d+(\.\d+)*")
_PEP440: Final = re.compile(r"v?(\d+(?:\.\d+){0,4}(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?)")
_DISTRIBUTION: Final = r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"


class Options(BaseModel):
    """The part of the config that belongs to `sdk/python`; everything has a default that follows from the title."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    package_name: str | None = Field(None, pattern=_DISTRIBUTION, description="Name of the package on PyPI.")
    module_name: str | None = Field(None, pattern=r"^[a-z_][a-z0-9_]*$", description="Name under which it is imported.")
    client_name: str | None = Field(
        None,
        pattern=r"^[A-Z][A-Za-z0-9]*$",
        description="Name of the client's class; the other one gets `Async` in front.",
    )
    version: str | None = Field(None, pattern=rf"^{_PEP440.pattern}$", description="Version of the package.")
    env_prefix: str | None = Field(None, pattern=r"^[A-Z][A-Z0-9_]*$", description="Start of environment variables.")
    base_url: str | None = Field(None, description="Address of the API, where the description's first server is wrong.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the package and its main parts are called."""

    distribution: str
    module: str
    client: str
    brand: str
    env_prefix: str
    version: str

    @property
    def error(self) -> str:
        """The alias of the root of all errors."""
        return f"{self.client}Error"


def names_of(api: Api, options: Options) -> Names:
    """Settle all names: what the config says, else what the owner says beside the description, else the title."""
    owner = next((package.name for package in api.packages if package.language == "python"), None)
    distribution = options.package_name or _distribution(owner) or "-".join(_title_words(api.title))
    client = options.client_name or pascal(" ".join(_title_words(api.title)), prefix="Api")
    module = options.module_name or snake(distribution, prefix="api")
    return Names(
        distribution=distribution,
        module=_not_our_own(module),
        client=client,
        brand=client,
        env_prefix=options.env_prefix or snake(client, prefix="api").upper(),
        version=options.version or _version(api.version),
    )


def _distribution(name: str | None) -> str | None:
    return name if name and re.match(_DISTRIBUTION, name) else None


def _title_words(title: str) -> list[str]:
    """Return the telling words of a title: without "API", "the", versions; at most four of them, in ASCII."""
    found = [word for word in words(title.partition(" - ")[0]) if word.isascii()]
    telling = [word for word in found if word not in _NOISE and not _VERSION_WORD.fullmatch(word)]
    return (telling or found)[:4] or ["api", "client"]


def _version(version: str) -> str:
    """Return the description's version where Python packages may have it (PEP 440), else 0.1.0."""
    match = _PEP440.fullmatch(version.strip())
    return match[1] if match else "0.1.0"


def _not_our_own(module: str) -> str:
    """Keep the package from hiding what it imports itself."""
    return (
        f"{module}_client"
        if module in {"httpx", "pydantic", "pydantic_core", "typing_extensions", "typing"}
        else module
    )
