"""Descriptions that were made to break their reader end quickly, with everything that can be told of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import read
from specloom.readers.openapi import operations

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def alike(number: int) -> str:
    """Return a key that differs from its like in punctuation only."""
    return "x" + f"{number:011b}".replace("0", ".").replace("1", "-") + "y"


CALLBACKS = "".join(
    f"    C{n}: {{'{{$url}}': {{"
    + ", ".join(
        f"{method}: {{callbacks: {{c: {{$ref: '#/components/callbacks/C{n + 1}'}}}}}}"
        for method in ("get", "put", "post")
    )
    + "}}\n"
    for n in range(30)
)

BOMBS = {
    "aliases of schemas": HEAD
    + "x0: &x0 {type: object}\n"
    + "".join(f"x{n}: &x{n} {{allOf: [{', '.join([f'*x{n - 1}'] * 8)}]}}\n" for n in range(1, 5))
    + "components: {schemas: {It: *x4}}\n",
    "bodies by reference": HEAD
    + "paths:\n"
    + "".join(f"  /p{n}: {{post: {{requestBody: {{$ref: '#/components/requestBodies/B'}}}}}}\n" for n in range(400))
    + "components:\n  requestBodies:\n    B: {content: {application/json: {schema: {properties: {"
    + ", ".join(f"p{n}: {{type: string}}" for n in range(400))
    + "}}}}}\n",
    "callbacks of callbacks": HEAD
    + "paths: {/a: {post: {callbacks: {c: {$ref: '#/components/callbacks/C0'}}}}}\ncomponents:\n  callbacks:\n"
    + CALLBACKS,
    "path items by reference": HEAD
    + "paths:\n"
    + "".join(f"  /p{n}: {{$ref: '#/components/pathItems/I'}}\n" for n in range(5000))
    + "components: {pathItems: {I: {get: {responses: {"
    + ", ".join(f"'{n}': {{description: d}}" for n in range(400))
    + "}}}}}\n",
    "names that are alike": HEAD
    + "components:\n  schemas:\n"
    + "".join(f"    S{n}: {{items: {{$ref: 'a.yaml#/{alike(n)}'}}}}\n" for n in range(1500)),
    "long chains": HEAD
    + "components:\n  schemas:\n"
    + "".join(f"    S{n}: {{$ref: '#/components/schemas/S{n + 1}'}}\n" for n in range(3000)),
    "long chains of allOf": HEAD
    + "components:\n  schemas:\n"
    + "".join(f"    S{n}: {{allOf: [{{$ref: '#/components/schemas/S{n + 1}'}}]}}\n" for n in range(3000)),
    "wrong everywhere": HEAD + "components:\n  schemas:\n" + "".join(f"    S{n}: text\n" for n in range(20_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_quickly(faults: Callable[[Reading], list[str]], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A few lines that stand for very much are read in the time of a few lines, or refused with a reason."""
    monkeypatch.setattr(operations, "MAX_OPERATIONS", 6_000)
    leaf = "".join(f"{alike(n)}: {{type: string}}\n" for n in range(1500))
    tree = FileTree({"api.yaml": BOMBS[name].encode(), "a.yaml": leaf.encode()})
    begin = time.process_time()

    result = read(tree, "api.yaml")

    assert time.process_time() - begin < 20
    assert [] == faults(result)
    assert len(result.diagnostics) <= 5_001


@pytest.mark.parametrize(
    "text",
    [
        "components: {schemas: {It: " + "{items: " * 5000 + "{}" + "}" * 5000 + "}}",
        "components:\n  schemas:\n    It:\n" + "".join(" " * (6 + 2 * n) + "items:\n" for n in range(400)),
        '"components": ' + '{"a":' * 10_000 + "1" + "}" * 10_000,
    ],
)
def test_deep_nesting_is_refused_with_its_line(text: str) -> None:
    """Ten thousand levels end in an error that names file and line."""
    with pytest.raises(UserError, match="levels deep") as caught:
        read(FileTree({"api.yaml": (HEAD + text).encode()}), "api.yaml")

    assert caught.value.span is not None
    assert "api.yaml" == caught.value.span.path


@pytest.mark.parametrize(
    "path", ["../secret.yaml", "/etc/passwd", "..%2Fsecret.yaml", "a/../../secret.yaml", "file:///etc/passwd"]
)
def test_nothing_outside_the_tree_is_asked_for(path: str) -> None:
    """A reference that leads out of the tree, or to a URL, does not even reach the tree."""
    asked: list[str] = []

    class Watched:
        def read(self, name: str, /) -> bytes | None:
            asked.append(name)
            return (
                (HEAD + f"components: {{schemas: {{It: {{$ref: '{path}'}}}}}}").encode() if name == "api.yaml" else None
            )

        def paths(self) -> list[str]:
            return ["api.yaml"]

    result = read(Watched(), "api.yaml")

    assert "api.yaml" in asked
    assert [] == [name for name in asked if "secret" in name or name.startswith("/") or ".." in name]
    assert ["unresolved-ref"] == [found.code for found in result.diagnostics]
