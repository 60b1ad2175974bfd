"""Hundreds of repositories in one index: none ever sees, keeps or deletes what another one has."""

from __future__ import annotations

import ast
import random
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from qdrant_client import QdrantClient

import specloom
from specloom.adapters.search import PassageIndex, Scope
from specloom.model.passage import Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED: Final = 20_260_101
STEPS: Final = 700
INSTALLATIONS: Final = (0, 1, 10, 11, 100, 101, 110, 111, 1_111_111_111)
"""The digits of one are the first of the next."""
REPOSITORIES: Final = tuple(
    f"{owner}/{name}"
    for owner in ("1", "11", "a", "ab", "A", "a.b", "\u0430")
    for name in ("x", "xy", "X", "x/y", "x*", "x\t1", "")
)
"""Beginnings of each other and of installations, both cases of letters, a Cyrillic twin, what others expand."""
TEXTS: Final = (
    *(f"At most {n} requests per minute are allowed." for n in (10, 100, 1000)),
    *("the key goes into the header", "the key goes into the header.", "The key goes into the header", "the key"),
    *("installation 1", "repository a/x", "model counting", "*", "café", "cafe\u0301"),
)


class Letters:
    """Stands in for a model."""

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size

    def __call__(self, texts: Sequence[str], /) -> list[list[float]]:
        return [[1.0 + sum(map(ord, text[at :: self.size])) % 97 for at in range(self.size)] for text in texts]


def passage(text: str) -> Passage:
    """Make a paragraph."""
    return Passage(path="a.md", start=1, end=1, kind=PassageKind.PARAGRAPH, text=text)


DIGESTS: Final = {passage(text).digest: text for text in TEXTS}


@pytest.fixture
def client() -> Iterator[QdrantClient]:
    """Open Qdrant in memory; it evaluates a server's filters too."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        made = QdrantClient(":memory:")
        yield made
        made.close()


def stored(client: QdrantClient) -> Counter[tuple[object, ...]]:
    """Return whose every single point is, and what it says, as Qdrant has it."""
    found: Counter[tuple[object, ...]] = Counter()
    for collection in client.get_collections().collections:
        points, _ = client.scroll(collection.name, limit=100_000)
        for point in points:
            said = point.payload or {}
            found[said["installation"], said["repository"], said["model"], DIGESTS[said["digest"]]] += 1
    return found


@pytest.mark.parametrize("embedded", [True, False], ids=["embedded", "as on a server"])
def test_no_repository_sees_or_touches_another(client: QdrantClient, *, embedded: bool) -> None:
    """Whatever is kept, searched, replaced and forgotten in whatever order: everybody has exactly what is theirs.

    All repositories say the same and nearly the same, so a leak would show as one passage too many, or twice.
    """
    dice = random.Random(SEED)  # noqa: S311  no secret
    models = {letters.name: letters for letters in (Letters("one", 8), Letters("one more", 8), Letters("two", 4))}
    indexes = {name: PassageIndex(client, model, embedded=embedded) for name, model in models.items()}
    scopes = [Scope(one, name) for one in INSTALLATIONS for name in REPOSITORIES]
    dice.shuffle(scopes)
    expected: dict[tuple[int, str, str], set[str]] = {}
    for step in range(STEPS):
        scope = scopes[step] if step < len(scopes) else dice.choice(scopes)
        model = dice.choice(list(models))
        key = (scope.installation, scope.repository, model)
        before = expected.get(key, set())
        what = dice.choices(("sync", "search", "forget"), (4, 3, 1))[0] if step >= len(scopes) else "sync"
        if what == "sync":
            after = set(dice.sample(TEXTS, dice.randint(0, 3)))
            done = indexes[model].sync(scope, map(passage, sorted(after)))
            assert (len(after - before), len(after & before), len(before - after)) == (
                done.embedded,
                done.kept,
                done.deleted,
            )
            expected[key] = after
        elif what == "forget":
            indexes[model].forget(scope)
            expected[key] = set()
        hits = indexes[model].search(scope, dice.choice(TEXTS), limit=50)
        assert sorted(expected.get(key, set())) == sorted(DIGESTS[hit] for hit in hits)
    whole = {(*key, text): 1 for key, texts in expected.items() for text in texts}
    assert whole == stored(client)


READS: Final = {"scroll", "query_points"}
"""What answers with passages: it must be told whose."""
OWN: Final = {"upsert", "delete"}
"""What writes points whose ids are made of their owner, or deletes by a filter."""
SETTING_UP: Final = {"collection_exists", "create_collection", "create_payload_index"}


def test_there_is_one_door_to_qdrant() -> None:
    """Only a room's methods call Qdrant, each in the room's collection, and whatever reads is told whose passages."""
    root = Path(specloom.__file__).parents[1]
    called: dict[str, set[str]] = {}
    for package in ("specloom", "app", "action", "generators"):
        for path in sorted((root / package).rglob("*.py")):
            text = path.read_text("utf-8")
            name = path.relative_to(root).as_posix()
            if "qdrant_client" in text:
                assert name.startswith("specloom/adapters/search/"), f"{name} uses Qdrant on its own"
                called[name] = {node.attr for node in ast.walk(ast.parse(text)) if _is_call_of_client(node)}
    (room,) = (path for path, names in called.items() if names - {"close"})
    assert "specloom/adapters/search/room.py" == room
    assert READS | OWN | SETTING_UP == called[room]
    for statement in ast.walk(ast.parse((root / room).read_text("utf-8"))):
        if not isinstance(statement, ast.Call):
            continue
        method = next((one.attr for one in (statement.func, *statement.args) if _is_call_of_client(one)), None)
        words = ast.unparse(statement)
        if method is not None:
            assert "self._collection" in words
        if method in READS:
            assert words.count("self._filter") == {"scroll": 1, "query_points": 2}[method]


def _is_call_of_client(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self._client"
