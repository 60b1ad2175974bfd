"""What a workflow run shows by itself."""

from __future__ import annotations

from action.workflow import LARGEST_SUMMARY, MOST_PER_LEVEL, annotation_lines, output_lines, summary_text
from specloom.model.plan import Annotation
from specloom.model.source import Span


def note(level: str = "failure", message: str = "broken", title: str = "Breaking") -> Annotation:
    """Return an annotation."""
    return Annotation(level=level, span=Span("a,b:c.yaml", 3, 4), title=title, message=message)


def test_text_cannot_become_a_command() -> None:
    """Line breaks, commas and colons of a description stay within the one annotation."""
    [line] = annotation_lines([note(message="a\n::set-env name=X::y\r100%", title="x,line=9::error::z")])
    assert (
        "::error file=a%2Cb%3Ac.yaml,line=3,endLine=4,title=x%2Cline=9%3A%3Aerror%3A%3Az"
        "::a%0A::set-env name=X::y%0D100%25" == line
    )


def test_what_is_hidden_is_counted() -> None:
    """Beyond what GitHub shows of a level, the last line says how many more there are."""
    lines = annotation_lines([note("notice"), *(note() for _ in range(25))])
    errors = [line for line in lines if line.startswith("::error")]
    assert MOST_PER_LEVEL == len(errors)
    assert "16 more" in errors[-1]
    assert 1 == len([line for line in lines if line.startswith("::notice")])


def test_summary_fits() -> None:
    """A summary beyond GitHub's limit is cut at a line, and says so."""
    text = "wörd\n" * 400_000
    assert len(summary_text(text).encode()) <= LARGEST_SUMMARY
    assert "cut here" in summary_text(text)
    assert "short" == summary_text("short")


def test_output_cannot_add_another() -> None:
    """An output has one line, whatever its value."""
    assert "a=x evil=y\nb=\n" == output_lines({"a": "x\nevil=y", "b": ""})
