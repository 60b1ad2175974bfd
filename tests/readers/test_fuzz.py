"""Whatever is cut, swapped or thrown in, a reading comes out or an error for people."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import discover, read
from specloom.readers.documents.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.readers import Reading

JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, "", "x", "#", "#/", "../x", "https://e.com/x", [], {}, [None], [[]], [{}]),
    *({"$ref": "#"}, {"$ref": None}, {"$ref": "#/paths"}, {"$ref": "#/components/schemas/Pet"}, {"": None}),
    *("string", "array", "null", ["null"], {"a": {"b": []}}, {"x-a": 1}),
)
KEYS = (
    *("$ref", "type", "items", "properties", "allOf", "oneOf", "in", "name", "schema", "content", "required", "enum"),
    *("discriminator", "parameters", "responses", "security", "servers", "nullable", "paths", "callbacks", "links"),
    *(
        "examples",
        "headers",
        "encoding",
        "webhooks",
        "components",
        "definitions",
        "get",
        "requestBody",
        "additionalProperties",
    ),
)
NOISE = (
    b"\t",
    b"\n",
    b"- ",
    b": ",
    b"{",
    b"[",
    b'"',
    b"'",
    b"&a ",
    b"*a ",
    b"!!x ",
    b"<<: ",
    b"? ",
    b"|\n",
    b"\r",
    b"\xff",
    b"\0",
    b"#",
)

SMALL = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://{a}.e.com', variables: {a: {default: b}}}]
security: [{k: []}]
tags: [{name: a}]
paths:
  /a/{b}:
    parameters: [{name: b, in: path, required: true, schema: {type: string}}]
    post:
      operationId: a
      requestBody:
        content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Pet'}, encoding: {a: {style: form}}}}
      responses:
        '200':
          description: fine
          headers: {X-A: {schema: {type: integer}}}
          links: {n: {operationId: a, parameters: {b: $response.body#/b}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, examples: {one: {value: {a: 1}}}}}
      callbacks: {c: {'{$url}': {post: {responses: {'204': {description: ok}}}}}}
webhooks: {w: {post: {requestBody: {content: {application/json: {}}}}}}
components:
  securitySchemes: {k: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {r: read}}}}}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {type: 'null'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
    Cat: {type: [object, 'null'], properties: {kind: {enum: [cat, null]}, next: {$ref: '#/components/schemas/Pet'}}}
"""


def spoil(value: Any, dice: random.Random, times: int) -> None:  # noqa: ANN401  # any JSON
    """Put junk into random places of `value`."""
    containers: list[Any] = []
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, (dict, list)):
            containers.append(item)
            pending.extend(item.values() if isinstance(item, dict) else item)
    for _ in range(times):
        container = dice.choice(containers)
        if isinstance(container, dict):
            name = dice.choice([*container, *KEYS]) if container else dice.choice(KEYS)
            container[name] = dice.choice([*JUNK, [container.get(name)], dice.choice(JUNK)])
            if dice.random() < 0.3:
                del container[name]
        elif container:
            container[dice.randrange(len(container))] = dice.choice(JUNK)


def garble(content: bytes, dice: random.Random) -> bytes:
    """Cut, repeat and insert bytes in random places of `content`."""
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(content) + 1)
        rest = content[place:]
        copied = content[dice.randrange(len(content) + 1) :][: dice.randint(1, 200)]
        inserted = dice.choice([b"", b"", copied, dice.choice(NOISE), dice.randbytes(3)])
        content = content[:place] + inserted + rest[dice.choice([0, 1, 30, len(rest)]) :]
    return content


@dataclass
class Outcome:
    """What became of so many spoilt descriptions."""

    read: int = 0
    refused: int = 0


def attempt(content: bytes, faults: Callable[[Reading], list[str]], outcome: Outcome) -> None:
    """Read `content`; only `UserError` may be raised, and what is read must be sound."""
    tree = FileTree({"api.yaml": content, "other.yaml": b"a: {b: 1}"})
    try:
        reading = read(tree, "api.yaml")
    except UserError:
        outcome.refused += 1
    else:
        assert [] == faults(reading)
        outcome.read += 1
    discover(tree)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(st.integers(0, 10**9))
def test_small_descriptions(faults: Callable[[Reading], list[str]], seed: int) -> None:
    """A small description that has a bit of everything may be spoilt in any way."""
    dice = random.Random(seed)  # noqa: S311  # repeatable
    value = json.loads(json.dumps(load("a", SMALL.encode()).root))
    spoil(value, dice, dice.randint(1, 6))
    outcome = Outcome()

    attempt(json.dumps(value, indent=dice.choice([None, 1])).encode(), faults, outcome)
    attempt(garble(SMALL.encode(), dice), faults, outcome)

    assert 2 == outcome.read + outcome.refused


def spoil_corpus(corpus: Path, faults: Callable[[Reading], list[str]], *, rounds: int, largest: int) -> Outcome:
    """Spoil each real description of up to `largest` bytes in `rounds` ways and more."""
    outcome = Outcome()
    files = [path for path in sorted((corpus / "openapi").glob("*/*.*")) if path.stat().st_size <= largest]
    for path in files:
        content = path.read_bytes()
        for turn in range(rounds):
            dice = random.Random(f"{path.name} {turn}")  # noqa: S311  # repeatable
            attempt(garble(content, dice), faults, outcome)
            value = json.loads(json.dumps(load(path.name, content).root))
            spoil(value, dice, dice.randint(1, 12))
            attempt(json.dumps(value, indent=1).encode(), faults, outcome)
    return outcome


@pytest.mark.corpus
def test_real_descriptions(corpus: Path, faults: Callable[[Reading], list[str]]) -> None:
    """Real descriptions, cut and garbled and with junk thrown in, never raise anything but an error for people."""
    outcome = spoil_corpus(corpus, faults, rounds=8, largest=60_000)

    assert outcome.read > 100
    assert outcome.refused > 10


@pytest.mark.corpus
@pytest.mark.conformance
def test_real_descriptions_at_length(corpus: Path, faults: Callable[[Reading], list[str]]) -> None:
    """The same for thousands of spoilt files, large ones included."""
    outcome = spoil_corpus(corpus, faults, rounds=25, largest=300_000)

    assert outcome.read > 500
