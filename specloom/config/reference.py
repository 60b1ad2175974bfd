"""What is published about the config file: its JSON schema and a reference for people, both from the models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from specloom.config.settings import PATH, config_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model.generator import Generator

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

INTRODUCTION: Final = f"""# Configuration

Specloom reads `{PATH}`. Every key is optional and so is the file: without it, descriptions are found by their
content and a Python SDK is kept up to date. `specloom init` writes a commented one. A mistake is reported with
its line, by the command line and as a check run.

Editors that know YAML language servers check the file as it is typed, when it starts with

```yaml
# yaml-language-server: $schema=<address or path of docs/specloom.schema.json>
```
"""


def json_schema(generators: tuple[Generator, ...]) -> dict[str, Any]:
    """Return the JSON schema (2020-12) of the config file."""
    return {"$schema": DIALECT, **config_model(generators).model_json_schema(by_alias=True)}


def markdown_reference(generators: tuple[Generator, ...]) -> str:
    """Return `docs/configuration.md`."""
    schema = json_schema(generators)
    return "\n".join([INTRODUCTION, *_section("", schema, schema["$defs"], level=2)]).rstrip() + "\n"


def _section(path: str, schema: Mapping[str, Any], models: Mapping[str, Any], *, level: int) -> Iterator[str]:
    heading = f"`{path}`" if path else "The file"
    yield from (f"{'#' * level} {heading}", "", schema.get("description", "").strip(), "")
    yield from ("| key | type | default | meaning |", "|---|---|---|---|")
    inner = []
    for key, field in schema.get("properties", {}).items():
        name, deeper = _type(field, models)
        text = " ".join(field.get("description", "").split())
        yield f"| `{key}` | {name} | {_default(field, required=key in schema.get('required', ()))} | {text} |"
        if deeper:
            inner.append((f"{path}.{key}".lstrip(".") + ("[]" if name.startswith("list") else ""), deeper))
    yield ""
    for name, deeper in inner:
        if name != "descriptions[].targets":  # the same as `targets`
            yield from _section(name, models[deeper], models, level=level + 1)


def _type(field: Mapping[str, Any], models: Mapping[str, Any]) -> tuple[str, str | None]:
    """Name a field's type for people, and the model that it leads to."""
    if "anyOf" in field:
        found = [_type(option, models) for option in field["anyOf"] if option.get("type") != "null"]
        return " or ".join(name for name, _ in found), next((model for _, model in found if model), None)
    if field.get("type") == "array":
        name, model = _type(field.get("items", {}), models)
        return f"list of {name}", model
    model = field.get("$ref", "").rpartition("/")[2]
    if model and "enum" not in models[model]:
        return "mapping", model
    return _simple_type(models[model] if model else field, models), None


def _simple_type(field: Mapping[str, Any], models: Mapping[str, Any]) -> str:
    values = field.get("enum") or ([field["const"]] if "const" in field else [])
    if values:
        return ", ".join(f"`{value}`" for value in values)
    if isinstance(extra := field.get("additionalProperties"), dict):
        return f"mapping to {_type(extra, models)[0]}"
    names = {"string": "text", "boolean": "true or false", "integer": "whole number", "object": "mapping"}
    kind = field.get("type", "anything")
    return str(field.get("format") or names.get(kind, kind))


def _default(field: Mapping[str, Any], *, required: bool) -> str:
    if required:
        return "required"
    default = field.get("default")
    return "" if default in (None, [], {}) or isinstance(default, dict) else f"`{json.dumps(default)}`"
