"""`specloom facts`, as a shell calls it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from specloom.adapters.search.index import Synced

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from specloom.adapters.search import Scope
    from specloom.model.passage import Passage

LIMITS = "# Rate limits\nEvery user may send at most 90 requests per minute.\n"


def test_prints_facts_as_one_document(run: Callable[..., object], tmp_path: Path) -> None:
    """Each fact comes with the file, the lines and the words that prove it."""
    (tmp_path / "limits.md").write_text(LIMITS)
    document = run("facts", tmp_path, "--json").json  # type: ignore[attr-defined]
    (fact,) = document["inferences"]
    assert ("rate_limit", 90, 60) == (fact["fact_kind"], fact["value"]["limit"], fact["value"]["window_s"])
    assert [("limits.md", 2, 2, LIMITS.splitlines()[1])] == [
        (one["file"], one["line_start"], one["line_end"], one["quote"]) for one in fact["citations"]
    ]
    assert [] == document["diagnostics"]


def test_prints_facts_for_people(run: Callable[..., object], tmp_path: Path) -> None:
    """A person sees the value, how sure it is, and where it stands."""
    (tmp_path / "limits.md").write_text(LIMITS)
    out = run("facts", tmp_path / "limits.md").out  # type: ignore[attr-defined]
    assert "limit 90" in out
    assert "limits.md:2" in out


def test_reads_a_revision(run: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`REV:PATH` reads the docs as they were committed, not as they stand."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "limits.md").write_text(LIMITS)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "docs"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    (tmp_path / "docs" / "limits.md").write_text("# Nothing\n")
    monkeypatch.chdir(tmp_path)
    document = run("facts", "HEAD:docs", "--json").json  # type: ignore[attr-defined]
    assert ["docs/limits.md"] == [one["file"] for fact in document["inferences"] for one in fact["citations"]]


def test_a_contradiction_of_the_description_is_a_finding(
    run: Callable[..., object], tmp_path: Path, describe: Callable[..., bytes]
) -> None:
    """The description wins, and the reader is told where the docs disagree."""
    (tmp_path / "openapi.json").write_bytes(describe("pets"))
    (tmp_path / "start.md").write_text("# Base URL\nAll requests go to `https://api.elsewhere.dev`.\n")
    document = run("facts", tmp_path, "--json").json  # type: ignore[attr-defined]
    assert ["docs-contradict-description"] == [item["code"] for item in document["diagnostics"]]
    outcomes = {fact["value"]["url"]: fact["outcome"] for fact in document["inferences"]}
    assert "suggest" == outcomes["https://api.elsewhere.dev"]


def test_a_folder_without_documentation_is_the_users_error(run: Callable[..., object], tmp_path: Path) -> None:
    """The message says what would have been read."""
    result = run("facts", tmp_path)
    assert 1 == result.code  # type: ignore[attr-defined]
    assert "no documentation" in result.err  # type: ignore[attr-defined]


def test_searches_by_meaning_when_asked(run: Callable[..., object], tmp_path: Path) -> None:
    """With `--index` the vectors are kept, and the facts are the same or more."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "limits.md").write_text(LIMITS)
    document = run("facts", tmp_path / "docs", "--json", "--index", tmp_path / "vectors").json  # type: ignore[attr-defined]
    assert ["rate_limit"] == [fact["fact_kind"] for fact in document["inferences"]]
    assert any((tmp_path / "vectors").iterdir())


def test_an_index_that_came_with_the_repository_is_refused(run: Callable[..., object], tmp_path: Path) -> None:
    """What qdrant-client keeps is unpickled when it is opened, so a stranger's folder must not be."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "meta.json").write_text("{}")
    (tmp_path / "limits.md").write_text(LIMITS)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, "add", "."], check=True)
    done = run("facts", tmp_path, "--index", tmp_path / "index")
    assert 1 == done.code  # type: ignore[attr-defined]
    assert "came with the repository" in done.err  # type: ignore[attr-defined]


def test_an_edited_paragraph_alone_is_embedded_again(run: Callable[..., object], tmp_path: Path) -> None:
    """What search by meaning costs is said: the second run pays for one paragraph."""
    paragraphs = [f"Paragraph {number} says something else." for number in range(9)]

    def synced() -> str:
        (tmp_path / "docs.md").write_text("\n\n".join(["# Guide", *paragraphs]))
        document = run("facts", tmp_path / "docs.md", "--json", "--index", tmp_path / "vectors").json  # type: ignore[attr-defined]
        (note,) = (item["message"] for item in document["diagnostics"] if item["code"] == "search-index-synced")
        return str(note)

    assert "9 passages embedded, 0 known, 0 gone" == synced()
    paragraphs[4] = "This one is new."
    assert "1 passage embedded, 8 known, 1 gone" == synced()


def test_passages_on_a_server_are_kept_under_a_name_of_their_own(
    run: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people's folders of one name share nothing on a server that both use; one folder stays what it is."""
    asked: list[str] = []

    class Index:
        def sync(self, scope: Scope, passages: list[Passage]) -> Synced:
            asked.append(scope.repository)
            return Synced(embedded=len(passages), kept=0, deleted=0)

        def search(self, _scope: Scope, _query: str, *, limit: int) -> list[str]:
            return [][:limit]

        def close(self) -> None:
            """Do nothing."""

    monkeypatch.setenv("QDRANT_URL", "http://qdrant.example")
    monkeypatch.setattr("specloom.adapters.search.open_index", lambda **_: (Index(), ()))
    (tmp_path / "limits.md").write_text(LIMITS)
    for folder in ("one", "one", "two"):
        assert 0 == run("facts", tmp_path / "limits.md", "--index", tmp_path / folder).code  # type: ignore[attr-defined]
    first, again, other = asked
    assert first == again
    assert first not in {other, str(tmp_path / "one")}
