"""Uploads in every shape a caller has them, and downloads."""

from __future__ import annotations

import email
import email.policy
import io
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from callers import Caller

    from scripted_server import Reply, ScriptedServer, Seen

Dog = dict[str, Any]


def parts_of(seen: Seen) -> list[tuple[str, str | None, str | None, bytes]]:
    """Return (field, file name, media type, content) of each part."""
    raw = f"Content-Type: {seen.headers['Content-Type']}\r\n\r\n".encode() + seen.body
    message = email.message_from_bytes(raw, policy=email.policy.HTTP)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


async def test_multipart(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog, tmp_path: Path) -> None:
    """Files, texts, JSON and arrays become parts, with names, media types and headers."""
    server.on("POST", "/v1/dogs/7/photo", reply(json=dog))
    path = tmp_path / "rex.png"
    path.write_bytes(b"\x89PNG\x00")
    await kennel.do(
        kennel.client().dogs.upload_photo,
        "7",
        photo=path,
        more=[b"raw", ("a.txt", io.BytesIO(b"text")), ("b", b"x", "image/webp", {"X-Part": "1"})],
        caption="Grüße",
        meta={"place": ["here"]},
        labels=["x", "y"],
    )
    assert sorted(parts_of(server.seen[0]), key=str) == sorted(
        [
            ("photo", "rex.png", "image/png", b"\x89PNG\x00"),
            ("more", "more", "application/octet-stream", b"raw"),
            ("more", "a.txt", "text/plain", b"text"),
            ("more", "b", "image/webp", b"x"),
            ("caption", None, None, "Grüße".encode()),
            ("meta", None, "application/json", b'{"place":["here"]}'),
            ("labels", None, None, b"x"),
            ("labels", None, None, b"y"),
        ],
        key=str,
    )
    assert b"X-Part: 1" in server.seen[0].body


async def test_text_files_are_refused(kennel: Caller, server: ScriptedServer) -> None:
    """A file in text mode is refused with advice, before anything is sent."""
    with pytest.raises(TypeError, match="binary mode"):
        await kennel.do(kennel.client().dogs.upload_photo, "7", photo=io.StringIO("text"))
    assert server.seen == []


async def test_downloads(kennel: Caller, server: ScriptedServer, reply: type[Reply], tmp_path: Path) -> None:
    """A download can be read, iterated and written to a file."""
    content = bytes(range(256)) * 300
    server.on("GET", "/v1/dogs/7/photo", reply(body=content, headers={"Content-Type": "image/png"}))
    fetch = kennel.client().dogs.download_photo
    photo = await kennel.do(fetch, "7")
    assert ("image/png", content) == (photo.content_type, await kennel.do(photo.read))
    chunks = await kennel.all((await kennel.do(fetch, "7")).iter_bytes(1000))
    assert (content, 1000) == (b"".join(chunks), len(chunks[0]))
    written = await kennel.do((await kennel.do(fetch, "7")).write_to_file, tmp_path / "photo.png")
    assert content == written.read_bytes()
    assert server.seen[0].headers["Accept"] == "image/png"


async def test_download_can_be_left(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """Leaving the block closes a download that was not read."""
    server.on("GET", "/v1/dogs/7/photo", reply(body=b"x" * 10_000_000))
    photo = await kennel.do(kennel.client().dogs.download_photo, "7")
    await kennel.inside(photo, lambda _: None)
    assert photo.response.is_closed


async def test_failing_download(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A missing file is a typed error with its body; one that breaks off is a connection error."""
    server.on("GET", "/v1/dogs/7/photo", reply(404, json={"title": "no photo"}))
    with pytest.raises(kennel.sdk.NotFoundError, match="no photo"):
        await kennel.do(kennel.client().dogs.download_photo, "7")
    broken = reply(headers={"Content-Length": "100"}, chunks=[b"half"], drop=True, between=0.02)
    server.on("GET", "/v1/dogs/7/photo", broken)
    photo = await kennel.do(kennel.client().dogs.download_photo, "7")
    with pytest.raises(kennel.sdk.APIConnectionError):
        await kennel.do(photo.read)
