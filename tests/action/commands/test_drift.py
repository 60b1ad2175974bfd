"""`specloom drift`: a real server is called, a recording is read; both end in the report of `specloom diff`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from scripted_server import Reply, ScriptedServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., Any]

SCHEMAS = Path(__file__).resolve().parents[3] / "docs/json"
PET = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}, "required": ["id"]}
ONE = {"200": {"description": "", "content": {"application/json": {"schema": PET}}}}
IDS = [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}]
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://pets.example/v1"}],
    "paths": {
        "/pets/{id}": {
            "get": {"parameters": IDS, "responses": ONE, "security": [{"token": []}]},
            "delete": {"parameters": IDS, "responses": {"204": {"description": ""}}},
        },
        "/pets": {"get": {"responses": {"200": {"description": ""}}}},
    },
    "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Return a description."""
    path = tmp_path / "api.json"
    path.write_text(json.dumps(DOCUMENT, indent=1))
    return path


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """Serve one pet whose ID became a text, and a list that nobody described."""
    running = ScriptedServer()
    running.start()
    running.on("GET", "/v1/pets/7", Reply(json={"id": "seven", "born": 2020}))
    running.on("GET", "/v1/pets", Reply(body=b""))
    yield running
    running.stop()


def test_a_live_api(run: Run, spec: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only reading calls are made, with the secret of the environment; the document is what its schema promises."""
    monkeypatch.setenv("PETS_TOKEN", "t0p-s3cret")
    words = ("--param", "id=7", "--auth", "token=PETS_TOKEN", "--json", "--fail-on", "breaking")
    result = run("drift", "live", spec, f"{server.url}/v1/", *words)
    Draft202012Validator(json.loads((SCHEMAS / "drift.schema.json").read_text())).validate(result.json)
    assert [
        ("live-response-type-wrong", "breaking", "/id", "string of 5 characters"),
        ("live-response-property-undocumented", "safe", "/born", "integer"),
    ] == [
        (change["rule"], change["severity"], change["evidence"]["pointer"], change["evidence"]["value"])
        for change in result.json["changes"]
    ]
    assert ["not called: DELETE may change something; --include-writes calls it all the same"] == [
        item["reason"] for item in result.json["not_evaluated"]
    ]
    assert (1, 2, 2) == (result.code, result.json["exchanges"], result.json["operations"])
    assert {("GET", "Bearer t0p-s3cret"), ("GET", None)} == {
        (seen.method, seen.headers.get("Authorization")) for seen in server.seen
    }
    assert "t0p-s3cret" not in result.out + result.err


def test_what_is_not_called_is_listed(run: Run, spec: Path, server: ScriptedServer) -> None:
    """Without a value for the parameter, and for people to read."""
    result = run("drift", "live", spec, f"{server.url}/v1")
    assert (0, True) == (result.code, "GET /pets/{id}: not called: nobody gave a value for path id" in result.out)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("nonsense",), "is no address"),
        (("ftp://a.example",), "is no address"),
        (("https://me:pw@a.example",), "holds a name or a password"),
        (("https://a.example/?x=1",), "ends with a query"),
        (("https://a.example", "--param", "id"), "write --param NAME=VALUE"),
        (("https://a.example", "--auth", "token=abc def"), "names no environment variable"),
        (("https://a.example", "--auth", "token=NOT_SET_ANYWHERE"), "the environment has no NOT_SET_ANYWHERE"),
        (("https://a.example", "--auth", "other=HOME"), "no security scheme other; it has token"),
    ],
)
def test_mistakes_are_told_before_anything_is_called(run: Run, spec: Path, words: tuple[str, ...], why: str) -> None:
    """And never repeat what may be a secret."""
    result = run("drift", "live", spec, *words)
    assert (1, True, False) == (result.code, why in result.err, "pw" in result.err)


def test_nobody_answers(run: Run, spec: Path) -> None:
    """Something to try again, not a finding."""
    assert 75 == run("drift", "live", spec, "http://127.0.0.1:9").code


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Return a HAR file with a call of the API and one of somebody else."""
    answer = {"status": 200, "headers": [], "content": {"mimeType": "application/json", "text": '{"name": null}'}}
    entries = [
        {"request": {"method": "GET", "url": url, "headers": []}, "response": answer}
        for url in ("https://pets.example/v1/pets/7", "https://ads.example/pets/7")
    ]
    path = tmp_path / "traffic.har"
    path.write_text(json.dumps({"log": {"entries": entries}}))
    return path


@pytest.mark.parametrize(
    ("form", "words"),
    [("text", "seen in exchange 1"), ("markdown", "seen in exchange 1"), ("html", "seen in exchange 1")],
)
def test_a_recording(run: Run, spec: Path, recording: Path, form: str, words: str) -> None:
    """Every format tells where it was seen."""
    result = run("drift", "har", spec, recording, "--format", form)
    assert (0, True) == (result.code, words in result.out)


def test_a_recording_made_elsewhere(run: Run, spec: Path, recording: Path) -> None:
    """`--server` says where the API answered."""
    document = run("drift", "har", spec, recording, "--server", "https://ads.example", "--json").json
    assert (1, 2) == (document["exchanges"], len(document["changes"]))


def test_a_recording_that_is_none(run: Run, spec: Path) -> None:
    """A description is no recording."""
    result = run("drift", "har", spec, spec, "--json")
    assert (1, "user") == (result.code, result.json["error"]["kind"])
