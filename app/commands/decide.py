"""What `accept` and `reject` share: which fact is meant, and the verdict kept in the config file."""

from __future__ import annotations

from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Final

from app.commands.command import Refused
from app.commands.remember import Edit, reason_of, remember
from app.verdict import OPPOSITE, with_verdict
from generators import ALL as GENERATORS
from specloom.adapters.git import History
from specloom.config import PATH
from specloom.pipeline import branch_name
from specloom.publish.bench import config_of
from specloom.publish.review_pull import plan_of
from specloom.publish.update import update
from specloom.report.escape import code, inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.commands.command import Call
    from app.verdict import Verdict
    from specloom.adapters.github.shapes import Pull
    from specloom.config import Config

MOST_LISTED: Final = 5
NEAR: Final = 0.6
"""How alike two IDs are, from 0 to 1, when one may be the other with a slip or two."""

DONE: Final[dict[Verdict, str]] = {"accept": "accepted", "reject": "rejected"}


async def decide(call: Call, verdict: Verdict) -> str:
    """Keep a verdict on the fact that the first argument names, and return the answer.

    Raises Refused where it names none or several, and where the config cannot be written.
    """
    if not call.arguments or not call.arguments[0].strip():
        raise Refused("Which one? Every fact in the report has an ID of eight hex digits.")
    pull = await call.desk.api.pull(call.pull)
    config = await _config(call, pull)
    known = dict.fromkeys(config.accepted_facts, f"{DONE['accept']} before")
    known |= dict.fromkeys(config.rejected_facts, f"{DONE['reject']} before")
    known |= {item.id: item.fact_kind for item in (await plan_of(call.desk, pull)).inferences}
    identity = find_fact(call.arguments[0], known)
    if stands(config, identity, verdict):
        await _follow(call, pull, config)
        return f"{code(identity)} is {DONE[verdict]} already; it stands in `{PATH}` on this branch."
    reason = reason_of(call, DONE[verdict])
    edit = Edit(
        entry=f'facts:\n  {verdict}: ["{identity}"]  # and not under {OPPOSITE[verdict]}',
        message=f"{verdict.capitalize()} the fact {identity}\n\n{reason}",
        apply=partial(with_verdict, identity=identity, verdict=verdict, generators=GENERATORS),
    )
    await remember(call, pull, edit)
    await _follow(call, pull, config)
    return f"{DONE[verdict].capitalize()} {code(identity)}: {inline(reason)}. It stands in `{PATH}` on this branch."


async def _follow(call: Call, pull: Pull, config: Config) -> None:
    """Bring a pull request of ours up to date: what is generated there rests on facts, and nothing else would."""
    if pull["user"]["login"] != call.desk.office.login:
        return
    for targets in (None, *(frozenset({generator.target}) for generator in GENERATORS)):
        if pull["head"]["ref"] == branch_name(config.branch, targets):
            await update(call.desk, targets=targets)


def find_fact(typed: str, known: Mapping[str, str]) -> str:
    """Return the one ID that begins with what was typed; `known` maps IDs to words about them.

    Raises Refused where there is none, or several, and names those that may be meant.
    """
    wanted = typed.strip().lower()
    found = sorted(identity for identity in known if identity.startswith(wanted))
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"Several facts have IDs that begin with {code(wanted)}; write more of one:{_list(found, known)}")
    close = get_close_matches(wanted[:16], sorted(known), n=MOST_LISTED, cutoff=NEAR)
    if close:
        raise Refused(f"No fact in this pull request has the ID {code(wanted)}. Did you mean:{_list(close, known)}")
    if known:
        raise Refused(
            f"No fact in this pull request has the ID {code(wanted)}. There are:{_list(sorted(known), known)}"
        )
    raise Refused(f"No fact in this pull request has the ID {code(wanted)}; none was found in its documentation.")


def stands(config: Config, identity: str, verdict: Verdict) -> bool:
    """Tell whether the config says so already, and does not say the opposite as well."""
    lists = {"accept": config.accepted_facts, "reject": config.rejected_facts}
    return identity in lists[verdict] and identity not in lists[OPPOSITE[verdict]]


async def _config(call: Call, pull: Pull) -> Config:
    ref = f"refs/pull/{pull['number']}/head"
    mirror, heads = await call.desk.fetch({ref: "head"})
    head = heads[ref]
    if head is None:
        raise Refused("The head of this pull request is gone; push it again.")
    return config_of(History(mirror.repository).tree(head), GENERATORS)


def _list(identities: Iterable[str], known: Mapping[str, str]) -> str:
    shown = list(identities)
    lines = [f"- {code(identity)} {inline(known[identity].replace('_', ' '))}" for identity in shown[:MOST_LISTED]]
    lines += [f"- and {len(shown) - MOST_LISTED} more"] if len(shown) > MOST_LISTED else []
    return "\n\n" + "\n".join(lines)
