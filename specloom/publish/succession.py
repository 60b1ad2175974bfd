"""Pull requests and branches of ours that have had their day: closed with a word about the successor, and removed.

A branch on which people have committed is theirs, and so is its pull request: neither is touched.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from specloom.adapters.github.repository import NOTHING, LeaseLost, RefMove
from specloom.publish.commit import is_ours
from specloom.publish.pull import PLAN
from specloom.publish.texts import read_marker

if TYPE_CHECKING:
    from specloom.adapters.github.shapes import Pull
    from specloom.adapters.mirror import Mirror
    from specloom.publish.apply import Voice
    from specloom.publish.bench import Bench

DEFAULT: Final = "default"


async def retire(bench: Bench, successor: Pull, *, node_id: str, default: str) -> None:
    """Close our other open pull requests: `successor` has all that they have, and follows the description further."""
    voice = bench.voice()
    for pull in await voice.api.pulls(state="open", base=default):
        if pull["number"] == successor["number"] or not is_proposal(voice, pull):
            continue
        if await _is_all_ours(bench, pull, default=default):
            reason = f"#{successor['number']} has all that is here, and stays up to date."
            await voice.api.create_comment(pull["number"], reason)
            await voice.api.update_pull(pull["number"], {"state": "closed"})
            await remove(voice, node_id, pull["head"]["ref"], pull["head"]["sha"])


async def clean_up(bench: Bench, number: int) -> None:
    """Remove the branch of a closed pull request of ours, if it still stands where that ended."""
    voice = bench.voice()
    pull = await voice.api.pull(number)
    if pull["state"] != "closed" or not is_proposal(voice, pull):
        return
    info = await voice.api.info()
    if pull["merged_at"] or await _is_all_ours(bench, pull, default=info["default_branch"]):
        await remove(voice, info["node_id"], pull["head"]["ref"], pull["head"]["sha"])


def is_proposal(voice: Voice, pull: Pull) -> bool:
    """Say whether we opened a pull request, from a branch of this repository: others can write our markers."""
    home = pull["head"]["repo"]
    here = home is not None and home["full_name"] == voice.api.full_name
    return here and pull["user"]["login"] == voice.login and read_marker(PLAN, pull["body"]) is not None


async def remove(voice: Voice, node_id: str, branch: str, commit: str) -> None:
    """Delete a branch where it still points at `commit`; whoever moved it meanwhile keeps it."""
    name = f"refs/heads/{branch}"
    if await voice.api.ref(name) == commit:
        with suppress(LeaseLost):
            await voice.api.move_refs(node_id, [RefMove(name, commit, NOTHING)])


async def _is_all_ours(bench: Bench, pull: Pull, *, default: str) -> bool:
    ref, base = f"refs/heads/{pull['head']['ref']}", f"refs/heads/{default}"
    mirror, heads = await bench.fetch({ref: "retired", base: DEFAULT})
    head, trunk = heads[ref], heads[base]
    return head == pull["head"]["sha"] and trunk is not None and _made_by_us(mirror, head, trunk)


def _made_by_us(mirror: Mirror, head: str, trunk: str) -> bool:
    return all(is_ours(commit.message, str(commit.tree_id)) for commit in mirror.commits(head, trunk))
