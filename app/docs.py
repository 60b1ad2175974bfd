"""What `docs/` derives from the App: `python -m app.docs` writes it, and a test fails where it is stale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import AliasChoices

from app.commands import ALL
from app.help import help_text
from app.settings import Settings
from app.typed import MOST

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

ROOT: Final = Path(__file__).resolve().parents[1]

COMMANDS: Final = f"""# Slash-commands

Write one at the start of a line, in an issue, in a comment on a pull request, or in a review thread. Specloom reacts
with 👀 when it has seen it, and with 🚀 or 😕 when it is done, beside an answer in the same place.

{{table}}

Commands in code, quotes and hidden text, in edits, and by bots do nothing; of one comment, the first {MOST} count. What
a person may do is asked of GitHub each time. On a pull request from a fork nothing of its content is executed, and
nothing is written to its branch.
"""

SETTINGS: Final = """# Settings of the App

From the environment, from `.env`, and from `.env` in the data folder, where `/setup` leaves the credentials; the first
that says something counts. Traces follow OpenTelemetry's own variables: `OTEL_EXPORTER_OTLP_ENDPOINT` (needs
`specloom[otlp]`), `OTEL_SERVICE_NAME`, or `OTEL_TRACES_EXPORTER=console`.

| variable | default | meaning |
|---|---|---|
"""


def derived() -> dict[str, str]:
    """Return every derived file: its path below `docs/`, and its text."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    return {
        "commands.md": COMMANDS.format(table=help_text(ALL)),
        "settings.md": SETTINGS + "\n".join(rows) + "\n",
    }


def write(folder: Path = ROOT / "docs") -> list[str]:
    """Write the derived files that are not as they should be, and return their paths."""
    stale = [
        path
        for path, text in derived().items()
        if not (folder / path).is_file() or (folder / path).read_text("utf-8") != text
    ]
    for path in stale:
        (folder / path).write_text(derived()[path], "utf-8")
    return stale


def _row(name: str, field: FieldInfo) -> str:
    alias: Any = field.validation_alias
    variable = alias.choices[0] if isinstance(alias, AliasChoices) else f"SPECLOOM_{name.upper()}"
    default = "" if field.default in {None, ""} else f"`{field.default}`"
    return f"| `{variable}` | {default} | {field.description} |"


if __name__ == "__main__":
    for path in write():
        print(f"wrote docs/{path}")  # noqa: T201  # the answer
