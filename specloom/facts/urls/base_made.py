"""A base URL as a fact: written in one way, with the environment or region that its words tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.facts.evidence import Candidate
from specloom.facts.urls.addresses import template
from specloom.facts.urls.base_url_words import (
    ENVIRONMENTS,
    FOR_PLACE,
    LEFT_OPEN,
    OF_CALL,
    REGION,
    TOP_LEVEL,
)

if TYPE_CHECKING:
    from specloom.facts.evidence import Place
    from specloom.model.passage import Passage
    from specloom.model.source import Json


def candidate(url: str, passage: Passage, spot: Place, strength: float, said: str = "") -> Candidate:
    """Make the fact of `url`; `said` is the text around it that may name its environment."""
    plain = OF_CALL.sub("", template(url).rstrip(".,;:/)`"))
    value: dict[str, Json] = {"url": plain}
    at = said.find(url)
    before = re.split(r"https?://\S+", said[max(0, at - 60) : at])[-1] if at >= 0 else ""
    heading = passage.headings[-1] if passage.headings and not said else ""
    behind = FOR_PLACE.match(said, at + len(url)) if at >= 0 else None
    before = behind["of"] if behind and _environment(behind["of"]) else before
    near = f"{before} {heading} {TOP_LEVEL.sub('', plain)}".lower()
    region = REGION.search(said)
    env = _environment(near) or (region["region"].lower() if region else "")
    env = "oauth" if re.search(r"\boauth base\b", before, re.IGNORECASE) else env
    if env and env != "production":
        value["env"] = env
    return Candidate(fact_kind="base_url", value=value, places=(spot,), strength=strength)


def unfilled(found: list[Candidate]) -> list[Candidate]:
    """Leave out the one address that only fills in what another leaves open: `https://acme.quay.io` for `{name}`."""
    out = found
    for made in found:
        pattern = LEFT_OPEN.sub("OPEN", str(made.value["url"]))
        if "OPEN" not in pattern:
            continue
        filled = re.compile(re.escape(pattern).replace("OPEN", r"[\w-]+"), re.IGNORECASE)
        same = [o for o in out if o is not made and filled.fullmatch(str(o.value["url"]))]
        if len({str(o.value["url"]) for o in same}) == 1:
            out = [o for o in out if o not in same]
    return out


def _environment(near: str) -> str:
    words = re.sub(r"[./_-]", " ", near.lower())
    return next((name for name, pattern in ENVIRONMENTS if re.search(pattern, words)), "")
