"""What the SDK says to people: docstrings, the README and the list of everything in `api.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generators.lang.python.quoting import WIDTH, string, wrapped
from generators.sdk.python.documents import shown

if TYPE_CHECKING:
    from generators.sdk.python.arguments import Argument
    from generators.sdk.python.calls import Call

_OPTIONS: Final = "Headers, query parameters, timeout and retries of this call; see `RequestOptions`."
_LONGEST_DEFAULT: Final = 60


def method_doc(call: Call) -> str:
    """Return the docstring of a method: what the description says, then its arguments."""
    operation = call.operation
    parts = [part.strip() for part in (operation.summary, operation.description) if part and part.strip()]
    if len(parts) == 2 and parts[1].startswith(parts[0]):  # noqa: PLR2004 -- summary and description
        parts = parts[1:]
    text = "\n\n".join(_sentence(part) for part in parts) or f"Call `{shown(operation)}`."
    lines = [line for argument in call.arguments if (line := _argument(argument))]
    if call.stream_argument is not None:
        lines.append(f"    {call.stream_argument}: Whether the answer comes in pieces.")
    if call.media_types:
        lines.append("    content_type: How the body is written.")
    if not lines:
        return text
    return "\n".join((text, "", "Args:", *lines, f"    **options: {_OPTIONS}"))


def _sentence(text: str) -> str:
    return text if text[-1] in ".!?:`>|)" or "\n" in text else f"{text}."


def _argument(argument: Argument) -> str:
    """Describe an argument in as many lines as it takes, indented as docstrings of this style are."""
    text, default = argument.doc.strip(), _default(argument)
    if text and default:
        text = f"{text}\n\n{default}" if "\n" in text else f"{_sentence(text)} {default}"
    text = text or default
    if not text:
        return ""
    first, *others = wrapped(f"{argument.name}: {text}", WIDTH - 8).split("\n")
    return "\n".join((f"    {first}", *(f"        {line}".rstrip() for line in others)))


def _default(argument: Argument) -> str:
    """Say what the server takes where the argument is left out, unless its description says so already."""
    value = argument.default
    if argument.required or not isinstance(value, (str, int, float)) or "default" in argument.doc.lower():
        return ""
    code = string(value) if isinstance(value, str) else str(value)
    return f"The default is `{code}`." if value != "" and len(code) <= _LONGEST_DEFAULT else ""
