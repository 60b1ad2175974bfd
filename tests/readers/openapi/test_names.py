"""Names for schemas that the description did not name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading

FILES = {
    "cats/model.yaml": "type: object",
    "dogs/model.yaml": "type: object",
    "dogs/tail.yaml": "type: object",
    "Pet.yaml": "type: object",
}
REFS = ("cats/model.yaml", "dogs/model.yaml", "dogs/tail.yaml", "Pet.yaml")


def names(describe: Callable[..., Reading], refs: tuple[str, ...]) -> dict[str, str | None]:
    """Return the name that each reference gets, in a description that has a component `Pet` of its own."""
    properties = "\n".join(f"        p{ref.replace('/', '').replace('.', '')}: {{$ref: {ref}}}" for ref in refs)
    text = f"components:\n  schemas:\n    Pet: {{type: string}}\n    All:\n      properties:\n{properties}"
    reading = describe(text, files=FILES)
    found = {schema.span.path: name for name, schema in reading.api.schemas.items() if schema.span.path != "api.yaml"}
    properties_of = reading.api.schemas["All"].properties.values()
    assert set(found.values()) == {schema.ref for schema in properties_of}
    return dict(sorted(found.items()))


def test_names_are_short_and_unique(describe: Callable[..., Reading]) -> None:
    """Files of one name are told apart by their folders, and a component's name is never taken away."""
    assert {
        "Pet.yaml": "Pet_2",
        "cats/model.yaml": "cats_model",
        "dogs/model.yaml": "dogs_model",
        "dogs/tail.yaml": "tail",
    } == names(describe, REFS)


def test_names_do_not_depend_on_order(describe: Callable[..., Reading]) -> None:
    """The order in which references are met does not change a name."""
    assert names(describe, REFS) == names(describe, REFS[::-1])


def test_a_component_that_is_only_a_reference_names_its_target(describe: Callable[..., Reading]) -> None:
    """What a component leads to is called as the component is, wherever it is referred to from."""
    reading = describe(
        """
        components:
          schemas:
            Kitten: {$ref: cats/model.yaml}
            Same: {$ref: cats/model.yaml}
            All: {properties: {a: {$ref: cats/model.yaml}, b: {$ref: '#/components/schemas/Kitten'}}}
        """,
        files=FILES,
    )
    schemas = reading.api.schemas

    assert ["Kitten", "Same", "All"] == list(schemas)
    assert ("cats/model.yaml", "Kitten") == (schemas["Kitten"].span.path, schemas["Same"].ref)
    assert ["Kitten", "Kitten"] == [schema.ref for schema in schemas["All"].properties.values()]


def test_pointers_that_differ_in_punctuation_only(describe: Callable[..., Reading]) -> None:
    """Even targets that would be spelt alike get names of their own."""
    files = {"all.yaml": "a-b: {type: string}\na_b: {type: integer}\na.b: {type: object}"}
    text = "components: {schemas: {All: {properties: {x: {$ref: 'all.yaml#/a-b'}, y: {$ref: 'all.yaml#/a_b'}}}}}"
    properties = describe(text, files=files).api.schemas["All"].properties

    assert properties["x"].ref != properties["y"].ref
