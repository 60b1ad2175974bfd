"""Descriptions whose every name and text is code: it stays text, and the operation is still there."""

from __future__ import annotations

import ast
import tomllib
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from specloom.model.generator import Generated

Json = dict[str, Any]

CODE = "__import__('pathlib').Path('pwned').touch()"

PAYLOADS = {
    "end of a block comment": f"*/ {CODE} /*",
    "triple double quotes": f'"""\n{CODE}\n"""',
    "triple single quotes": f"'''\n{CODE}\n'''",
    "double quote": f'" + {CODE} + "',
    "single quote": f"' + {CODE} + '",
    "backtick": f"`{CODE}`",
    "template literal": f"${{{CODE}}}",
    "f-string braces": f"{{{CODE}}}",
    "template expression": f"{{{{ {CODE} }}}}",
    "template statement": f"{{% print({CODE}) %}}",
    "line feed": f"x\n{CODE}\n",
    "carriage return": f"x\r{CODE}\r",
    "line separator": f"x\u2028{CODE}\u2029",
    "form feed and next line": f"x\f{CODE}\x85{CODE}",
    "trailing backslash": "x\\",
    "backslash before a quote": f'\\"\\"\\" + {CODE} + \\"',
    "name that is code": f"x); {CODE}; (y",
    "default argument": f"x={CODE}",
    "lone surrogate": f"x\ud800 {CODE}",
    "null byte and bidirectional override": f"x\0\u202e{CODE}",
    "markup": f"<script>{CODE}</script>[a](javascript:x) @everyone",
    "toml": f'x"\n[tool.hatch.build.hooks.custom]\npath = "{CODE}"\n#',
}


def _document(evil: str) -> Json:
    schema = {
        "type": "object",
        "title": evil,
        "description": evil,
        "required": [evil],
        "properties": {
            evil: {"type": "string", "description": evil, "default": evil, "enum": [evil, "b"]},
            f"{evil} 2": {"const": evil},
            "inner": {"type": "object", "description": evil, "properties": {evil: {"type": "integer", "format": evil}}},
            "kind": {
                "oneOf": [
                    {"type": "object", "required": ["t"], "properties": {"t": {"const": evil}}},
                    {"type": "object", "required": ["t"], "properties": {"t": {"const": "b"}}},
                ]
            },
        },
    }
    operation = {
        "operationId": evil,
        "summary": evil,
        "description": evil,
        "tags": [evil],
        "deprecated": True,
        "parameters": [
            {"name": evil, "in": place, "description": evil, "schema": {"type": "string", "default": evil}}
            for place in ("query", "header", "cookie")
        ],
        "requestBody": {
            "required": True,
            "description": evil,
            "content": {
                "application/json": {"schema": schema},
                "multipart/form-data": {"schema": schema, "encoding": {evil: {"contentType": evil}}},
            },
        },
        "responses": {
            "200": {
                "description": evil,
                "content": {"application/json": {"schema": {"type": "array", "items": schema}}},
            },
            "404": {"description": evil, "content": {"application/problem+json": {"schema": schema}}},
        },
        "security": [{evil: [evil]}],
        "servers": [{"url": f"https://zoo.example/{evil}"}],
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Zoo {evil}", "version": evil, "description": evil},
        "servers": [
            {"url": "https://{v}.zoo.example/" + evil, "variables": {"v": {"default": evil, "description": evil}}}
        ],
        "tags": [{"name": evil, "description": evil}],
        "paths": {"/x": {"post": operation}, f"/y/{evil}": {"get": {"responses": {"200": {"description": evil}}}}},
        "components": {
            "schemas": {evil: schema},
            "securitySchemes": {
                evil: {"type": "apiKey", "in": "header", "name": evil, "description": evil},
                "o": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": f"https://x.example/{evil}", "scopes": {evil: evil}}},
                },
            },
        },
    }


@pytest.mark.parametrize("evil", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_nothing_of_a_description_runs(
    evil: str,
    sdk: Callable[..., ModuleType],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All modules are imported and a call is made; the payload has run nowhere, and both operations are there."""
    monkeypatch.chdir(tmp_path)
    package = sdk(_document(evil), module_name="zoo", client_name="Zoo")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=[])

    client = package.Zoo(
        http_client=httpx.Client(transport=httpx.MockTransport(answer)), base_url="https://zoo.example"
    )
    calls = [method for group in _groups(client) for method in _methods(group)]
    assert len(calls) == 2
    for name in dir(package.models):
        if isinstance(model := getattr(package.models, name), type) and hasattr(model, "model_rebuild"):
            model.model_rebuild()
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("evil", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_every_file_is_what_it_says_it_is(evil: str, generate: Callable[..., Generated]) -> None:
    """Python parses, without a call of the payload's; TOML parses and has no table that we did not write."""
    generated = generate(_document(evil), module_name="zoo", client_name="Zoo")
    for path, content in generated.files.files.items():
        if path.endswith(".py"):
            names = {node.id for node in ast.walk(ast.parse(content)) if isinstance(node, ast.Name)}
            assert "__import__" not in names, path
    project = tomllib.loads(generated.files.files["sdk/python/pyproject.toml"].decode())
    assert set(project["tool"]) == {"hatch", "ruff", "mypy", "pyright"}
    assert set(project["tool"]["hatch"]["build"]) == {"targets"}
    readme = generated.files.files["sdk/python/README.md"].decode()
    assert "<script>" not in readme


def _groups(client: object) -> list[object]:
    from functools import cached_property

    names = [name for name, value in vars(type(client)).items() if isinstance(value, cached_property)]
    return [getattr(client, name) for name in names]


def _methods(group: object) -> list[str]:
    return [name for name, value in vars(type(group)).items() if callable(value) and not name.startswith("_")]
