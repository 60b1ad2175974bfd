"""A base URL as a fact: written in one way, with the environment or region that its words tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.facts.addresses import template
from specloom.facts.base_url_words import (
    ENVIRONMENTS,
    FOR_PLACE,
    OF_CALL,
    REGION,
    TOP_LEVEL,
)
from specloom.facts.evidence import Candidate

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


def _environment(near: str) -> str:
    words = re.sub(r"[./_-]", " ", near.lower())
    return next((name for name, pattern in ENVIRONMENTS if re.search(pattern, words)), "")
