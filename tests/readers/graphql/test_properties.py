"""What holds for every schema that is put together from parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.schema import Schema

    Read = Callable[[str], tuple[Api, tuple[Diagnostic, ...]]]

names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
scalars = st.sampled_from(["Int", "Float", "String", "Boolean", "ID"])
types = st.recursive(
    scalars, lambda inner: st.builds("[{}]".format, inner) | inner.map(lambda name: name.rstrip("!") + "!")
)
fields = st.dictionaries(names, types, min_size=1, max_size=6)
relaxed = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(schema: Schema) -> str:
    """Write a schema of scalars and lists as SDL does."""
    by_type = {("integer", "int32"): "Int", ("number", "double"): "Float", ("string", "id"): "ID"}
    by_type |= {("string", None): "String", ("boolean", None): "Boolean"}
    core = f"[{written(schema.items)}]" if schema.items else by_type[schema.types[0], schema.format]
    return core if schema.nullable else f"{core}!"


@relaxed
@given(st.dictionaries(names.map("T{}".format), fields, max_size=5), fields)
def test_types_read_and_written_again_are_the_same(
    read: Read, objects: dict[str, dict[str, str]], root: dict[str, str]
) -> None:
    """Every type keeps all its fields, in order, with list and null as they were."""
    sdl = "\n".join(
        f"type {name} {{\n" + "\n".join(f"  {key}: {kind}" for key, kind in members.items()) + "\n}"
        for name, members in {"Query": root, **objects}.items()
    )
    api, diagnostics = read(sdl)

    assert diagnostics == ()
    assert [operation.path for operation in api.operations] == list(root)
    assert {
        name: {key: written(value) for key, value in schema.properties.items()} for name, schema in api.schemas.items()
    } == objects
    assert {name: list(schema.required) for name, schema in api.schemas.items()} == {
        name: [key for key, kind in members.items() if kind.endswith("!")] for name, members in objects.items()
    }
    lines = sdl.splitlines()
    for name, schema in api.schemas.items():
        assert lines[schema.span.start - 1] == f"type {name} {{"
        assert [
            lines[schema.span.member("fields", key).start - 1].split(":")[0].strip() for key in schema.properties
        ] == list(schema.properties)
