"""The scenes of `make demo`, in order; every command in them is the one that people type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from action.console import console
from action.demo.shop import TOKEN, Shop, serve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

ROOT: Final = Path(__file__).resolve().parents[2]
EXAMPLE: Final = ROOT / "docs/example"
BRANCH: Final = "specloom/update"
EDITED: Final = "sdk/python/src/bookshop/resources/books.py"

ADA: Final = ("-c", "user.name=Ada", "-c", "user.email=ada@bookshop.example", "-c", "commit.gpgSign=false")
"""Who commits in the demo; nobody is asked for a key."""

HAND_EDIT: Final = '''

def cheapest(books: list[models.Book]) -> models.Book:
    """Return the cheapest of some books. Written by hand, in a generated file."""
    return min(books, key=lambda book: book.price.amount)
'''


@dataclass(frozen=True)
class Stage:
    """The repository that the demo plays in, and the screen that it is shown on."""

    shop: Path
    screen: Console

    def title(self, text: str) -> None:
        """Announce a scene."""
        self.screen.print(f"\n{text}", style="bold cyan")

    def run(self, words: list[str], *, show: bool = True, environment: Mapping[str, str] | None = None) -> None:
        """Run a command in the repository and show what it prints; a failure ends the demo."""
        done = subprocess.run(  # noqa: S603  the demo's own commands
            words, cwd=self.shop, env={**os.environ, **(environment or {})}, check=False, text=True, capture_output=True
        )
        if show or done.returncode:
            for line in (done.stdout + (done.stderr if done.returncode else "")).rstrip().splitlines():
                self.screen.print(f"    {line}")
        if done.returncode:
            sys.exit(f"the demo ends here: {words[0]} ended with {done.returncode}")

    def git(self, *words: str, show: bool = False) -> None:
        """Run git as a member of the team."""
        self.screen.print(f"  $ git {' '.join(repr(word) if ' ' in word else word for word in words)}", style="green")
        self.run(["git", *ADA, *words], show=show)

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def specloom(self, *words: str) -> None:
        """Run Specloom."""
        self.screen.print(f"  $ specloom {' '.join(words)}", style="green")
        code = "from action.cli import main; main()"
        self.run([sys.executable, "-c", code, *words], environment={"PYTHONPATH": str(ROOT)})


def main(folder: Path = ROOT / ".demo") -> None:
    """Play every scene in `folder`; playing again starts from an empty stage."""
    stage = Stage(folder.resolve() / "bookshop", console())
    shutil.rmtree(stage.shop, ignore_errors=True)
    shutil.copytree(EXAMPLE / "bookshop", stage.shop)

    stage.title("1  A team publishes an API: a repository with a description and docs")
    stage.git("init", "--quiet", "--initial-branch", "main")
    stage.commit("Describe the bookshop")
    stage.specloom("read", "openapi.yaml")

    stage.title("2  First generation: a Python SDK, on a branch to review and merge")
    stage.specloom("init")
    stage.commit("Configure Specloom")
    stage.specloom("apply")
    stage.git("merge", "--quiet", BRANCH)

    stage.title("3  Somebody edits the generated SDK by hand, and the API changes")
    with (stage.shop / EDITED).open("a") as file:
        file.write(HAND_EDIT)
    stage.commit("Add cheapest() to the SDK, by hand")
    stage.git("apply", str(EXAMPLE / "change.patch"))
    stage.commit("Cancel orders; smaller pages; travel books")

    stage.title("4  The whole pipeline: drift, regeneration, merge with the hand edit, report")
    stage.specloom("apply")
    stage.git("diff", "--stat", f"main...{BRANCH}", show=True)
    stage.git("grep", "--line-number", "def cheapest", BRANCH, "--", EDITED, show=True)

    stage.title("5  The new SDK calls a server on this machine")
    stage.git("switch", "--quiet", BRANCH)
    call_the_sdk(stage)
    stage.git("switch", "--quiet", "main")
    say_where_to_look(stage)


def call_the_sdk(stage: Stage) -> None:
    """Serve the shop, run the customer's script with the generated SDK, and show what the server saw."""
    shop = Shop()
    server = serve(shop)
    Thread(target=server.serve_forever, daemon=True).start()
    stage.screen.print("  $ python call.py", style="green")
    environment = {
        "PYTHONPATH": str(stage.shop / "sdk/python/src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "BOOKSHOP_TOKEN": TOKEN,
        "BOOKSHOP_BASE_URL": f"http://127.0.0.1:{server.server_address[1]}/v1",
        "NO_PROXY": "127.0.0.1",
    }
    stage.run([sys.executable, str(EXAMPLE / "call.py")], environment=environment)
    server.shutdown()
    server.server_close()
    stage.screen.print("  what the server saw (it fails the first order on purpose, and the SDK tries again)")
    for seen in shop.calls:
        stage.screen.print(f"    {seen}", style="dim")


def say_where_to_look(stage: Stage) -> None:
    """Name what the demo leaves behind."""
    stage.title("Where to look")
    for what, where in (
        ("repository", stage.shop),
        ("branch", f"git -C {stage.shop} log -p main..{BRANCH}"),
        ("report", stage.shop / ".git/specloom/report.html"),
        ("SDK", stage.shop / "sdk/python/README.md"),
        ("the calls", EXAMPLE / "call.py"),
    ):
        stage.screen.print(f"  {what:<11} {where}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
