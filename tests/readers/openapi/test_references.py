"""`$ref` in all the ways it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading

USES = """
paths:
  /things:
    get:
      responses:
        '200':
          description: fine
          content: {{application/json: {{schema: {{$ref: {ref}}}}}}}
"""


def ref_of(reading: Reading) -> str | None:
    """Return the name that the answer's schema refers to."""
    schema = reading.api.operations[0].responses[0].content[0].schema
    assert schema is not None
    return schema.ref


@pytest.mark.parametrize(
    ("ref", "files", "name"),
    [
        ("'#/components/schemas/Pet'", {}, "Pet"),
        ("'api.yaml#/components/schemas/Pet'", {}, "Pet"),
        ("'./api.yaml#/components/schemas/Pet'", {}, "Pet"),
        ("'#/components/schemas/a~1b~0c'", {}, "a/b~c"),
        ("'#/components/schemas/a%20b'", {}, "a b"),
        ("'#/components/schemas/Pet/properties/tag'", {}, "Pet_tag"),
        ("'#/components/schemas/Pet/allOf/0'", {}, "Pet_allOf_0"),
        ("'#dog'", {}, "Dog"),
        ("'https://example.com/dog.json'", {}, "Dog"),
        ("pet.yaml", {"pet.yaml": "type: object"}, "pet"),
        ("./models/pet.v1.yaml", {"models/pet.v1.yaml": "type: object"}, "pet"),
        ("'models/pet%20dog.yaml'", {"models/pet dog.yaml": "type: object"}, "pet_dog"),
        ("models\\pet.yaml", {"models/pet.yaml": "type: object"}, "pet"),
        ("'all.json#/definitions/Pet'", {"all.json": '{"definitions": {"Pet": {}}}'}, "all_Pet"),
        ("'all.json#/Owner'", {"all.json": '{"Owner": {}}'}, "Owner"),
        (
            "'all.json#/components/schemas/io.k8s.Pod'",
            {"all.json": '{"components":{"schemas":{"io.k8s.Pod":{}}}}'},
            "io.k8s.Pod",
        ),
    ],
)
def test_a_schema_has_one_name(
    describe: Callable[..., Reading], faults: Callable[..., list[str]], ref: str, files: dict[str, str], name: str
) -> None:
    """Components keep their names; anything else gets a readable one that is free."""
    components = """
components:
  schemas:
    Pet:
      properties: {tag: {type: string}}
      allOf: [{type: object}]
    Dog: {$anchor: dog, $id: 'https://example.com/dog.json'}
    a/b~c: {}
    a b: {}
"""
    reading = describe(USES.format(ref=ref) + components, files=files)

    assert [] == [str(found) for found in reading.diagnostics]
    assert name == ref_of(reading)
    assert [] == faults(reading)


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("https://example.com/pet.yaml", "nothing is fetched"),
        ("//example.com/pet.yaml", "nothing is fetched"),
        ("file:///etc/passwd", "nothing is fetched"),
        ("../../etc/passwd", "leads out of the repository"),
        ("/etc/passwd", "leads out of the repository"),
        ("gone.yaml", "is not there"),
        ("'#/components/schemas/Gone'", "has no"),
        ("'#/paths/~1things/get/responses/7'", "has no"),
        ("'#nowhere'", "no anchor"),
        ("'broken.yaml'", "cannot be read"),
        ("'list.yaml'", "not to a schema"),
    ],
)
def test_references_that_lead_nowhere(describe: Callable[..., Reading], ref: str, words: str) -> None:
    """Such a reference costs itself and says why; the operation is delivered with what is left."""
    files = {"broken.yaml": "a: [", "list.yaml": "[1, 2]"}
    reading = describe(USES.format(ref=ref), files=files)

    assert ref_of(reading) is None
    assert 1 == len(reading.diagnostics)
    assert words in reading.diagnostics[0].message
    assert reading.diagnostics[0].span is not None


@pytest.mark.parametrize(
    ("ref", "files"),
    [
        ("'#components/schemas/Pet'", {}),
        ("Pet", {}),
        ("parts/leaf.yaml", {"parts/leaf.yaml": "$ref: '#/components/schemas/Pet'"}),
        ("parts/leaf.yaml", {"parts/leaf.yaml": "$ref: parts/pet.yaml", "parts/pet.yaml": "type: object"}),
    ],
)
def test_references_that_no_standard_allows(describe: Callable[..., Reading], ref: str, files: dict[str, str]) -> None:
    """What people mean by a reference that leads nowhere is guessed, and the guess is reported."""
    reading = describe(USES.format(ref=ref) + "components: {schemas: {Pet: {type: object}}}", files=files)

    assert ["guessed-ref"] == [found.code for found in reading.diagnostics]
    assert (ref_of(reading) or "").lower() == "pet"


def test_references_from_the_repositorys_root(reading: Callable[..., Reading]) -> None:
    """A path that is not there, seen from the file, is tried from the root of the repository."""
    text = "openapi: 3.1.0\ncomponents: {schemas: {A: {items: {$ref: specs/pet.yaml}}}}"
    result = reading(text, {"specs/pet.yaml": "type: object"}, "specs/api.yaml")

    assert ["guessed-ref"] == [found.code for found in result.diagnostics]
    assert {"A", "pet"} == set(result.api.schemas)


def test_circles_of_references(describe: Callable[..., Reading], faults: Callable[..., list[str]]) -> None:
    """References that only lead to each other are cut, and the others stay."""
    reading = describe(
        """
        components:
          schemas:
            A: {$ref: '#/components/schemas/B'}
            B: {$ref: '#/components/schemas/A'}
            C: {$ref: '#/components/schemas/C'}
            D: {$ref: '#/components/schemas/E'}
            E: {type: string}
        """
    )
    schemas = reading.api.schemas

    assert (None, None, "E") == (schemas["A"].ref, schemas["C"].ref, schemas["D"].ref)
    assert {"circular-ref"} == {found.code for found in reading.diagnostics}
    assert [] == faults(reading)


def test_everything_else_is_resolved_in_place(describe: Callable[..., Reading]) -> None:
    """Path items, operations, parameters, bodies, responses, headers and examples stand where they are used."""
    files = {
        "thing.yaml": "post: {$ref: 'ops/create.yaml'}",
        "ops/create.yaml": """
            parameters: [{$ref: '../shared.yaml#/dry'}]
            requestBody: {$ref: '../shared.yaml#/body'}
            responses: {$ref: '../shared.yaml#/answers'}
        """,
        "shared.yaml": """
            dry: {name: dry, in: query, schema: {type: boolean}}
            body: {content: {text/plain: {schema: {$ref: models/text.yaml}, examples: {a: {$ref: '#/sample'}}}}}
            sample: {value: hello}
            answers: {'200': {$ref: '#/answer'}}
            answer: {description: fine, headers: {X-A: {$ref: '#/header'}}}
            header: {schema: {type: integer}}
        """,
        "models/text.yaml": "type: string",
    }
    reading = describe("paths: {/thing: {$ref: thing.yaml}}", files=files)
    operation = reading.api.operations[0]
    body = operation.request_body

    assert () == reading.diagnostics
    assert ("POST /thing", "ops/create.yaml") == (operation.key, operation.span.path)
    assert ["dry"] == [parameter.name for parameter in operation.parameters]
    assert body is not None
    assert ("text", "hello") == (
        body.content[0].schema and body.content[0].schema.ref,
        body.content[0].examples[0].value,
    )
    assert [("X-A", ("integer",))] == [(header.name, header.schema.types) for header in operation.responses[0].headers]
    assert ("shared.yaml", 2) == (operation.parameters[0].span.path, operation.parameters[0].span.start)
    assert ("api.yaml", "models/text.yaml", "ops/create.yaml", "shared.yaml", "thing.yaml") == reading.api.source.files


def test_whole_sections_by_reference(describe: Callable[..., Reading]) -> None:
    """`components`, `paths` and maps in them may be references, and references lead through them."""
    files = {
        "parts/components.yaml": "schemas: {$ref: schemas.yaml}",
        "parts/schemas.yaml": "Pet: {$ref: pet.yaml}\nOwner: {properties: {pet: {$ref: 'schemas.yaml#/Pet'}}}",
        "parts/pet.yaml": "type: object",
        "paths.yaml": "/pets: {get: {responses: {}}}",
    }
    reading = describe("paths: {$ref: paths.yaml}\ncomponents: {$ref: parts/components.yaml}", files=files)

    assert ["GET /pets"] == [operation.key for operation in reading.api.operations]
    assert {"Pet": None, "Owner": None} == {name: schema.ref for name, schema in reading.api.schemas.items()}
    assert "Pet" == reading.api.schemas["Owner"].properties["pet"].ref
    assert "parts/pet.yaml" == reading.api.schemas["Pet"].span.path


def test_members_beside_a_reference_hold_too(describe: Callable[..., Reading]) -> None:
    """A path item with a reference and operations of its own has both; a schema keeps what stands beside `$ref`."""
    reading = describe(
        """
        paths:
          /a: {$ref: '#/x-items/shared', post: {operationId: own, responses: {}}}
        x-items:
          shared: {get: {operationId: shared, responses: {}}}
        components:
          schemas:
            Pet: {type: object}
            It: {$ref: '#/components/schemas/Pet', description: a pet, maxProperties: 2}
        """
    )
    it = reading.api.schemas["It"]

    assert {"shared", "own"} == {operation.operation_id for operation in reading.api.operations}
    assert ("Pet", "a pet", 2) == (it.ref, it.description, it.limits.max_properties)


def test_text_by_reference(describe: Callable[..., Reading]) -> None:
    """A description that is a reference to a Markdown file is that file's text."""
    files = {"docs/pets.md": "# Pets\n"}
    reading = describe("paths: {}\ntags: [{name: pets, description: {$ref: docs/pets.md}}]", files=files)

    assert "# Pets\n" == reading.api.tags[0].description
    assert () == reading.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "{$recursiveAnchor: true, properties: {next: {$recursiveRef: '#'}}}",
        "{properties: {next: {$ref: '#'}}}",
        "{$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}",
        "{properties: {next: {$ref: '#/components/schemas/Node'}}}",
    ],
)
def test_schemas_that_refer_to_themselves(describe: Callable[..., Reading], text: str) -> None:
    """Recursion is a reference to the schema's own name, in every draft's way of writing it."""
    reading = describe(f"components: {{schemas: {{Node: {text}}}}}")

    assert "Node" == reading.api.schemas["Node"].properties["next"].ref
    assert () == reading.diagnostics


def test_a_property_may_be_called_ref(describe: Callable[..., Reading]) -> None:
    """`$ref` as the name of a property is a name like any other."""
    reading = describe("components: {schemas: {It: {properties: {$ref: {type: string}}}}}")

    assert ("string",) == reading.api.schemas["It"].properties["$ref"].types
    assert () == reading.diagnostics


def test_the_name_a_description_gives_itself(reading: Callable[..., Reading]) -> None:
    """A reference to 3.2's `$self` is a reference into the description."""
    result = reading("""
        openapi: 3.2.0
        $self: https://e.com/api.yaml
        components:
          schemas:
            A: {items: {$ref: 'https://e.com/api.yaml#/components/schemas/B'}}
            B: {type: string}
    """)
    items = result.api.schemas["A"].items

    assert items is not None
    assert ("B", ()) == (items.ref, result.diagnostics)
