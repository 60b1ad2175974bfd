"""Generated code rests on the docs where the description says nothing, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Run = Callable[..., Any]
    Clone = Any

SPEC = "sdk/python/src/shop/_spec.py"
DESCRIPTION = b"""openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    get: {responses: {'200': {description: ok}}}
"""
GUIDE = b"""# Guide

The base URL of the API is `https://api.shop.example/v1`.

## Authentication

Authenticate every request with your API key as a bearer token in the `Authorization` header:

    curl -H "Authorization: Bearer YOUR_API_KEY" https://api.shop.example/v1/orders
"""


def test_a_fact_in_generated_code_is_cited_there(run: Run, clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the description says it itself."""
    monkeypatch.chdir(clone.folder)
    clone.commit({"openapi.yaml": DESCRIPTION, "docs/guide.md": GUIDE})
    assert 0 == run("apply").code
    written = clone.git("show", f"specloom/update:{SPEC}")
    assert 'base_url="https://api.shop.example/v1"' in written
    assert "# base url by docs/guide.md (" in written
    assert "Bearer(env=" in written
    assert "# auth by docs/guide.md (" in written
    declared = DESCRIPTION.replace(b"paths:", b"servers: [{url: https://eu.shop.example}]\npaths:")
    clone.commit({"openapi.yaml": declared})
    assert 0 == run("apply").code
    written = clone.git("show", f"specloom/update:{SPEC}")
    assert ('base_url="https://eu.shop.example"' in written, "# base url" in written) == (True, False)


def test_a_rejected_fact_is_in_no_code(run: Run, clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the config remembers it."""
    monkeypatch.chdir(clone.folder)
    clone.commit({"openapi.yaml": DESCRIPTION, "docs/guide.md": GUIDE})
    facts = {item["fact_kind"]: item["id"] for item in run("plan", "--json").json["inferences"]}
    clone.commit({".github/specloom.yml": f'facts: {{reject: ["{facts["auth"]}"]}}\n'.encode()})
    assert 0 == run("apply").code
    written = clone.git("show", f"specloom/update:{SPEC}")
    assert ("base_url=" in written, "Bearer" in written) == (True, False)
