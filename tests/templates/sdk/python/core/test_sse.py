"""Streams mean the same however they are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _core.sse import EventDecoder, LineDecoder, RecordDecoder, ServerSentEvent
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable

LINES = st.lists(st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), max_size=8))
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def fed(decoder: EventDecoder | RecordDecoder, chunks: Iterable[bytes]) -> list[ServerSentEvent]:
    """Feed chunks and return all events."""
    found = [event for chunk in chunks for event in decoder.feed(chunk)]
    return [*found, *decoder.feed(b"", final=True)]


def cut(raw: bytes, places: list[int]) -> list[bytes]:
    """Cut `raw` at `places`."""
    edges = [0, *sorted(place % (len(raw) + 1) for place in places), len(raw)]
    return [raw[start:end] for start, end in zip(edges, edges[1:], strict=False)]


@given(LINES, st.data(), st.lists(st.integers(0, 500), max_size=20))
def test_lines_survive_any_cut(lines: list[str], data: st.DataObject, places: list[int]) -> None:
    """Lines come out as they went in, whatever ends them and wherever the stream is cut, inside characters too."""
    raw = "".join(line + data.draw(ENDS) for line in lines).encode()
    whole, pieces = LineDecoder(), LineDecoder()
    expected = [*whole.feed(raw), *whole.feed(b"", final=True)]
    found = [line for chunk in cut(raw, places) for line in pieces.feed(chunk)]
    assert expected == [*found, *pieces.feed(b"", final=True)]
    assert "".join(lines) == "".join(expected)


@given(st.text(max_size=40), st.lists(st.integers(0, 500), max_size=20))
def test_events_survive_any_cut(text: str, places: list[int]) -> None:
    """The same bytes give the same events, however they arrive."""
    raw = f"data: a\n\n{text}\n\ndata: z\r\n\r\n".encode(errors="replace")
    assert fed(EventDecoder(), [raw]) == fed(EventDecoder(), cut(raw, places))
    assert fed(EventDecoder(), [raw]) == fed(EventDecoder(), [bytes([byte]) for byte in raw])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("data: YHOO\ndata: +2\ndata: 10\n\n", [ServerSentEvent("YHOO\n+2\n10")]),
        (": comment\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n",
         [ServerSentEvent("first", id="1"), ServerSentEvent("second"), ServerSentEvent(" third")]),
        ("data\n\ndata\ndata\n\ndata:", [ServerSentEvent(""), ServerSentEvent("\n"), ServerSentEvent("")]),
        ("\ufeffdata: x\n\n", [ServerSentEvent("x")]),
        ("event: ping\nretry: 10\ndata: {}\n\n", [ServerSentEvent("{}", "ping", "", 10)]),
        ("retry: soon\nid: a\0b\nother: x\ndata: y\n\n", [ServerSentEvent("y")]),
        ("id: 5\n\ndata: keeps the id\n\n", [ServerSentEvent("keeps the id", id="5")]),
        ("data: unfinished", [ServerSentEvent("unfinished")]),
        ("", []),
    ],
)  # fmt: skip
def test_events(raw: str, expected: list[ServerSentEvent]) -> None:
    """The examples of the standard (WHATWG HTML, "Parsing an event stream") and its corners."""
    assert expected == fed(EventDecoder(), [raw.encode()])


def test_records() -> None:
    """JSON Lines and RFC 7464 sequences give one record for each line."""
    raw = b'\x1e{"a": 1}\n\n {"b": "\xe2\x80\xa8"}\r\n3'
    assert ['{"a": 1}', '{"b": "\u2028"}', "3"] == [one.data for one in fed(RecordDecoder(), [raw])]
