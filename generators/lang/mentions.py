"""Mentions of a group in the names of its members, which then say it twice."""

from __future__ import annotations

from generators.lang.words import singular

Words = tuple[str, ...]


def unmentioned(found: Words, group: Words) -> Words:
    """Take the first mention of the group, in singular or plural, and however it is run together, out of a name."""
    start, end = _mention(found, group)
    return found[:start] + found[end:]


def unmentioned_twice(found: Words, group: Words) -> Words:
    """Take the group out of a name; once more where its first mention only says whose name it is, in front."""
    start, end = _mention(found, group)
    short = found[:start] + found[end:]
    return (unmentioned(short, group) or short) if start == 0 else short


def _mention(found: Words, group: Words) -> tuple[int, int]:
    if group:
        wanted = "".join((*group[:-1], singular(group[-1])))
        for start in range(len(found)):
            for end in range(len(found), start, -1):
                if "".join((*found[start : end - 1], singular(found[end - 1]))) == wanted:
                    return start, end
    return 0, 0
