"""Breaking findings, each with a witness: a message that one version allows and the other does not.

    python benchmarks/witness.py BASE HEAD               the findings of one pair
    python benchmarks/witness.py --corpus DIR [--write]  the pairs of the corpus; --write renews docs/real-pairs.md

A witness is tried with the `jsonschema` library, which knows nothing of the law, and for GraphQL with graphql-core. A
request breaks by what was allowed and is not; an answer by what was not allowed and is. Requests hold members that the
description names and no others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphql import build_schema, parse, validate

sys.path.insert(0, str(Path(__file__).parent))
from samples import Sampler

from specloom import drift
from specloom.drift.effect import Direction
from specloom.drift.relation.parts import Names
from specloom.drift.traffic.dialect import Documents
from specloom.drift.traffic.undescribed import Walk
from specloom.drift.traffic.validator import Validation
from specloom.model.change import Change, Severity
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Api
    from specloom.model.schema import Schema

PAGE = Path(__file__).resolve().parents[1] / "docs/real-pairs.md"
WHOLE = "openapi/digitalocean-v30"
ROOT = "specification/DigitalOcean-public.v2.yaml"
LONGEST = 110
INTRODUCTION = """# Breaking findings in real versions

Twelve pairs of successive versions of published descriptions ([drift](drift.md) has the counts), and every breaking
finding in them with a witness: a message that one version allows and the other does not, checked by validators that
know nothing of the law (`jsonschema`, graphql-core). Written by `python benchmarks/witness.py --corpus DIR --write`.

"""


class Side:
    """One version, and whether a value is allowed at a place in it."""

    def __init__(self, api: Api, direction: Direction) -> None:
        documents = Documents(api.schemas, direction)
        self.api, self.closed = api, direction is Direction.REQUEST
        self.documents, self.validation = documents, Validation(documents)
        self.walk = Walk(Names(api.schemas), documents, self.validation)

    def allows(self, schema: Schema | None, value: Any) -> bool:  # noqa: ANN401  a JSON value
        """Tell whether a schema accepts a value; of requests, whether it names every member too."""
        if schema is None:
            return False
        self.validation.begin()
        if self.validation.errors(self.documents.at(schema, "here"), value):
            return False
        return not self.closed or not any(self.walk.members([(schema, "here")], value))


def witness(change: Change, base: Api, head: Api) -> str | None:
    """Return a message that confirms a breaking change, as text; None where none was found."""
    if change.rule.startswith(("operation-removed", "operation-moved")):
        keys = {operation.key for operation in head.operations}
        return f"the call `{change.subject}`" if change.subject not in keys else None
    direction = Direction.RESPONSE if change.rule.startswith("response-") else Direction.REQUEST
    old, new = Side(base, direction), Side(head, direction)
    allowed, refused = (old, new) if direction is Direction.REQUEST else (new, old)
    home, _, _ = change.subject.rpartition(" · ")
    for subject in dict.fromkeys((change.subject, home)):
        here, there = place(allowed.api, subject), place(refused.api, subject)
        if here is None or there is None:
            continue
        sampler = Sampler(allowed.api.schemas, edges(here) + edges(there))
        meant = allowed.api.schemas.get(change.detail)
        for value in (*(sampler.values(meant) if meant else ()), *sampler.values(here)):
            if allowed.allows(here, value) and not refused.allows(there, value):
                return f"`{shown(value)}` as {subject}"
    return None


def place(api: Api, subject: str) -> Schema | None:
    """Follow a finding's subject to the schema that it names."""
    first, *steps = subject.split(" · ")
    if first.startswith("schema "):
        found = api.schemas.get(first.removeprefix("schema "))
    else:
        operation = next((item for item in (*api.operations, *api.webhooks) if item.key == first), None)
        if operation is None or not steps:
            return None
        found = _used(operation, steps.pop(0))
    for step in steps:
        found = _inner(api, found, step)
    return found


def _used(operation: Any, step: str) -> Schema | None:  # noqa: ANN401  an operation
    for item in operation.parameters:
        if step == f"{item.location} {item.name}":
            return item.schema  # type: ignore[no-any-return]
    bodies = [("request body", operation.request_body.content if operation.request_body else ())]
    bodies += [(f"response {item.status}", item.content) for item in operation.responses]
    return next((one.schema for name, content in bodies for one in content if step == f"{name} {one.media_type}"), None)


def _inner(api: Api, schema: Schema | None, step: str) -> Schema | None:
    if schema is None:
        return None
    names = Names(api.schemas)
    word, _, name = step.partition(" ")
    for part in names.flat(names.node(schema)):
        if step == "items" and part.items:
            return part.items
        if word == "property" and name in part.properties:
            return part.properties[name]
        if step == "additional properties" and part.additional:
            return part.additional
    return None


def edges(schema: Schema | None) -> list[float]:
    """Return the bounds that stand at a place."""
    if schema is None:
        return []
    names = ("minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "min_length", "max_length")
    return [float(value) for name in names if (value := getattr(schema.limits, name)) is not None]


def selected(change: Change, base: str, head: str) -> str | None:
    """Return a GraphQL selection that one schema allows and the other does not."""
    kind, _, field = change.subject.removeprefix("schema ").partition(" · property ")
    for tail in ("", " { __typename }"):
        document = parse(f"fragment F on {kind} {{ {field}{tail} }}")
        wrong = [
            [e for e in validate(build_schema(text), document) if "never used" not in e.message]
            for text in (base, head)
        ]
        if not wrong[0] and wrong[1]:
            return f"the selection `{{ {field}{tail} }}` on `{kind}`"
    return None


def shown(value: Any) -> str:  # noqa: ANN401  a JSON value
    """Return a value on one line, cut."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def rows(sides: tuple[FileTree, FileTree], path: str) -> Iterator[tuple[Change, str | None]]:
    """Yield every breaking finding of a pair with its witness."""
    base, head = (read(tree, path).api for tree in sides)
    for change in drift.compare(base, head).changes:
        if change.severity is not Severity.BREAKING:
            continue
        if path.endswith(".graphql") and change.rule.startswith("response-property-removed"):
            texts = [(tree.read(path) or b"").decode() for tree in sides]
            yield change, selected(change, texts[0], texts[1])
        else:
            yield change, witness(change, base, head)


def pairs(corpus: Path) -> Iterator[tuple[str, tuple[FileTree, FileTree], str]]:
    """Yield name, both trees and the root's path of every pair of the corpus."""
    for folder in sorted(path for path in (corpus / "drift").iterdir() if path.is_dir()):
        if (folder / "a").is_dir():
            whole = _files(corpus / WHOLE)
            trees = [FileTree(whole | _files(folder / side)) for side in "ab"]
            yield folder.name, (trees[0], trees[1]), ROOT
            continue
        one, other = (next(folder.glob(f"{side}.*")) for side in "ab")
        name = f"api{one.suffix}"
        yield folder.name, (FileTree({name: one.read_bytes()}), FileTree({name: other.read_bytes()})), name


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(corpus: Path) -> tuple[str, Counter[str]]:
    """Return the page about the pairs of the corpus, and how many findings have a witness."""
    text, total = INTRODUCTION, Counter[str]()
    for name, sides, path in pairs(corpus):
        found = list(rows(sides, path))
        total.update("confirmed" if seen else "unconfirmed" for _, seen in found)
        text += f"## {name}\n\n"
        if not found:
            text += "No breaking finding.\n\n"
            continue
        lines = [
            f"| `{one.rule}` | {one.subject} | {_cell(one.message)} | {_cell(seen or '**none found**')} |"
            for one, seen in found
        ]
        text += "| rule | at | says | witness |\n|---|---|---|---|\n" + "\n".join(lines) + "\n\n"
    return text + f"{total['confirmed']} findings have a witness, {total['unconfirmed']} have none.\n", total


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Print or write the findings; exit with 1 where one has no witness."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("files", nargs="*", type=Path)
    words.add_argument("--corpus", type=Path)
    words.add_argument("--write", action="store_true")
    given = words.parse_args()
    if given.corpus:
        text, total = page(given.corpus)
        if given.write:
            PAGE.write_text(text, "utf-8")
        print(text if not given.write else dict(total))
        sys.exit(1 if total["unconfirmed"] else 0)
    one, other = given.files
    name = f"api{one.suffix}"
    for change, seen in rows((FileTree({name: one.read_bytes()}), FileTree({name: other.read_bytes()})), name):
        print(
            f"{'confirmed' if seen else 'UNCONFIRMED'}  {change.rule}  {change.subject}: {change.message}  {seen or ''}"
        )


if __name__ == "__main__":
    main()
