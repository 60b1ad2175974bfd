"""From the bytes of a config file to a `Config`, or to an error that points at the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel, ValidationError

from specloom.config.located import load_yaml
from specloom.config.settings import (
    DEFAULT_BRANCH,
    DEFAULT_DRAFT,
    DEFAULT_TARGETS,
    PATH,
    DriftSettings,
    FailOn,
    config_model,
    field_name,
)
from specloom.errors import UserError
from specloom.model.policy import Acceptance, Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from specloom.config.located import Loc, Located
    from specloom.model.generator import Generator
    from specloom.model.source import Span

KINDS: Final = {
    "missing": "is required",
    "string_type": "must be text; put it in quotes",
    "bool_type": "must be `true` or `false`",
    "bool_parsing": "must be `true` or `false`",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "list_type": "must be a list; put `- ` before each entry",
    "tuple_type": "must be a list; put `- ` before each entry",
    "frozen_set_type": "must be a list; put `- ` before each entry",
    "dict_type": "must be a mapping of names to values",
    "model_type": "must be a mapping of names to values",
    "model_attributes_type": "must be a mapping of names to values",
}
"""Pydantic's error types in words for people; others keep pydantic's own message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """One API description: its path or glob, the folder its output goes to (None: chosen), and its own targets.

    `upstream` is the address that its content is tracked from, if it is.
    """

    path: str
    folder: str | None = None
    upstream: str | None = None
    targets: Mapping[str, BaseModel] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The config as the pipeline uses it. `descriptions` is empty where they are to be discovered."""

    targets: Mapping[str, BaseModel]
    descriptions: tuple[Description, ...] = ()
    docs: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "breaking"
    policy: Policy = field(default_factory=Policy)
    accepted_facts: frozenset[str] = frozenset()
    rejected_facts: frozenset[str] = frozenset()
    draft: str | None = DEFAULT_DRAFT
    branch: str = DEFAULT_BRANCH

    @property
    def tracked(self) -> dict[str, str]:
        """The descriptions that are tracked from an address, with it."""
        return {entry.path.removeprefix("./"): entry.upstream for entry in self.descriptions if entry.upstream}


def default_config(generators: tuple[Generator, ...]) -> Config:
    """Return what holds without a config file."""
    return _config(config_model(generators)(), generators)


def default_policy() -> Policy:
    """Return what holds for drift without a config file, which no generator has a say in."""
    return _policy(DriftSettings())


def load_config(content: bytes, *, path: str = PATH, generators: tuple[Generator, ...]) -> Config:
    """Read a config file. Raises `UserError` that points at the line of the first mistake and names the others."""
    located = load_yaml(content, path=path)
    model = config_model(generators)
    try:
        found = model.model_validate({} if located.value is None else located.value)
    except ValidationError as error:
        raise _explain(error, located, model) from None
    return _config(found, generators)


def _config(found: Any, generators: tuple[Generator, ...]) -> Config:  # noqa: ANN401  a model made at run time
    drift: DriftSettings = found.drift
    return Config(
        targets=_default_targets(generators) if found.targets is None else _targets(found.targets, generators),
        descriptions=tuple(
            Description(
                path=entry.path,
                folder=entry.output,
                upstream=entry.upstream,
                targets=None if entry.targets is None else _targets(entry.targets, generators),
            )
            for entry in found.descriptions
        ),
        docs=found.docs,
        ignore=found.ignore,
        fail_on=drift.fail_on,
        policy=_policy(drift),
        accepted_facts=frozenset(found.facts.accept),
        rejected_facts=frozenset(found.facts.reject),
        draft=found.draft or None,
        branch=found.branch,
    )


def _targets(found: BaseModel, generators: tuple[Generator, ...]) -> dict[str, BaseModel]:
    fields = {generator.target: getattr(found, field_name(generator.target)) for generator in generators}
    return {target: options for target, options in fields.items() if options is not None}


def _default_targets(generators: tuple[Generator, ...]) -> dict[str, BaseModel]:
    return {item.target: item.options() for item in generators if item.target in DEFAULT_TARGETS}


def _policy(drift: DriftSettings) -> Policy:
    return Policy(
        severities={rule: None if level == "off" else level for rule, level in drift.severities.items()},
        accepted=tuple(Acceptance(**entry.model_dump()) for entry in drift.accept),
        deprecation_days=drift.deprecation_days,
        unstable=frozenset(drift.unstable),
    )


def _explain(error: ValidationError, located: Located, model: type[BaseModel]) -> UserError:
    found: dict[tuple[int, str], tuple[Span, str]] = {}
    for item in error.errors():
        span = located.span(item["loc"])
        found.setdefault((span.start, _place(item["loc"], located)), (span, _message(item, model)))
    lines = [(span, f"{place} {message}") for (_, place), (span, message) in sorted(found.items())]
    more = "".join(f"\nline {span.start}: {text}" for span, text in lines[1:])
    return UserError(lines[0][1] + more, lines[0][0])


def _place(loc: Loc, located: Located) -> str:
    """Name the place as it is written in the file: what pydantic adds for the branches of a union is left out."""
    known = next((loc[:end] for end in range(len(loc), 0, -1) if loc[:end] in located.lines), ())
    if not known:
        known = loc
    return "`" + ".".join(str(part) for part in known) + "`" if known else "the file"


def _message(item: ErrorDetails, model: type[BaseModel]) -> str:
    if item["type"] == "extra_forbidden":
        known = sorted(_known_keys(model, item["loc"][:-1]))
        close = get_close_matches(str(item["loc"][-1]), known, n=1, cutoff=0.5)
        hint = f"did you mean `{close[0]}`?" if close else f"known are {', '.join(f'`{key}`' for key in known)}"
        return f"is not a key here; {hint}"
    if item["type"] == "missing":
        return f"needs `{item['loc'][-1]}`"
    text = KINDS.get(item["type"]) or item["msg"][:1].lower() + item["msg"][1:]
    return text.removeprefix("input ").replace("'", "`")


def _known_keys(annotation: Any, loc: Loc) -> set[str]:  # noqa: ANN401  any annotation that a field can have
    """Return the keys that the model at `loc` below `annotation` knows."""
    models = [item for item in _unfold(annotation) if isinstance(item, type) and issubclass(item, BaseModel)]
    if not models:
        return set()
    fields = {field.alias or name: field.annotation for name, field in models[0].model_fields.items()}
    inner = tuple(part for part in loc if not isinstance(part, int))
    return _known_keys(fields[inner[0]], inner[1:]) if inner and inner[0] in fields else set(fields)


def _unfold(annotation: Any) -> list[Any]:  # noqa: ANN401  likewise
    """Return an annotation with the members of unions, tuples and `Annotated`, outermost first."""
    return [annotation, *(found for inner in get_args(annotation) for found in _unfold(inner))]
