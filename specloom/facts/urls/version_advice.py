"""What is said of versions in general, by docs that give advice on anybody's API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.facts.urls.version_words import ADVICE, CHOICE, COMMON_WAYS, HEADING

if TYPE_CHECKING:
    from specloom.model.passage import Passage


def general(passage: Passage) -> bool:
    """Tell what is said of APIs in general: a page that says it is about nobody's."""
    return bool(COMMON_WAYS.search(passage.text) and HEADING.search(" ".join([*passage.headings, passage.text])))


def advice(passage: Passage) -> bool:
    """Tell what weighs ways to version against each other, or is under a heading that promises advice."""
    weighed = any(CHOICE.fullmatch(name) for name in passage.header[:1])
    return weighed or bool(passage.headings and ADVICE.search(passage.headings[0]))
