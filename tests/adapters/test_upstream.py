"""Descriptions from elsewhere, from a real web server: what is taken, what is refused, and how often it is sent."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import aiohttp
import pytest

from elsewhere import Elsewhere
from specloom.adapters import upstream
from specloom.adapters.upstream import Kept, Shelf, Upstream, is_public
from specloom.errors import UpstreamError, UserError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PRIVATE = [
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "0.0.0.0",  # noqa: S104  # an address to refuse
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
]
PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    """Run a web server on this machine."""
    async with Elsewhere(content=b"openapi: 3.1.0\n") as running:
        yield running


@pytest.fixture
def trusting(elsewhere: Elsewhere, tmp_path: Path) -> Upstream:
    """Return what fetches from there as an administrator has allowed."""
    return Upstream(Shelf(tmp_path), trusted=frozenset({elsewhere.host}))


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    """Addresses of private networks are told, wrapped ones too."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    """Addresses of the internet are told."""
    assert is_public(address)


async def test_what_has_not_changed_is_not_sent_again(elsewhere: Elsewhere, trusting: Upstream) -> None:
    """The second request is conditional; the answer is the same, also by somebody who starts anew."""
    first = await trusting.fetch(elsewhere.url)
    assert (first, first) == (b"openapi: 3.1.0\n", await trusting.fetch(elsewhere.url))
    elsewhere.content = b"openapi: 3.2.0\n"
    assert b"openapi: 3.2.0\n" == await trusting.fetch(elsewhere.url)
    assert [200, 304, 200] == elsewhere.answered


def test_a_damaged_shelf_is_an_empty_one(tmp_path: Path) -> None:
    """A copy that a full disk cut off is not taken for the description."""
    shelf, kept = Shelf(tmp_path), Kept(etag='"1"', body=b"openapi: 3.1.0\n")
    shelf.put("https://shop.example", kept)
    assert kept == shelf.take("https://shop.example")
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    assert Kept() == shelf.take("https://shop.example")


async def test_packed(elsewhere: Elsewhere, trusting: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed body is unpacked, and one that unpacks to too much is refused."""
    elsewhere.packed = True
    assert b"openapi: 3.1.0\n" == await trusting.fetch(elsewhere.url)
    monkeypatch.setattr(upstream, "LARGEST", 10_000)
    elsewhere.content = b" " * 10_001
    with pytest.raises(UserError, match="has more than"):
        await trusting.fetch(elsewhere.url)


async def test_too_large(elsewhere: Elsewhere, trusting: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more is read than is allowed."""
    monkeypatch.setattr(upstream, "LARGEST", 10)
    with pytest.raises(UserError, match="has more than"):
        await trusting.fetch(elsewhere.url)


async def test_too_slow(elsewhere: Elsewhere, trusting: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says nothing is left, and tried another time."""
    monkeypatch.setattr(upstream, "TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    elsewhere.stalls = True
    with pytest.raises(UpstreamError, match="cannot be fetched: TimeoutError"):
        await trusting.fetch(elsewhere.url)


@pytest.mark.parametrize(
    ("status", "error"), [(404, UserError), (403, UserError), (500, UpstreamError), (429, UpstreamError)]
)
async def test_statuses(elsewhere: Elsewhere, trusting: Upstream, status: int, error: type[Exception]) -> None:
    """What will never be there is the config's mistake, what may come back is not."""
    elsewhere.status = status
    with pytest.raises(error, match=f"answers {status}"):
        await trusting.fetch(elsewhere.url)


async def test_redirects_are_followed_within_reason(elsewhere: Elsewhere, trusting: Upstream) -> None:
    """A circle ends."""
    elsewhere.status, elsewhere.headers = 302, {"Location": "/again"}
    with pytest.raises(UserError, match="redirects more than 5 times"):
        await trusting.fetch(elsewhere.url)
    assert 6 == len(elsewhere.asked)


@pytest.mark.parametrize(
    "target", ["https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/latest", "file:///x"]
)
async def test_redirects_are_looked_at_like_the_first(elsewhere: Elsewhere, trusting: Upstream, target: str) -> None:
    """A public address must not lead inside."""
    elsewhere.status, elsewhere.headers = 302, {"Location": target}
    with pytest.raises(UserError, match=r"private network|not an https address"):
        await trusting.fetch(elsewhere.url)
    assert 1 == len(elsewhere.asked)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "example.com:99999", "[::1"])
async def test_names_of_private_addresses(tmp_path: Path, host: str) -> None:
    """However an address is written, what it stands for counts."""
    with pytest.raises(UserError, match=r"private network|address that is none"):
        await Upstream(Shelf(tmp_path)).fetch(f"https://{host}/openapi.yaml")


async def test_a_name_with_one_private_address_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an answer would be enough for an attack."""
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_args, **_more: [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")
        ],
    )
    with pytest.raises(UserError, match="private network"):
        await Upstream(Shelf(tmp_path)).fetch("https://example.com/openapi.yaml")


async def test_plain_http_is_for_trusted_hosts(tmp_path: Path) -> None:
    """Nobody on the way may change a description."""
    with pytest.raises(UserError, match="not an https address"):
        await Upstream(Shelf(tmp_path)).fetch("http://example.com/openapi.yaml")


async def test_no_such_name(tmp_path: Path) -> None:
    """A name that stands for nothing may do so later."""
    with pytest.raises(UpstreamError, match="cannot be fetched"):
        await Upstream(Shelf(tmp_path)).fetch("https://name.invalid/openapi.yaml")
