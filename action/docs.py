"""What `docs/` derives from the code: `python -m action.docs` writes it, and a test fails where it is stale."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer
from pydantic import TypeAdapter

from action.cli import load
from action.commands import ALL as COMMANDS
from generators import ALL as GENERATORS
from specloom.config import json_schema, markdown_reference
from specloom.drift.pages import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
WIDTH: Final = 100
"""Characters of a line of help in the docs, whatever terminal they are written on."""

ROOT: Final = Path(__file__).resolve().parents[1]

INTRODUCTION: Final = """# Command line

Inputs are files, folders, or `REV:PATH` of a git repository. With `--json` a command prints exactly one JSON document
on stdout; progress and messages go to stderr. The documents are a contract: fields are added, never changed, and a
JSON schema of each stands in [json/](json/).

| exit code | means |
|---|---|
| 0 | done |
| 1 | the input is wrong, or a gate such as `--fail-on` said no |
| 2 | wrong usage |
| 70 | a bug in Specloom |
| 75 | a service is unwell; try again |

Where a command fails, `--json` prints `{"error": {"kind", "message", "path", "line"}}`; `kind` is `user`, `upstream` or
`bug`. Colours follow `NO_COLOR` and vanish in pipes. `SOURCE_DATE_EPOCH` sets the day against which expiry dates in the
config are measured.
"""


def derived() -> dict[str, str]:
    """Return every derived file: its path below `docs/`, and its text."""
    shapes = {name: shape for name, module in _modules() if (shape := getattr(module, "JSON", None))}
    return {
        "specloom.schema.json": _json(json_schema(GENERATORS)),
        "configuration.md": markdown_reference(GENERATORS),
        "cli.md": "\n".join([INTRODUCTION, *_commands()]),
        **pages(),
        **{f"json/{name}.schema.json": _json(_schema(shape)) for name, shape in shapes.items()},
    }


def write(folder: Path = ROOT / "docs") -> list[str]:
    """Write the derived files that are not as they should be, and return their paths."""
    written = []
    for path, text in derived().items():
        file = folder / path
        if not file.is_file() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            written.append(path)
    return written


def _modules() -> Iterator[tuple[str, Any]]:
    return ((command.name, importlib.import_module(f"action.commands.{command.name}")) for command in COMMANDS)


def _schema(shape: Any) -> dict[str, Any]:  # noqa: ANN401  any typed dictionary
    return {"$schema": DIALECT, **TypeAdapter(shape).json_schema(mode="serialization")}


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _commands() -> Iterator[str]:
    for command in COMMANDS:
        made = load(command.name)
        context = typer.Context(made, info_name=f"specloom {command.name}", terminal_width=WIDTH)
        yield f"## `specloom {command.name}`\n\n{command.summary}\n\n{_help(made, context)}"
        for name, inner in getattr(made, "commands", {}).items():
            known = f"specloom {command.name} {name}"
            yield f"### `{known}`\n\n{_help(inner, typer.Context(inner, info_name=known, terminal_width=WIDTH))}"


def _help(command: Any, context: typer.Context) -> str:  # noqa: ANN401  typer keeps its command class private
    return f"```text\n{command.get_help(context).strip()}\n```\n"


if __name__ == "__main__":
    for name in write():
        print(f"wrote docs/{name}")  # noqa: T201  the answer
