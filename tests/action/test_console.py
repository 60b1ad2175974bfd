"""Progress: nothing for what is quick, a line for what is not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from action import console
from action.console import emit, progress

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show steps after a hundredth of the time."""
    monkeypatch.setattr(console, "PATIENCE", 0.05)


def wait(step: Callable[[str], None]) -> None:
    """Take two steps, one of them longer than people are patient."""
    step("quick")
    step("slow")
    time.sleep(0.2)


def test_a_log_gets_a_plain_line_for_what_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr, and nothing for what is quick."""
    with progress() as step:
        wait(step)
    assert ("", "specloom: slow …\n") == tuple(capsys.readouterr())


def test_a_terminal_gets_a_line_that_goes_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spinner, cleared at the end."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with progress() as step:
        wait(step)
    out, err = capsys.readouterr()
    assert ("", True) == (out, "slow …" in err and "\x1b[2K" in err)


def test_colours_are_off_where_nobody_wants_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR wins over a terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    console.console().print("text", style="red")
    assert "\x1b[31m" not in capsys.readouterr().out


def test_foreign_text_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """A title such as `[red]` is printed as it is, and one with escape sequences moves no cursor."""
    console.console().print("[red]Shop[/red] :smile: \x1b[2J\x07")
    assert "[red]Shop[/red] :smile: �[2J�\n" == capsys.readouterr().out


def test_documents_are_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    """No locale can break them, nor half a surrogate pair."""
    emit({"title": "Büro \ud800"})
    assert capsys.readouterr().out.isascii()
