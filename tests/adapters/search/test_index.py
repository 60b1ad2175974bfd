"""Retrieval against a real embedded Qdrant; the model is faked where only bookkeeping is tested."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from qdrant_client import QdrantClient

from specloom.adapters.search import PassageIndex, Scope, open_index, searcher
from specloom.adapters.search.embedding import FastembedDense, load_dense
from specloom.model.diagnostic import Diagnostic
from specloom.model.passage import Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HERE = Scope(7, "harbour/line")
THERE = Scope(8, "harbour/line")
BESIDE = Scope(7, "harbour/other")


class Counting:
    """Stands in for the model: hashes letters into a few numbers, and counts what it is asked to embed."""

    name = "counting"
    size = 8

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def __call__(self, texts: Sequence[str], /) -> list[list[float]]:
        self.embedded.extend(texts)
        return [[1.0 + sum(ord(c) for c in text[at::8]) % 97 for at in range(8)] for text in texts]


def passages(*texts: str) -> list[Passage]:
    """Make paragraphs of one page."""
    return [
        Passage(path="docs/a.md", start=n, end=n, kind=PassageKind.PARAGRAPH, text=text, headings=("Guide",))
        for n, text in enumerate(texts, 1)
    ]


@pytest.fixture(params=[True, False], ids=["embedded", "as on a server"])
def index(request: pytest.FixtureRequest) -> Iterator[tuple[PassageIndex, Counting]]:
    """Open an index in both of its ways of keeping scopes apart; the local client evaluates a server's filters too."""
    dense = Counting()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        made = PassageIndex(QdrantClient(":memory:"), dense, embedded=request.param)
        made.sync(Scope(0, "warm/up"), [])
    yield made, dense
    made.close()


def test_editing_one_paragraph_embeds_one_paragraph(index: tuple[PassageIndex, Counting]) -> None:
    """A second synchronisation embeds what changed, keeps the rest, and deletes what is gone."""
    made, dense = index
    before = passages("limits are low", "keys are long", "pages are short")
    made.sync(HERE, before)
    dense.embedded.clear()
    after = [before[0], replace(before[1], text="keys are short"), before[2]]
    done = made.sync(HERE, after)
    assert (1, 2, 1) == (done.embedded, done.kept, done.deleted)
    assert ["Guide\nkeys are short"] == dense.embedded


def test_a_moved_paragraph_is_not_embedded_again(index: tuple[PassageIndex, Counting]) -> None:
    """Line numbers are no part of a passage's identity."""
    made, _ = index
    made.sync(HERE, passages("limits are low"))
    moved = [replace(one, start=40, end=40) for one in passages("limits are low")]
    assert 0 == made.sync(HERE, moved).embedded


@pytest.mark.parametrize("stranger", [THERE, BESIDE])
def test_nothing_leaks_to_another_scope(index: tuple[PassageIndex, Counting], stranger: Scope) -> None:
    """Neither another installation nor another repository finds, keeps or deletes our passages."""
    made, _ = index
    made.sync(HERE, passages("secret limit"))
    made.sync(stranger, passages("public limit"))
    ours, theirs = passages("secret limit")[0].digest, passages("public limit")[0].digest
    assert [theirs] == made.search(stranger, "secret limit", limit=5)
    made.sync(stranger, [])
    made.forget(stranger)
    assert [ours] == made.search(HERE, "secret limit", limit=5)
    assert [] == made.search(stranger, "secret limit", limit=5)


def test_forgetting_deletes_everything_of_a_scope(index: tuple[PassageIndex, Counting]) -> None:
    """After a repository is forgotten its passages are embedded anew."""
    made, _ = index
    made.sync(HERE, passages("limits are low"))
    made.forget(HERE)
    assert 1 == made.sync(HERE, passages("limits are low")).embedded


def test_searches_answer_with_the_given_objects(index: tuple[PassageIndex, Counting]) -> None:
    """Detectors compare passages by identity, so a search must not make copies."""
    made, _ = index
    given = passages("limits are low", "keys are long")
    made.sync(HERE, given)
    found = searcher(made, HERE, given)("keys", limit=1)
    assert len(found) == 1
    assert any(found[0] is one for one in given)


def test_the_folder_keeps_passages(tmp_path: Path) -> None:
    """What one process embedded the next one finds."""
    first = PassageIndex(QdrantClient(path=str(tmp_path)), Counting(), embedded=True)
    first.sync(HERE, passages("limits are low"))
    first.close()
    second = PassageIndex(QdrantClient(path=str(tmp_path)), Counting(), embedded=True)
    assert 0 == second.sync(HERE, passages("limits are low")).embedded
    second.close()


def test_words_alone_still_find(tmp_path: Path) -> None:
    """Without a model the index says so and searches by words."""
    missing = load_dense(model_file=tmp_path / "model.onnx")
    assert isinstance(missing, Diagnostic)
    assert "embedding-model-missing" == missing.code
    made = PassageIndex(QdrantClient(":memory:"), None, embedded=True)
    given = passages("requests are limited", "webhooks are signed")
    made.sync(HERE, given)
    assert [given[1].digest] == made.search(HERE, "signed webhook", limit=5)
    made.close()


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    """A model whose checksum is wrong is never loaded."""
    (tmp_path / "model.onnx").write_bytes(b"not the model")
    damaged = load_dense(model_file=tmp_path / "model.onnx")
    assert isinstance(damaged, Diagnostic)
    assert "embedding-model-damaged" == damaged.code


def test_an_unknown_model_is_named() -> None:
    """A model that fastembed does not know is a diagnostic with the name."""
    unknown = load_dense("nobody/knows-this")
    assert isinstance(unknown, Diagnostic)
    assert "nobody/knows-this" in unknown.message


def test_the_installed_model_finds_by_meaning() -> None:
    """A question without a word in common with its answer still finds it."""
    made, diagnostics = open_index()
    assert () == diagnostics
    assert isinstance(load_dense(), FastembedDense)
    given = passages("Clients that call too often are turned away for a minute.", "The logo is blue and shows a ship.")
    made.sync(HERE, given)
    assert given[0].digest == made.search(HERE, "rate limiting of requests", limit=1)[0]
    made.close()


def test_a_query_does_not_look_at_every_passage() -> None:
    """Of 5,000 passages only those with a word of the query cost Python anything; calls are counted, not time."""
    made = PassageIndex(QdrantClient(":memory:"), Counting(), embedded=True)
    made.sync(HERE, passages(*(f"passage {n} about limit {n % 7} and word{n % 500}" for n in range(5000))))
    made.search(HERE, "word3 word4", limit=3)
    calls = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal calls
        calls += event.endswith("call")

    sys.setprofile(count)
    made.search(HERE, "word5 word6", limit=3)
    sys.setprofile(None)
    assert 0 < calls < 5000
    made.close()


RANKED: Final = tuple(f"{'reef ' * n}{'wreck ' * (n * 5 % 13)}{'sand ' * (n % 3)}{n}" for n in range(1, 13))
"""No two score alike by the words of `ASKED`."""
ASKED: Final = ("reef", "wreck reef", "sand wreck", "sand", "harbour")


@pytest.mark.parametrize("dense", [None, Counting()], ids=["by words", "by words and meaning"])
def test_both_ways_of_keeping_scopes_answer_alike(tmp_path: Path, dense: Counting | None) -> None:
    """Embedded words are ranked as Qdrant would: after editing and deleting, when opened again, when forgotten."""
    ours = PassageIndex(QdrantClient(path=str(tmp_path)), dense, embedded=True)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        theirs = PassageIndex(QdrantClient(":memory:"), dense, embedded=False)
        theirs.sync(HERE, [])

    def check(found: int) -> None:
        answers = [ours.search(HERE, query, limit=5) for query in ASKED]
        assert [theirs.search(HERE, query, limit=5) for query in ASKED] == answers
        assert found == len(answers[0])

    for texts, found in ((RANKED[:9], 5), (RANKED[5:], 5), (RANKED[8:11], 3)):
        ours.sync(HERE, passages(*texts))
        theirs.sync(HERE, passages(*texts))
        check(found)
    ours.close()
    ours = PassageIndex(QdrantClient(path=str(tmp_path)), dense, embedded=True)
    check(3)
    ours.forget(HERE)
    theirs.forget(HERE)
    check(0)
    ours.close()
    theirs.close()


def test_equally_good_passages_come_in_one_order_whatever_happened_before() -> None:
    """Neither when passages were embedded nor what was deleted moves those that score the same."""
    texts = [f"reef {letter}" for letter in "bcdfghjk"]
    answers = []
    for steps in ([texts], [texts[5:], texts], [texts[::-1], texts[:2], texts]):
        made = PassageIndex(QdrantClient(":memory:"), None, embedded=True)
        for step in steps:
            made.sync(HERE, passages(*step))
        answers.append(made.search(HERE, "reef", limit=5))
        made.close()
    assert answers == [answers[0]] * 3


def test_a_server_answers_alike() -> None:
    """The same holds on the server at QDRANT_URL, where there is one."""
    url = os.environ.get("QDRANT_URL")
    if not url:
        pytest.skip("QDRANT_URL is not set: retrieval is NOT tested against a Qdrant server in this run")
    made = PassageIndex(QdrantClient(url=url), Counting(), embedded=False)
    made.sync(HERE, passages("secret limit"))
    assert [] == made.search(THERE, "secret limit", limit=5)
    assert [passages("secret limit")[0].digest] == made.search(HERE, "secret limit", limit=5)
    made.forget(HERE)
    made.close()


def test_a_second_process_searches_an_index_of_its_own(tmp_path: Path) -> None:
    """Server and worker may be pointed at one folder: the later one says so and works in memory."""
    first, _ = open_index(folder=tmp_path)
    second, remarks = open_index(folder=tmp_path)
    assert ["search-index-busy"] == [item.code for item in remarks]
    assert 1 == second.sync(HERE, passages("a reef")).embedded
    first.close()
    second.close()


@pytest.mark.parametrize("pattern", ["meta.json", "collection/*/storage.sqlite"])
@pytest.mark.parametrize("content", [b"", b"garbage" * 500], ids=["emptied", "overwritten"])
def test_a_damaged_folder_is_made_anew(tmp_path: Path, pattern: str, content: bytes) -> None:
    """Half a file, as after a crash, costs embedding once more; what is not ours stays."""
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    index, _ = open_index(folder=tmp_path)
    index.sync(HERE, passages("a reef"))
    index.close()
    for path in tmp_path.glob(pattern):
        path.write_bytes(content)
    index, _ = open_index(folder=tmp_path)
    index.sync(HERE, passages("a reef", "a wreck"))
    assert 2 == len(index.search(HERE, "reef wreck", limit=5))
    index.close()
    assert "mine" == (tmp_path / "notes.txt").read_text("utf-8")


def test_processes_that_start_at_once_share_a_folder(tmp_path: Path) -> None:
    """One of them keeps the folder, the others work in memory; all find the same, and what was kept is whole."""
    words = [sys.executable, "-c", OPENING, str(tmp_path / "index")]
    racing = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = sorted(one.communicate(timeout=60)[0].split() for one in racing)
    assert [0] * len(racing) == [one.returncode for one in racing]
    assert {"20"} == {found for found, *_ in said}
    assert {(), ("search-index-busy",)} >= {tuple(codes) for _, *codes in said}
    index, remarks = open_index(folder=tmp_path / "index")
    assert () == remarks
    assert 20 == index.sync(HERE, passages(*(f"passage {n}" for n in range(20)))).kept
    index.close()


def test_a_folder_that_another_process_is_opening_is_left_to_it(tmp_path: Path) -> None:
    """Qdrant reads and writes before it locks: what is half there is not damaged while somebody is at work on it."""
    first, _ = open_index(folder=tmp_path)
    (tmp_path / ".lock").unlink()
    (tmp_path / "meta.json").write_text("", "utf-8")
    second, remarks = open_index(folder=tmp_path)
    assert ["search-index-busy"] == [item.code for item in remarks]
    assert (tmp_path / "meta.json").exists()
    second.close()
    first.close()


OPENING = """
import sys
from pathlib import Path
from specloom.adapters.search import Scope, open_index
from specloom.model.passage import Passage, PassageKind
kind = PassageKind.PARAGRAPH
given = [
    Passage(path="docs/a.md", start=1, end=1, kind=kind, text=f"passage {n}", headings=("Guide",)) for n in range(20)
]
index, remarks = open_index(folder=Path(sys.argv[1]))
index.sync(Scope(7, "harbour/line"), given)
print(len(index.search(Scope(7, "harbour/line"), "passage", limit=50)), *(item.code for item in remarks))
index.close()
"""
