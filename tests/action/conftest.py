"""The command line, called as a shell calls it but inside this process, and small descriptions to give it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from action.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  any document
        """The one document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs `specloom` with words."""

    def call(*words: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["specloom", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return Result(int(caught.value.code or 0), out, err)

    return call


@pytest.fixture(scope="session")
def describe() -> Callable[..., bytes]:
    """Return a function that writes a description with a GET operation for every path."""

    def write(*paths: str, version: str = "1.0.0", note: str = "Find them.") -> bytes:
        operation = {"summary": note, "responses": {"200": {"description": "ok"}}}
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": version},
            "servers": [{"url": "https://shop.example"}],
            "paths": {f"/{path}": {"get": operation} for path in paths},
        }
        return json.dumps(document, indent=1).encode()

    return write
