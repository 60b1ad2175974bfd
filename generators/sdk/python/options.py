"""What can be configured for the Python SDK, and the names that follow from it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from generators.lang.python.identifiers import snake
from generators.sdk.python.exports import free_client_name

if TYPE_CHECKING:
    from specloom.model.api import Api

_NOISE: Final = frozenset(
    {"a", "an", "and", "api", "apis", "collection", "definition", "docs", "documentation", "for", "official", "openapi"}
    | {"of", "open", "our", "public", "reference", "rest", "restful", "spec", "specification", "swagger"}
    | {"the", "web", "http", "json"}
)
_VERSION_WORD: Final = re.compile(r"v?\d+(\.\d+)*(alpha|beta)?\d*")
_ASIDE: Final = re.compile(r"\s[-\u2013\u2014+|:]|[:(\[,]")
_POSSESSIVE: Final = re.compile(r"'s\b")
_TAKEN: Final = frozenset({"False", "None", "SyncClient", "Secret", "True", "Unset"})
_PEP440: Final = re.compile(r"v?(\d+(?:\.\d+){0,4}(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?)")
_DISTRIBUTION: Final = r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"


_VERSION: Final = "Version of the package; by default the description's, or the last release moved by what changed."


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
    version: str | None = Field(None, pattern=rf"^{_PEP440.pattern}$", description=_VERSION)
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
    brand = _brand(api.title)
    distribution = options.package_name or _distribution(owner) or "-".join(brand).lower()
    client = free_client_name(options.client_name or _class_name(brand))
    return Names(
        distribution=distribution,
        module=options.module_name or _not_our_own(snake(distribution, prefix="api")),
        client=client,
        brand=client,
        env_prefix=options.env_prefix or _env_prefix(brand),
        version=options.version or _version(api.version),
    )


def _distribution(name: str | None) -> str | None:
    return name if name and re.match(_DISTRIBUTION, name) else None


def _brand(title: str) -> list[str]:
    """Return the telling words of a title, at most four, in ASCII and with their capitals.

    A brand such as `OpenAI` stays one word. "API", "the", versions and what follows a dash or a bracket say nothing.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    for text in (_ASIDE.split(plain, maxsplit=1)[0], plain):
        found = re.findall(r"[A-Za-z0-9]+", _POSSESSIVE.sub("", text))
        telling = [word for word in found if word.lower() not in _NOISE and not _VERSION_WORD.fullmatch(word.lower())]
        if telling:
            return telling[:4]
    return ["Api", "Client"]


def _class_name(brand: list[str]) -> str:
    """Write the brand as the name of a class; the casing of words that have one is the owner's."""
    name = "".join(word[:1].upper() + word[1:] for word in brand)[:60]
    name = name if name[0].isalpha() else f"Api{name}"
    return f"{name}Client" if name in _TAKEN or name.startswith("Async") else name


def _env_prefix(brand: list[str]) -> str:
    prefix = "_".join(brand).upper()
    return prefix if prefix[0].isalpha() else f"API_{prefix}"


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
