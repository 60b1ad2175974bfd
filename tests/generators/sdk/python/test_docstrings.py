"""What docstrings of methods look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.generator import Generated

Json = dict[str, Any]


def test_the_lines_of_an_argument_are_indented_below_its_name(
    document: Callable[..., Json], generate: Callable[..., Generated]
) -> None:
    """What goes on on the next line must not look like another argument."""
    parameter = {"name": "size", "in": "query", "schema": {"type": "integer"}, "description": "How many. " * 20}
    paths = {"/pets": {"get": {"parameters": [parameter], "responses": {"204": {"description": ""}}}}}
    files = generate(document(paths)).files.files
    code = files["sdk/python/src/zoo/resources/pets.py"].decode()
    said = code.partition("Args:\n")[2].partition("**options")[0].rstrip().split("\n")
    assert len(said) == 3
    assert said[0].startswith(" " * 12 + "size: How")
    assert all(line.startswith((" " * 16 + "How", " " * 16 + "many")) for line in said[1:])
    assert max(map(len, said)) <= 120
