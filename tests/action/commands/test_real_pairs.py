"""Two real versions of real descriptions in a real repository, with hand edits in between."""

from __future__ import annotations

import ast
import random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]
    Clone = Any

pytestmark = pytest.mark.corpus

BRANCH = "specloom/update"
PACKAGE = "sdk/python/src"


def is_module(path: str) -> bool:
    """Tell whether a generated file is a module that people would edit."""
    return path.startswith(PACKAGE) and path.endswith(".py") and not path.endswith("_version.py")


def edit_by_hand(clone: Clone, generated: list[str], luck: random.Random) -> tuple[dict[str, str], str]:
    """Edit a fifth of the modules in several ways and delete one; return the lines written and the path deleted."""
    modules = [path for path in generated if is_module(path)]
    *edited, deleted = luck.sample(modules, max(4, len(modules) // 5))
    written = {}
    for number, path in enumerate(edited):
        file = clone.folder / path
        lines = file.read_text().splitlines(keepends=True)
        token = f"# by hand {number}\n"
        tops = [index for index, line in enumerate(lines) if line.startswith(("class ", "def ", "_", "from "))]
        lines.insert(luck.choice([0, len(lines), *tops]), token)
        ending = "\r\n" if number % 5 == 4 else "\n"
        file.write_bytes("".join(lines).replace("\n", ending).encode())
        written[path] = token.strip()
    clone.commit({deleted: None})
    return written, deleted


@pytest.fixture
def repository(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Return the clone, as the current folder."""
    monkeypatch.chdir(clone.folder)
    return clone


@pytest.mark.parametrize(
    "pair",
    [
        "01-discord-api-spec/{}.json",
        "04-rest-api-spec/{}.yaml",
        "05-rest-api-spec/{}.yaml",
        "06-resend-openapi/{}.yaml",
        "08-moby/{}.yaml",
    ],
)
def test_hand_edits_survive_a_real_change(run: Run, repository: Clone, corpus: Path, pair: str) -> None:
    """Every edited line stands on the branch, untouched files are as if generated afresh, and all of it parses."""
    base, head = ((corpus / "drift" / pair.format(side)).read_bytes() for side in "ab")
    name = f"openapi.{pair[-4:]}"
    repository.commit({name: base})
    run("apply")
    repository.git("merge", "--quiet", BRANCH)
    generated = repository.git("ls-files", "sdk").splitlines()
    written, deleted = edit_by_hand(repository, generated, random.Random(pair))  # noqa: S311  a fixed choice of edits
    repository.commit({name: head})

    document = run("apply", "--json").json
    standing = files_of(repository, BRANCH if document["commit"] else "main")
    everything = b"\n".join(standing.values())
    assert [] == [token for token in written.values() if token.encode() not in everything]
    assert deleted not in standing
    assert [] == [path for path, content in standing.items() if path.endswith(".py") and not parses(content)]

    out = repository.folder.parent / "fresh"
    run("generate", f"HEAD:{name}", "-o", out)
    fresh = {path.relative_to(out).as_posix(): path.read_bytes() for path in (out / "sdk").rglob("*") if path.is_file()}
    by_hand = {path for path, content in standing.items() if b"# by hand" in content}
    disputed = {deleted, *by_hand, *filter(of_a_release, standing), *(item["path"] for item in document["conflicts"])}
    same = {path: content for path, content in fresh.items() if path not in disputed}
    assert same == {path: standing.get(path) for path in same}

    repository.git("merge", "--quiet", BRANCH)
    assert run("plan", "--json").json["empty"]


def of_a_release(path: str) -> bool:
    """Tell whether a file says which release it belongs to, which is another one in an empty folder."""
    return path.endswith(("/CHANGELOG.md", "/pyproject.toml", "/_version.py"))


def files_of(clone: Clone, revision: str) -> dict[str, bytes]:
    """Return the generated files of a revision."""
    tree = clone.history.tree(revision)
    return {path: tree.read(path) for path in tree.paths() if path.startswith("sdk/")}


def parses(content: bytes) -> bool:
    """Tell whether a module is Python, which one with conflict markers is not."""
    try:
        ast.parse(content)
    except SyntaxError:
        return False
    return True
