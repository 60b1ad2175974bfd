"""Settings from the environment, and the `.env` that registration writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from app.manifest import EVENTS, PERMISSIONS, environment, manifest, registration_page, write_private
from app.settings import Settings, load
from specloom.adapters.github.client import Addresses

if TYPE_CHECKING:
    from pathlib import Path

PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\n"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in an empty folder, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in ("SPECLOOM_APP_ID", "SPECLOOM_PRIVATE_KEY", "SPECLOOM_WEBHOOK_SECRET", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("expected", "api"),
    [
        (("https://api.github.com/graphql", "https://github.com"), "https://api.github.com"),
        (("https://ghe.corp.test/api/graphql", "https://ghe.corp.test"), "https://ghe.corp.test/api/v3/"),
        (("https://api.acme.ghe.com/graphql", "https://acme.ghe.com"), "https://api.acme.ghe.com"),
        (("http://127.0.0.1:9/api/graphql", "http://127.0.0.1:9"), "http://127.0.0.1:9/api/v3"),
    ],
)
def test_addresses(expected: tuple[str, str], api: str) -> None:
    """The other addresses of a GitHub follow from that of its REST API."""
    found = Addresses.of(api)
    assert expected == (found.graphql, found.git)


@pytest.mark.parametrize("form", ["text", "escaped", "file"])
def test_private_key(form: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A key may be given as text, as text with escaped line breaks, or as a file."""
    (tmp_path / "key.pem").write_text(PEM)
    values = {"text": PEM, "escaped": PEM.replace("\n", "\\n"), "file": str(tmp_path / "key.pem")}
    monkeypatch.setenv("SPECLOOM_PRIVATE_KEY", values[form])
    key = Settings().private_key
    assert key is not None
    assert PEM == key.get_secret_value()


def test_wrong_private_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something that is neither is refused at once."""
    monkeypatch.setenv("SPECLOOM_PRIVATE_KEY", "MIIE")
    with pytest.raises(ValidationError, match="neither a key in PEM format nor a file"):
        Settings()


def test_registration_ends_with_a_usable_env(tmp_path: Path) -> None:
    """What registration writes is read back as complete settings, and by nobody else."""
    assert not Settings().is_registered
    answer = {"id": 7, "pem": PEM, "webhook_secret": "s3cret-'quoted'", "client_id": "x"}
    write_private(tmp_path / ".specloom" / ".env", environment(answer, public_url="https://bot.test"))
    settings = load()
    assert settings.is_registered
    assert (PEM.strip(), "https://bot.test") == (
        settings.private_key.get_secret_value().strip() if settings.private_key else "",
        settings.public_url,
    )
    assert 0o600 == (tmp_path / ".specloom" / ".env").stat().st_mode & 0o777
    with pytest.raises(FileExistsError):
        write_private(tmp_path / ".specloom" / ".env", "")


def test_manifest_asks_for_no_more_than_it_needs() -> None:
    """The manifest asks for the permissions and events that the code uses, and cannot break out of its form."""
    from app.events import ROUTES

    asked = manifest(public_url="https://bot.test/")
    unasked = {"installation", "installation_repositories"}  # GitHub sends these to every App
    assert set(ROUTES) - unasked == set(EVENTS)
    assert "workflows" not in PERMISSIONS
    assert "https://bot.test/webhook" == asked["hook_attributes"]["url"]
    page = registration_page(git_url='https://x.test/"><script>', public_url="https://bot.test", state='"><b>')
    assert "<script>" not in page
    assert "<b>" not in page


def test_empty_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing, as compose files do, is not set."""
    monkeypatch.setenv("SPECLOOM_APP_ID", "")
    assert Settings().app_id is None
