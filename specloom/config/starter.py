"""The commented config file that `specloom init` writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from specloom.config.settings import DEFAULT_BRANCH, DEFAULT_TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.model.generator import Generator


def starter(descriptions: Sequence[str], generators: Sequence[Generator]) -> str:
    """Return a config that names what was found and keeps to the defaults, with the other choices in comments."""
    return "\n".join(_lines(descriptions, generators)) + "\n"


def _lines(descriptions: Sequence[str], generators: Sequence[Generator]) -> Iterator[str]:
    yield "# Specloom's config; every key is optional. Specloom's docs/configuration.md explains them all."
    yield ""
    yield "# API descriptions: paths or globs. Without this key they are found by their content."
    if descriptions:
        yield "descriptions:"
        yield from (f"  - path: {json.dumps(path)}" for path in descriptions)
    else:
        yield "# descriptions:"
        yield "#   - path: openapi.yaml"
    yield "#     upstream: https://api.example.com/openapi.yaml  # where it is tracked from, if it is"
    yield ""
    yield "# What is generated, each into the folder of its name; options go below a target. For drift and facts"
    yield "# alone, write `targets: {}`."
    yield "targets:"
    for generator in generators:
        mark = "" if generator.target in DEFAULT_TARGETS else "# "
        yield f"{mark}  {generator.target}:  # {generator.summary}"
        yield from (
            f"  #   {name}: {_default(field.default)}" for name, field in generator.options.model_fields.items()
        )
    yield ""
    yield "# Which changes of the description fail the check: breaking, risky, any or never."
    yield "drift:"
    yield "  fail_on: breaking"
    yield "  # accept:"
    yield "  #   - fingerprint: 0123456789ab"
    yield "  #     reason: why this change is fine"
    yield ""
    yield "# Documentation to look for facts in, and files never to read: patterns as in .gitignore."
    yield '# docs: ["docs/"]'
    yield '# ignore: ["tests/"]'
    yield ""
    yield "# Facts found in the documentation that are right, or wrong, by the IDs that reports show."
    yield "# facts:"
    yield '#   accept: ["0123abcd"]'
    yield '#   reject: ["89ab4567"]'
    yield ""
    yield "# The branch that pull requests come from."
    yield f"# branch: {DEFAULT_BRANCH}"


def _default(value: object) -> str:
    return json.dumps(value) if isinstance(value, str | int | float | list | tuple | None) else "…"
