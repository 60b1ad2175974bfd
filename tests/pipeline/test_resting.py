"""Which lines of generated code a review comments on, for the facts that they rest on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from specloom.model.files import FileTree
from specloom.model.inference import Citation, Inference, Outcome
from specloom.model.source import Span
from specloom.pipeline.resting import MOST, resting_places


def fact(identity: str = "0123abcd", *, outcome: Outcome = Outcome.APPLY, accepted: bool = False) -> Inference:
    """Make a fact."""
    citation = Citation(file="a.md", line_start=3, line_end=3, quote="The base URL is `https://a.example`.")
    return Inference(
        id=identity,
        fact_kind="base_url",
        value={"url": "https://a.example"},
        confidence=0.95,
        citations=(citation,),
        outcome=outcome,
        accepted=accepted,
    )


def places(code: str, *facts: Inference, head: str = "", path: str = "sdk/a.py") -> dict[str, Span]:
    """Return the places in one generated file, with what the head has of it."""
    tree = FileTree({path: code.encode()})
    inputs: Any = SimpleNamespace(inferences=facts, head=FileTree({path: head.encode()}))
    output: Any = SimpleNamespace(files={path: "", "sdk/deleted.py": ""})
    return resting_places(inputs, tree, [output])


CODE = f'x = Spec(\n    # {fact().comment}\n    url="https://a.example",\n)\n'


def test_the_citation_and_the_line_below_it() -> None:
    """They say what it rests on, and what rests."""
    assert {"0123abcd": Span("sdk/a.py", 2, 3)} == places(CODE, fact())


def test_a_citation_without_code_below_stands_alone() -> None:
    """Several facts may be cited above one thing."""
    two = fact("89abcdef")
    assert {"0123abcd": Span("a.ts", 1, 3), "89abcdef": Span("a.ts", 2, 3)} == places(
        f"// {fact().comment}\n// {two.comment}\ncode();\n", fact(), two, path="a.ts"
    )
    assert {"0123abcd": Span("a.ts", 1, 1)} == places(f"# {fact().comment}\n# more", fact(), path="a.ts")


@pytest.mark.parametrize(
    ("code", "item", "head"),
    [
        (CODE, fact(), CODE),
        (CODE, fact(accepted=True), ""),
        (CODE, fact(outcome=Outcome.SUGGEST), ""),
        (CODE.replace("# ", ""), fact(), ""),
        ("url = 1\n", fact(), ""),
    ],
    ids=["merged before", "accepted", "not applied", "no comment", "nowhere"],
)
def test_nothing_is_said_twice_or_of_what_rests_on_nothing(code: str, item: Inference, head: str) -> None:
    """Somebody saw it when it was merged, or has decided."""
    assert {} == places(code, item, head=head)


def test_comments_are_bounded() -> None:
    """Nobody reads a hundred."""
    many = [fact(f"{number:08x}") for number in range(100)]
    code = "".join(f"# {item.comment}\nx = 1\n" for item in many)
    assert [item.id for item in many[:MOST]] == list(places(code, *many))
