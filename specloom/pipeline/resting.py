"""Where generated code rests on facts of the docs: the lines that say so, as far as the pull request brings them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.inference import Outcome
from specloom.model.source import Span
from specloom.pipeline.placing import Changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.files import FileTree
    from specloom.pipeline.inputs import Inputs
    from specloom.provenance import Output

MOST: Final = 20
"""Facts commented on in one pull request; the body has all of them."""
BELOW: Final = 3
"""Lines looked at below a citation for the code that it is about."""
COMMENT: Final = re.compile(r"\s*(?:#|//)")


def resting_places(inputs: Inputs, tree: FileTree, outputs: Iterable[Output]) -> dict[str, Span]:
    """Return by ID, for facts that nobody has decided on, the line that cites it in `tree`, and the code below it.

    What stands in the head already was merged by somebody who saw it.
    """
    written = {path: content for one in outputs for path in one.files if (content := tree.read(path)) is not None}
    changes = Changes(tree, inputs.head)
    found: dict[str, Span] = {}
    for item in inputs.inferences:
        if item.outcome is Outcome.APPLY and not item.accepted and len(found) < MOST:
            spans = (span for path, content in sorted(written.items()) if (span := _citing(path, content, item.id)))
            if (span := next(filter(changes.touch, spans), None)) is not None:
                found[item.id] = span
    return found


def _citing(path: str, content: bytes, identity: str) -> Span | None:
    mark = f"({identity}): "
    if mark.encode() not in content:
        return None
    lines = content.decode("utf-8", "replace").split("\n")
    at = next((at for at, line in enumerate(lines) if mark in line and COMMENT.match(line)), None)
    if at is None:
        return None
    below = range(at + 1, min(at + 1 + BELOW, len(lines)))
    code = next((one for one in below if not COMMENT.match(lines[one])), at)
    return Span(path, at + 1, code + 1)
