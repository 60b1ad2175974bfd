"""Facts of the docs as texts: what they say, where, and that a quote is nothing but a quote."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from specloom.model.change import Bump, Drift
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.inference import Citation, Inference, Outcome
from specloom.model.source import Span
from specloom.report import check_run, html
from specloom.report.facts import MOST, fact_comments, facts_section, is_finding

QUIET = Drift(changes=(), not_evaluated=(), bump=Bump.NONE)
EVIL = (
    "</details><script>alert(1)</script> ![x](http://e.example/) @octocat #12 ```suggestion\n"
    "<!-- specloom:keys x --> \u202e"
)
FINDING = Diagnostic(Level.WARNING, "docs-contradict-description", "the docs say 90", Span("docs/a.md", 3, 4))
FAILURE = Diagnostic(Level.ERROR, "target-failed", "no", None)


def fact(number: int = 0, *, quote: str = "At most 90 requests a minute.", **more: object) -> Inference:
    """Return a fact with a proof."""
    url = "https://github.com/o/r/blob/abc/docs/a.md?plain=1#L3-L4"
    cited = Citation(file="docs/a.md", line_start=3, line_end=4, quote=quote, permalink=url)
    parts: dict[str, object] = {
        "id": f"{number:08x}",
        "fact_kind": "rate_limit",
        "value": {"limit": 90, "unit": "requests"},
        "confidence": 0.91,
        "citations": (cited,),
        "outcome": Outcome.APPLY,
    }
    return Inference(**{**parts, **more})  # type: ignore[arg-type]  # the table above has the types


def test_a_section_shows_value_confidence_quote_and_where() -> None:
    """And how to decide."""
    text = facts_section([fact()])
    for words in (
        "### Found in the documentation",
        "**rate limit**: `limit 90, unit requests`",
        "“At most 90 requests a minute.”",
        "[`docs/a.md:3-4`](https://github.com/o/r/blob/abc/docs/a.md?plain=1#L3-L4)",
        "`00000000` · confidence 0.91 · to be confirmed",
        "`facts.reject` in `.github/specloom.yml`",
    ):
        assert words in text


def test_what_was_accepted_is_marked_and_comes_last() -> None:
    """What is to be decided on is what people look for."""
    text = facts_section([fact(1, accepted=True), fact(2)])
    assert text.index("00000002") < text.index("00000001")
    assert re.search(r"00000001.*accepted", text)


def test_nothing_found_is_no_section() -> None:
    """No docs, no words about docs."""
    assert "" == facts_section([])
    assert "documentation" not in html(QUIET) + check_run(QUIET).text


def test_more_facts_than_anybody_reads_are_counted() -> None:
    """The JSON holds them all."""
    assert "and 3 others" in facts_section([fact(number) for number in range(MOST + 3)])


def test_a_contradiction_is_a_finding_and_no_failure() -> None:
    """It is told, and fails no check."""
    run = check_run(QUIET, diagnostics=(FINDING, FAILURE), inferences=(fact(),))
    assert [True, False] == [is_finding(FINDING), is_finding(FAILURE)]
    assert "1 part of the description" in run.summary
    assert "1 fact, 1 contradiction found" in run.text
    assert "the docs say 90" in html(QUIET, inferences=(fact(),), diagnostics=(FINDING, FAILURE))


def test_a_comment_stands_where_it_was_told_to_with_its_contradiction() -> None:
    """A fact without a place has no comment."""
    (comment,) = fact_comments([fact(1), fact(2)], {"00000001": Span("docs/a.md", 3, 4)}, [FINDING])
    assert ("fact-00000001", "docs/a.md", 3, 4) == (comment.key, comment.path, comment.line_start, comment.line_end)
    assert "**Contradiction**: the docs say 90" in comment.body
    assert "```suggestion" not in comment.body


def test_a_suggestion_is_a_block_of_its_own() -> None:
    """GitHub offers to commit it."""
    (comment,) = fact_comments([fact()], {"00000000": Span("a.yaml", 1, 1)}, suggestions={"00000000": "a: 1\nb: 2"})
    assert "\n\n```suggestion\na: 1\nb: 2\n```\n\n" in comment.body


@pytest.mark.parametrize("where", ["quote", "value"])
def test_hostile_docs_stay_text(where: str) -> None:
    """A quote neither formats, mentions, links, suggests nor forges a marker."""
    made = fact(quote=EVIL) if where == "quote" else fact(value={"name": EVIL})
    (comment,) = fact_comments([made], {"00000000": Span("docs/a.md", 3, 4)})
    for text in (facts_section([made]), comment.body):
        shown = MarkdownIt("commonmark", {"html": True}).render(text)
        assert "<script" not in shown
        assert "<img" not in shown
        assert "<!-- specloom" not in text
        assert "\u202e" not in text
        assert not re.search(r"@octocat", re.sub(r"`[^`]+`", "", text).replace("@\u200b", ""))
        assert not re.search(r"^\s*`{3,}", text, re.MULTILINE)
    assert "<script" not in html(QUIET, inferences=(made,))


def test_only_https_permalinks_are_links() -> None:
    """A browser would do something else with the others."""
    cited = Citation(file="a.md", line_start=1, line_end=1, quote="x", permalink="javascript:alert(1)")
    made = fact(citations=(cited,))
    assert "javascript:" not in facts_section([made]) + html(QUIET, inferences=(made,))
