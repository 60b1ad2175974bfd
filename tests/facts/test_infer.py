"""What detectors say is quoted, weighed, merged and named."""

from __future__ import annotations

from pathlib import Path

from specloom.facts.detectors import ALL
from specloom.facts.infer import infer, outcome
from specloom.facts.merge import MOST_OF_A_KIND
from specloom.facts.passages import document
from specloom.model.inference import Inference, Outcome
from specloom.model.passage import Document

FACTS = (Path(__file__).resolve().parents[2] / "docs" / "facts.md").read_text("utf-8")
LIMIT = "# Rate limits\nEvery user may send at most 90 requests per minute.\n"


def inferred(*files: tuple[str, str]) -> tuple[Inference, ...]:
    """Infer facts over files."""
    read = [document(path, text.encode()) for path, text in files]
    return infer([made for made in read if isinstance(made, Document)])[0]


def test_a_quote_is_verbatim_from_its_lines() -> None:
    """Markup and all: a person finds it with a search in the file."""
    (fact,) = inferred(("a.md", LIMIT.replace("90 requests", "**90 requests**")))
    assert "Every user may send at most **90 requests** per minute." == fact.citations[0].quote


def test_an_id_outlives_rewording_and_moving() -> None:
    """What a person accepted stays accepted while the fact is the same."""
    (one,) = inferred(("a.md", LIMIT))
    (other,) = inferred(("b.md", "# Rate limits\n\n\nEach user can make up to 90 requests per minute.\n"))
    assert (one.id, one.value) == (other.id, other.value)
    assert 8 == len(one.id)


def test_a_fact_stated_twice_is_one_fact_with_two_citations() -> None:
    """Places that say the same are put together, and make it a little surer."""
    (once,) = inferred(("a.md", LIMIT))
    (twice,) = inferred(("a.md", LIMIT), ("b.md", LIMIT))
    assert ["a.md", "b.md"] == [one.file for one in twice.citations]
    assert twice.confidence > once.confidence


def test_an_illustration_is_doubted() -> None:
    """A limit that is given as an example is suggested, never applied."""
    (fact,) = inferred(("a.md", "# Rate limits\nFor example, you can perform 50 requests a second.\n"))
    assert Outcome.APPLY is not fact.outcome


def test_contradictions_are_reported_and_cite_both_places() -> None:
    """Each of two facts that cannot both be true cites the other's lines, and is not applied."""
    files = [(f"{n}.md", f"# Pagination\nBy default {n} items are returned per page; see `limit`.\n") for n in (20, 50)]
    read = [document(path, text.encode()) for path, text in files]
    facts, diagnostics = infer([made for made in read if isinstance(made, Document)])
    sizes = [fact for fact in facts if fact.fact_kind == "page_size"]
    assert [{"20.md", "50.md"}] * 2 == [{one.file for one in fact.citations} for fact in sizes]
    assert not any(fact.outcome is Outcome.APPLY for fact in sizes)
    assert {"docs-contradict-themselves"} == {one.code for one in diagnostics}


def test_the_same_docs_give_the_same_facts() -> None:
    """The order in which files are given is no input."""
    files = (("a.md", LIMIT), ("b.md", "# Pagination\nUse `page` and `per_page` (default 10).\n"))
    assert {one.id for one in inferred(*files)} == {one.id for one in inferred(*reversed(files))}


def test_outcomes_follow_confidence() -> None:
    """Sure facts are applied, likely ones suggested, doubtful ones withheld."""
    assert [Outcome.APPLY, Outcome.SUGGEST, Outcome.WITHHOLD] == [outcome(c) for c in (0.95, 0.7, 0.3)]


def test_every_detector_is_documented_and_asks_by_meaning() -> None:
    """A detector has a summary, at least one question, and a module named like its kind."""
    assert len(ALL) == len({one.fact_kind for one in ALL})
    for one in ALL:
        assert one.summary
        assert one.queries
        assert one.detect.__module__.endswith(f".{one.fact_kind}")
        assert f"| `{one.fact_kind}` | {one.summary} |" in FACTS


def test_ids_are_unique() -> None:
    """Equal facts of several pages are told apart, since a person accepts them by their ids."""
    page = "# Pagination\nUse `page` and `per_page` (default 10).\n"
    facts = inferred(("a.md", page), ("b.md", page))
    assert len(facts) == len({fact.id for fact in facts})


def test_thousands_of_rival_statements_end_quickly() -> None:
    """Hostile docs cost no more than honest ones: only the surest of each kind are compared."""
    text = "# Rate limits\n\n" + "".join(
        f"Every user may send at most {n} requests per minute.\n\n" for n in range(2, 1500)
    )
    limits = [fact for fact in inferred(("a.md", text)) if fact.fact_kind == "rate_limit"]
    assert 0 < len(limits) <= MOST_OF_A_KIND


def test_limits_of_different_calls_do_not_contradict_each_other() -> None:
    """One plan may make more calls of one endpoint than of another."""
    table = "| Plan | Endpoint | Period | Limit | Scope |\n|---|---|---|---|---|\n"
    rows = "| Free | `GET /boats` | 1 minute | 60 | key |\n| Free | `GET /crews` | 1 minute | 20 | key |\n"
    made = document("a.md", f"# Rate limits\n\n{table}{rows}".encode())
    assert isinstance(made, Document)
    facts, diagnostics = infer([made])
    assert ({60, 20}, ()) == ({fact.value["limit"] for fact in facts}, diagnostics)


def test_how_often_a_delivery_is_tried_is_withheld() -> None:
    """`Retried up to 6 times` leaves open whether the first attempt is one of them."""
    counted = inferred(
        ("a.md", "# Webhooks\nA failed delivery is retried up to 6 times with an exponential backoff.\n")
    )
    lasting = inferred(
        ("a.md", "# Webhooks\nA failed delivery is retried for up to two days with an exponential backoff.\n")
    )
    assert [made.outcome for made in counted] == [Outcome.WITHHOLD]
    assert [made.outcome for made in lasting] == [Outcome.SUGGEST]
