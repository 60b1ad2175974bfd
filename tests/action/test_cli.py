"""The command line as a whole: help, versions, and how every error ends."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from action import cli
from action.cli import load
from action.commands import ALL, Command
from specloom import __version__, readers
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pydantic", "pygit2", "rich", "specloom.readers", "generators")


def test_the_version_is_the_projects(run: Run) -> None:
    """One number, wherever it is asked for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert (0, f"specloom {project}\n", project) == ((result := run("--version")).code, result.out, __version__)


def test_the_help_lists_every_command_and_imports_none() -> None:
    """It comes at once, however much a command needs."""
    code = (
        "import sys\nfrom action.cli import main\n"
        "try:\n    main(['--help'])\n"
        f"except SystemExit:\n    print([name for name in {HEAVY} if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert "[]" == out.splitlines()[-1]
    assert all(f"  {command.name} " in out for command in ALL)


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.name)
def test_every_command_explains_itself_with_examples(run: Run, command: Command) -> None:
    """Help names what it does, and shows calls that its options accept; a group of commands shows its commands."""
    made, result = load(command.name), run(command.name, "--help")
    shown = [line.split() for line in result.out.splitlines() if line.startswith("    ") and " specloom " in f"{line} "]
    calls = [words[words.index("specloom") + 1 :] for words in shown]
    assert (0, True) == (result.code, bool(calls) or all(inner.help for inner in made.commands.values()))
    for name, *words in calls:
        assert command.name == name
        assert not made.make_context("specloom", words, resilient_parsing=True).args


def test_no_arguments_show_the_help(run: Run) -> None:
    """And count as wrong usage."""
    result = run()
    assert (2, True) == (result.code, "Commands:" in result.out + result.err)


@pytest.mark.parametrize("words", [["reed"], ["read"], ["read", "a", "--jsn"], ["diff", "a", "b", "--format", "pdf"]])
def test_wrong_usage_is_exit_code_two(run: Run, words: list[str]) -> None:
    """With a hint on stderr and nothing on stdout."""
    result = run(*words)
    assert (2, "", True) == (result.code, result.out, "Usage:" in result.err)


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (UpstreamError("Redis is away"), (75, "upstream", False)),
        (ZeroDivisionError("oops"), (70, "bug", True)),
        (KeyboardInterrupt(), (130, None, False)),
    ],
)
def test_errors_end_in_their_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, ending: tuple[int, str | None, bool]
) -> None:
    """Try again, our bug, interrupted: scripts can tell them apart, and only a bug shows a traceback."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(readers, "read", fail)
    result = run("read", ROOT / "pyproject.toml", "--json")
    kind = json.loads(result.out)["error"]["kind"] if result.out else None
    assert ending == (result.code, kind, "Traceback" in result.err)


def test_a_users_mistake_is_shown_with_its_line_and_a_caret(run: Run, tmp_path: Path) -> None:
    """People see where; programs get path and line."""
    (tmp_path / "a.yaml").write_text("openapi: 3.1.0\ninfo:\n  title: [Shop\n  version: 1\n")
    result = run("read", tmp_path / "a.yaml", "--json")
    error = result.json["error"]
    assert (1, "user", "a.yaml") == (result.code, error["kind"], error["path"])
    assert f"{error['line']} | " in result.err
    assert "^" in result.err
    assert "Traceback" not in result.err


def test_a_closed_pipe_is_no_error() -> None:
    """`specloom … | head` ends quietly."""
    code = "from action.cli import main; main(['read', 'docs/json/plan.schema.json', '--json'])"
    pipe = f'"{sys.executable}" -c "{code}" | true'
    result = subprocess.run(["bash", "-c", pipe], cwd=ROOT, check=False, capture_output=True, text=True)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("word", "expected"), [("diff", False), ("serve", True), ("--version", False)])
def test_the_cycle_collector_works_only_where_a_command_stays(
    monkeypatch: pytest.MonkeyPatch, word: str, *, expected: bool
) -> None:
    """A command that ends in seconds leaves its memory to the system; one collection costs as much as a description."""
    seen: list[bool] = []
    monkeypatch.setattr(cli, "app", lambda *_arguments, **_options: seen.append(gc.isenabled()))
    cli.main([word])
    assert ([expected], True) == (seen, gc.isenabled())
