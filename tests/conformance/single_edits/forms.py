"""The real descriptions, and the same ones as other people write them: one line, flow style, anchors, many files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from single_edits.measure import Description
from single_edits.openapi import Places
from single_edits.postman import Collection
from single_edits.sdl import Sdl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = Any
ROOTS: Final = {
    "oai-petstore-separate-v2": "examples/v2.0/json/petstore-separate/spec/swagger.json",
    "lob-v30": "lob-api-public.yml",
    "digitalocean-v30": "specification/DigitalOcean-public.v2.yaml",
    "rekor-v2": "openapi.yaml",
}
"""The descriptions of many files."""
PAIRS: Final = re.compile(rb"\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}")
"""Characters that JSON writes in two halves, which YAML's parser does not take."""
EVERY: Final = Path(__file__).with_name("every.graphql")
LONG: Final = 400_000
"""Bytes past which a description is used as it stands only."""


def openapi(name: str, files: dict[str, bytes], root: str) -> Description:
    """Return a description with everything that can be edited in it."""
    return Description(name, files, root, Places(files, root).kinds)


def real(corpus: Path, names: list[str]) -> Iterator[Callable[[], Description]]:
    """Yield what makes each description of the corpus, as it stands and in other forms."""
    for name in names:
        folder = corpus / "openapi" / name
        files = {
            path.relative_to(folder).as_posix(): PAIRS.sub(b"?", path.read_bytes())
            for path in folder.rglob("*")
            if path.is_file()
        }
        root = ROOTS.get(name) or next(iter(files))
        yield lambda name=name, files=files, root=root: openapi(name, files, root)
        if len(files) == 1 and len(files[root]) < LONG:
            document = json.loads(json.dumps(yaml.safe_load(files[root]), default=str))
            for form, write in FORMS.items():
                yield lambda name=name, document=document, form=form, write=write: openapi(
                    f"{name} ({form})", *_written(document, form, write)
                )


def graphql(corpus: Path | None) -> Iterator[Callable[[], Description]]:
    """Yield what makes each GraphQL schema: one with every kind of definition, and the real ones of a fair length."""
    paths = [EVERY, *(sorted((corpus / "graphql").glob("*.graphql")) if corpus else ())]
    for path in paths:
        text = path.read_text("utf-8")
        if len(text) < LONG:
            yield lambda path=path, text=text: Description(
                path.name, {path.name: text.encode()}, path.name, Sdl(path.name, text).kinds
            )


def postman(corpus: Path) -> Iterator[Callable[[], Description]]:
    """Yield what makes each Postman collection."""
    for path in sorted((corpus / "postman").glob("*.json")):
        content = PAIRS.sub(b"?", path.read_bytes())
        yield lambda path=path, content=content: Description(
            path.name, {path.name: content}, path.name, Collection(path.name, content.decode()).kinds
        )


def _written(document: Json, form: str, write: Callable[[Json], Json]) -> tuple[dict[str, bytes], str]:
    made = write(document)
    if isinstance(made, dict):
        return {path: text.encode() for path, text in made.items()}, "api.yaml"
    root = "api.json" if "JSON" in form else "api.yaml"
    return {root: made.encode()}, root


def _one_line(document: Json) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


def _indented(document: Json) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)


def _flow(document: Json) -> str:
    return yaml.safe_dump(document, sort_keys=False, default_flow_style=True, width=100)


def _anchored(document: Json) -> str:
    """Share what is written twice, so that it is written once with an anchor and aliases."""
    known: dict[str, Json] = {}

    def shared(value: Json) -> Json:
        if isinstance(value, dict):
            value = {key: shared(inner) for key, inner in value.items()}
        elif isinstance(value, list):
            value = [shared(inner) for inner in value]
        else:
            return value
        return known.setdefault(json.dumps(value, sort_keys=True), value) if len(value) > 1 else value

    return yaml.safe_dump(shared(document), sort_keys=False, allow_unicode=True)


def _split(document: Json) -> dict[str, str]:
    """Put every named schema, parameter and answer, and every path, into a file of its own."""
    files: dict[str, Json] = {}
    homes: dict[str, tuple[str, Json]] = {}
    for block, folder in (
        ("components/schemas", "schemas"),
        ("components/parameters", "parameters"),
        ("components/responses", "responses"),
        ("definitions", "schemas"),
    ):
        around = document
        for step in block.split("/"):
            around = around.get(step, {})
        for number, name in enumerate(around):
            homes[f"#/{block}/{name}"] = (f"{folder}/{number}.yaml", around[name])
    moved = json.loads(json.dumps(document))
    for block in ("schemas", "parameters", "responses"):
        moved.get("components", {}).pop(block, None)
    moved.pop("definitions", None)
    files.update(homes.values())
    for number, path in enumerate(document.get("paths", {})):
        files[f"paths/{number}.yaml"] = document["paths"][path]
        moved["paths"][path] = {"$ref": f"./paths/{number}.yaml"}
    targets = {reference: path for reference, (path, _) in homes.items()}
    texts = {path: _dumped(_pointed(value, targets, "../")) for path, value in files.items()}
    return {"api.yaml": _dumped(_pointed(moved, targets, "./")), **texts}


def _pointed(value: Json, targets: dict[str, str], up: str) -> Json:
    if isinstance(value, list):
        return [_pointed(item, targets, up) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _pointed(item, targets, up) for key, item in value.items()}
    return {
        key: up + targets[item] if isinstance(item, str) and item in targets else item for key, item in made.items()
    }


def _dumped(value: Json) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True)


FORMS: Final[dict[str, Callable[[Json], Json]]] = {
    "JSON": _indented,
    "JSON in one line": _one_line,
    "YAML in flow style": _flow,
    "YAML with anchors": _anchored,
    "many files": _split,
}
