"""The scenes of `make demo`, in order; every command in them is the one that people type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Final

from action.console import console
from action.demo.shop import TOKEN, Shop, serve

ROOT: Final = Path(__file__).resolve().parents[2]
EXAMPLE: Final = ROOT / "docs/example"
STAGE: Final = ROOT / ".demo"
SHOP: Final = STAGE / "bookshop"
BRANCH: Final = "specloom/update"
EDITED: Final = "sdk/python/src/bookshop/resources/books.py"

HAND_EDIT: Final = '''

def cheapest(books: list[models.Book]) -> models.Book:
    """Return the cheapest of some books. Written by hand, in a generated file."""
    return min(books, key=lambda book: book.price.amount)
'''

screen = console()


def main() -> None:
    """Play every scene; rerunning starts from an empty stage."""
    shutil.rmtree(SHOP, ignore_errors=True)
    shutil.copytree(EXAMPLE / "bookshop", SHOP)
    title("1  A team publishes an API: a repository with a description and docs")
    git("init", "--quiet", "--initial-branch", "main")
    commit("Describe the bookshop")
    specloom("read", "openapi.yaml")

    title("2  First generation: a Python SDK, on a branch to review and merge")
    specloom("init")
    commit("Configure Specloom")
    specloom("apply")
    git("merge", "--quiet", BRANCH)

    title("3  Somebody edits the generated SDK by hand, and the API changes")
    with (SHOP / EDITED).open("a") as file:
        file.write(HAND_EDIT)
    commit("Add cheapest() to the SDK, by hand")
    git("apply", str(EXAMPLE / "change.patch"))
    commit("Cancel orders; smaller pages; travel books")
    git("log", "--oneline", show=True)

    title("4  The whole pipeline: drift, regeneration, merge with the hand edit, report")
    specloom("apply")
    git("diff", "--stat", f"main...{BRANCH}", show=True)
    git("grep", "--line-number", "def cheapest", BRANCH, "--", EDITED, show=True)

    title("5  The new SDK calls a server on this machine")
    git("switch", "--quiet", BRANCH)
    call_the_sdk()
    git("switch", "--quiet", "main")

    title("Where to look")
    for what, where in (
        ("repository", SHOP),
        ("branch", f"git -C {SHOP.relative_to(ROOT)} log -p main..{BRANCH}"),
        ("report", SHOP / ".git/specloom/report.html"),
        ("SDK", SHOP / "sdk/python/README.md"),
        ("the calls", EXAMPLE / "call.py"),
    ):
        screen.print(f"  {what:<11} {where}")


def title(text: str) -> None:
    """Announce a scene."""
    screen.print(f"\n{text}", style="bold cyan")


def run(words: list[str], *, show: bool = True, environment: dict[str, str] | None = None) -> None:
    """Run a command in the shop's repository; its output is shown indented, and a failure ends the demo with it."""
    done = subprocess.run(  # noqa: S603  the demo's own commands
        words, cwd=SHOP, env={**os.environ, **(environment or {})}, check=False, text=True, capture_output=True
    )
    if show or done.returncode:
        for line in (done.stdout + (done.stderr if done.returncode else "")).rstrip().splitlines():
            screen.print(f"    {line}")
    if done.returncode:
        sys.exit(f"the demo ends here: {words[0]} ended with {done.returncode}")


def git(*words: str, show: bool = False) -> None:
    """Run git as a member of the team."""
    screen.print(f"  $ git {' '.join(word if ' ' not in word else repr(word) for word in words)}", style="green")
    run(["git", "-c", "user.name=Ada", "-c", "user.email=ada@bookshop.example", *words], show=show)


def commit(message: str) -> None:
    """Commit everything."""
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def specloom(*words: str) -> None:
    """Run Specloom."""
    screen.print(f"  $ specloom {' '.join(words)}", style="green")
    run([sys.executable, "-c", "from action.cli import main; main()", *words], environment={"PYTHONPATH": str(ROOT)})


def call_the_sdk() -> None:
    """Serve the shop, run the customer's script with the generated SDK, and show what the server saw."""
    shop = Shop()
    server = serve(shop)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    screen.print("  $ python call.py", style="green")
    run(
        [sys.executable, str(EXAMPLE / "call.py")],
        environment={
            "PYTHONPATH": str(SHOP / "sdk/python/src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "BOOKSHOP_TOKEN": TOKEN,
            "BOOKSHOP_BASE_URL": address,
            "NO_PROXY": "127.0.0.1",
        },
    )
    server.shutdown()
    server.server_close()
    screen.print("  what the server saw (it fails the first order on purpose, and the SDK tries again)")
    for seen in shop.calls:
        screen.print(f"    {seen}", style="dim")


if __name__ == "__main__":
    main()
