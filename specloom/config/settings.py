"""What the config file may say: pydantic models, joined by the options that the generators bring."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, create_model

from specloom.model.change import Severity
from specloom.model.files import inside

if TYPE_CHECKING:
    from specloom.model.generator import Generator

PATH: Final = ".github/specloom.yml"
DEFAULT_TARGETS: Final = ("sdk/python",)
DEFAULT_BRANCH: Final = "specloom/update"
DEFAULT_DRAFT: Final = "openapi.yaml"

BRANCH: Final = r"^[A-Za-z0-9][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*$"
"""Stricter than git: letters, digits, `_` and `-`, joined by single dots or slashes."""

ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+(?:[/?][!-~]*)?")
"""An address of the web without a user or a fragment."""

LONGEST_ADDRESS: Final = 2000
MOST_UPSTREAMS: Final = 20
"""Descriptions of one repository that may be tracked from elsewhere."""

WITHHELD: Final = (".github/", ".specloom/")
"""Where no description is written to: GitHub's own files, some of which take permissions of their own, and ours."""

FactId: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
FailOn: TypeAlias = Literal["breaking", "risky", "any", "never"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AcceptedChange(_Strict):
    """Changes that are meant: by `fingerprint`, or by `rule` and `where` (shell patterns; both must match)."""

    reason: str = Field(min_length=1, description="Why this is fine; shown in every report.")
    fingerprint: str | None = Field(default=None, description="The twelve hex digits that a report shows for a change.")
    rule: str = Field(default="*", description="Pattern over rule ids, such as `response-*`.")
    where: str = Field(default="*", description="Pattern over subjects and operations, such as `GET /pets*`.")
    expires: date | None = Field(default=None, description="Last day on which this entry counts, as YYYY-MM-DD.")
    hide: bool = Field(default=False, description="Leave the change out of the report altogether.")


class DriftSettings(_Strict):
    """What counts as drift, and when a check fails."""

    fail_on: FailOn = Field(default="breaking", description="The mildest change that fails the check.")
    severities: dict[str, Severity | Literal["off"]] = Field(
        default_factory=dict, description="Rule id or pattern → `breaking`, `risky`, `safe` or `off`."
    )
    accept: tuple[AcceptedChange, ...] = Field(default=(), description="Changes that are meant.")
    deprecation_days: dict[str, int] = Field(
        default_factory=dict, description="Stability level → shortest notice before a sunset, in days."
    )
    unstable: tuple[str, ...] = Field(
        default=("draft", "alpha"), description="Stability levels whose operations may change at will."
    )


class FactSettings(_Strict):
    """Facts found in the documentation that somebody has decided on, by the eight hex digits that a report shows."""

    accept: tuple[FactId, ...] = Field(default=(), description="IDs of facts that are right; reports mark them.")
    reject: tuple[FactId, ...] = Field(default=(), description="IDs of facts that are wrong; never shown again.")


def config_model(generators: tuple[Generator, ...]) -> type[BaseModel]:
    """Build the model of the whole file; the part under `targets` comes from the generators' own options."""
    targets: Any = _targets_model(generators)
    entry: Any = _model(
        "DescriptionEntry",
        "One API description, or several by a glob.",
        path=(str, Field(min_length=1, description="File, or glob, from the repository's root.")),
        output=(
            Annotated[str, AfterValidator(_folder)] | None,
            Field(None, description="Folder for what is generated from it; the root is `.`."),
        ),
        upstream=(
            Annotated[str, AfterValidator(_upstream)] | None,
            Field(None, description="Address that it is tracked from; a pull request brings what is new there."),
        ),
        targets=(targets | None, Field(None, description="Other targets or options for this description alone.")),
    )
    return _model(
        "SpecloomConfig",
        "Everything has a default.",
        descriptions=(
            Annotated[
                tuple[Annotated[entry, BeforeValidator(_path_alone, json_schema_input_type=str | entry)], ...],
                AfterValidator(_few_upstreams),
            ],
            Field((), description="API descriptions; found by their content where none is named."),
        ),
        targets=(
            targets | None,
            Field(
                None,
                description=f"What is generated; {_list(DEFAULT_TARGETS)} by default, and nothing with `{{}}`:"
                " drift and facts alone.",
            ),
        ),
        docs=(tuple[str, ...], Field((), description="Globs of documentation; found where none is named.")),
        ignore=(tuple[str, ...], Field((), description="Globs of files that are never read.")),
        drift=(
            DriftSettings,
            Field(DriftSettings(), description="What is accepted, and when a check fails."),
        ),
        facts=(
            FactSettings,
            Field(FactSettings(), description="Which facts found in the documentation are right, and which are not."),
        ),
        draft=(
            Annotated[str, AfterValidator(_draft)] | Literal[False],
            Field(
                DEFAULT_DRAFT,
                description="File that a description drafted from the documentation is proposed in where the repository"
                " has none; `false` for no such proposal.",
            ),
        ),
        branch=(str, Field(DEFAULT_BRANCH, pattern=BRANCH, description="Branch that a pull request comes from.")),
    )


def _targets_model(generators: tuple[Generator, ...]) -> type[BaseModel]:
    fields = {
        field_name(generator.target): (
            Annotated[generator.options | None, BeforeValidator(_empty_for_null)],
            Field(None, alias=generator.target, description=generator.summary),
        )
        for generator in generators
    }
    return _model("Targets", "What is generated. A target with nothing after it has its defaults.", **fields)


def field_name(target: str) -> str:
    """Return the attribute that holds the options of `target`."""
    return target.replace("/", "__")


def _model(name: str, doc: str, **fields: Any) -> type[BaseModel]:  # noqa: ANN401  (annotation, Field) pairs
    made: type[BaseModel] = create_model(name, __base__=_Strict, __doc__=doc, **fields)
    return made


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _empty_for_null(value: object) -> object:
    """Let `sdk/python:` with nothing after it mean the target with its defaults."""
    return {} if value is None else value


def _path_alone(value: object) -> object:
    """Let `- openapi.yaml` mean `- path: openapi.yaml`."""
    return {"path": value} if isinstance(value, str) else value


def _upstream(value: str, info: ValidationInfo) -> str:
    """Check an address, and that the description it is tracked into is one file that may be written."""
    path = str(info.data.get("path", "")).removeprefix("./")
    if len(value) > LONGEST_ADDRESS or not ADDRESS.fullmatch(value):
        raise ValueError("must be an https address, without a user name, a password, or a `#`")
    if set(path) & set("*?[") or not inside(path) or path.startswith(WITHHELD):
        raise ValueError("needs a `path` that is one file, no glob, where a description may be written")
    return value


def _few_upstreams(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    tracked = [entry.path.removeprefix("./") for entry in entries if entry.upstream]
    if len(tracked) > MOST_UPSTREAMS:
        raise ValueError(f"may have at most {MOST_UPSTREAMS} entries with `upstream`")
    if len(set(tracked)) < len(tracked):
        raise ValueError("tracks one file from two addresses; keep one `upstream` of them")
    return entries


def _draft(value: str) -> str:
    """Bring the path of a draft to the form `a/b.yaml`."""
    path = posixpath.normpath(value).removeprefix("/")
    if path.split("/")[0] == ".." or not path.endswith((".yaml", ".yml", ".json")):
        raise ValueError("must be a .yaml, .yml or .json file inside the repository, or `false`")
    return path


def _folder(value: str) -> str:
    """Bring a folder to the form `a/b`, and the root to the empty text."""
    folder = posixpath.normpath(value).removeprefix("/")
    if folder.split("/")[0] == "..":
        raise ValueError("must be a folder inside the repository")
    return "" if folder == "." else folder
