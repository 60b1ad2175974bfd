"""The README runs, `api.md` lists everything, and the project builds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from specloom.model.generator import Generated

Json = dict[str, Any]

PET = {
    "type": "object",
    "required": ["id", "born"],
    "properties": {"id": {"type": "string"}, "born": {"type": "string", "format": "date-time"}},
}


def _media(name: str, schema: Json) -> Json:
    return {"200": {"description": "", "content": {name: {"schema": schema}}}}


@pytest.fixture
def zoo(document: Callable[..., Json]) -> Json:
    """Return a description with one operation of each kind that the README shows."""
    ref = {"$ref": "#/components/schemas/Pet"}
    page = {
        "type": "object",
        "properties": {"data": {"type": "array", "items": ref}, "next": {"type": ["string", "null"]}},
    }
    file = {"type": "string", "format": "binary"}
    form = {
        "type": "object",
        "required": ["photo", "when"],
        "properties": {"photo": file, "when": {"type": "string", "format": "date"}},
    }
    paths = {
        "/pets": {
            "get": {
                "tags": ["pets"],
                "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],
                "responses": _media("application/json", page),
            },
            "post": {
                "tags": ["pets"],
                "requestBody": {"required": True, "content": {"application/json": {"schema": ref}}},
                "responses": _media("application/json", ref),
            },
        },
        "/pets/{id}/events": {
            "get": {"tags": ["pets"], "operationId": "watch", "responses": _media("text/event-stream", ref)}
        },
        "/pets/{id}/photo": {
            "get": {"tags": ["pets"], "operationId": "photo", "responses": _media("image/png", file)},
            "put": {
                "tags": ["pets"],
                "operationId": "upload",
                "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
                "responses": {"204": {"description": ""}},
            },
        },
    }
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "o": {
            "type": "oauth2",
            "flows": {"clientCredentials": {"tokenUrl": "https://zoo.example/token", "scopes": {}}},
        },
    }
    return document(paths, {"Pet": PET}, components={"securitySchemes": schemes}, security=[{"key": []}])


@pytest.fixture
def server() -> Iterator[str]:
    """Run a server that has a fitting answer for each operation of the zoo; return its address."""
    pet = {"id": "1", "born": "2026-01-31T12:00:00Z"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("/events"):
                self._answer(f"data: {json.dumps(pet)}\n\n".encode(), "text/event-stream")
            elif self.path.endswith("/photo"):
                self._answer(b"PNG", "image/png")
            else:
                self._answer(json.dumps({"data": [pet], "next": None}).encode(), "application/json")

        def do_POST(self) -> None:
            self._answer(json.dumps(pet).encode(), "application/json")

        do_PUT = do_POST  # noqa: N815 -- likewise

        def _answer(self, body: bytes, media_type: str) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(200)
            self.send_header("content-type", media_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_every_snippet_of_the_readme_runs(
    zoo: Json,
    server: str,
    sdk: Callable[..., ModuleType],
    generate: Callable[..., Generated],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The snippets are executed in their order against a local server."""
    monkeypatch.setenv("ZOO_BASE_URL", server)
    sdk(zoo)
    readme = generate(zoo).files.files["sdk/python/README.md"].decode()
    snippets = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(snippets) >= 9
    namespace: Json = {}
    for snippet in snippets:
        exec(compile(snippet, "README.md", "exec"), namespace)  # noqa: S102 -- that is the point
    namespace["client"].close()


def test_the_reference_lists_every_method_and_model(zoo: Json, generate: Callable[..., Generated]) -> None:
    """Each operation stands there with its verb and path, each model with its name."""
    text = generate(zoo).files.files["sdk/python/api.md"].decode()
    for request in ("GET /pets", "POST /pets", "GET /pets/{id}/events", "GET /pets/{id}/photo", "PUT /pets/{id}/photo"):
        assert f"| `{request}` |" in text
    assert "| `Pet` | `class` |" in text


def test_an_api_without_operations_has_a_readme_too(
    document: Callable[..., Json], generate: Callable[..., Generated]
) -> None:
    """Only webhooks: nothing to show, and nothing that fails."""
    readme = generate(document({})).files.files["sdk/python/README.md"].decode()
    for snippet in re.findall(r"```python\n(.*?)```", readme, re.DOTALL):
        compile(snippet, "README.md", "exec")


def test_the_wheel_holds_the_package_and_its_types(
    zoo: Json, generate: Callable[..., Generated], tmp_path: Path
) -> None:
    """Hatchling builds it, with `py.typed` and the runtime inside."""
    for path, content in generate(zoo, version="2.0.0").files.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=tmp_path / "sdk/python",
        check=True,
        capture_output=True,
    )
    wheel = tmp_path / "sdk/python/dist/zoo-2.0.0-py3-none-any.whl"
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"zoo/py.typed", "zoo/_core/model.py", "zoo/models/pet.py", "zoo/resources/pets.py"} <= names
