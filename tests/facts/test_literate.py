"""Cases in Markdown: documents as somebody would write them, and exactly the facts that they state."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.model.inference import Outcome
from specloom.model.passage import Document

HERE = Path(__file__).parent
BLOCK = re.compile(r"^~~~(?P<kind>\w+)(?: (?P<path>\S+))?\n(?P<body>.*?)^~~~$", re.MULTILINE | re.DOTALL)
ENDINGS = {"markdown": "md", "mdx": "mdx", "html": "html", "rst": "rst", "yaml": "yaml", "blueprint": "apib"}


@dataclass(frozen=True)
class Case:
    name: str
    files: dict[str, str]
    facts: list[dict[str, object]]


def cases() -> list[Case]:
    """Read the cases of every file beside this one."""
    out = []
    for file in sorted(HERE.glob("*.md")):
        for part in re.split(r"^## Case: ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            blocks = list(BLOCK.finditer(part))
            files = {b["path"] or f"docs/index.{ENDINGS[b['kind']]}": b["body"] for b in blocks if b["kind"] != "json"}
            out.append(Case(f"{file.stem}: {part.splitlines()[0]}", files, json.loads(blocks[-1]["body"])))
    return out


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_states_exactly_these_facts(case: Case) -> None:
    """Every expected fact is found with its keys, and no other fact is claimed."""
    read = [document(path, text.encode()) for path, text in sorted(case.files.items())]
    inferences, _ = infer([made for made in read if isinstance(made, Document)])
    found = [(made.fact_kind, dict(made.value)) for made in inferences]
    expected = [(str(fact["fact_kind"]), dict(fact["value"])) for fact in case.facts]  # type: ignore[call-overload]
    for kind, value in expected:
        assert any(kind == k and value.items() <= v.items() for k, v in found), (kind, value, found)
    claimed = [(made.fact_kind, dict(made.value)) for made in inferences if made.outcome is not Outcome.WITHHOLD]
    assert not [one for one in claimed if not any(k == one[0] and v.items() <= one[1].items() for k, v in expected)]
