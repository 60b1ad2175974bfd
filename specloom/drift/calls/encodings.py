"""How the parts of a form are written: as their encodings say, and where those are silent, as the standard does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.drift.calls.media import textual
from specloom.drift.calls.parameters import compound
from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import BOTH, Direction, Effect
from specloom.drift.spans import said

if TYPE_CHECKING:
    from specloom.drift.relation.parts import Names
    from specloom.model.api import Encoding, Header, MediaType
    from specloom.model.schema import Schema
    from specloom.model.source import Span

FORM: Final = "application/x-www-form-urlencoded"
_PLAIN: Final = frozenset({"string", "integer", "number", "boolean"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How one part is written; what is None is left to each client. Only a `parted` value is joined in some style."""

    parted: bool
    contents: frozenset[str] | None
    style: str | None
    explode: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where a part stands, and which way it travels."""

    place: str
    direction: Direction
    parents: tuple[Span, Span]


def encodings(old: MediaType, new: MediaType, desk: Desk, where: tuple[str, Direction]) -> None:
    """Report the parts that are written differently; encodings mean nothing but in forms."""
    media = old.media_type.partition(";")[0].strip().lower()
    if media != FORM and not media.startswith("multipart/"):
        return
    for name in dict.fromkeys((*old.encodings, *new.encodings)):
        spans = (old.span.member("encoding", name), new.span.member("encoding", name))
        part = Part(place=f"{where[0]} {old.media_type} · part {name}", direction=where[1], parents=spans)
        _part_headers(old.encodings.get(name), new.encodings.get(name), desk, part)
        before = _writing(old, name, desk.graph.base, form=media == FORM)
        after = _writing(new, name, desk.graph.head, form=media == FORM)
        effect = _effect(before, after)
        if effect is not Effect.NONE:
            desk.report(_rewritten(name, effect, part))


def _rewritten(name: str, effect: Effect, part: Part) -> Seen:
    open_ = Effect.UNKNOWN in effect
    return Seen(
        what="encoding-changed",
        base=part.parents[0],
        head=part.parents[1],
        effect=effect,
        direction=part.direction,
        place=part.place,
        values={"name": name},
        undecided="without an encoding, how a part is written is left to each client" if open_ else "",
    )


def _part_headers(old: Encoding | None, new: Encoding | None, desk: Desk, where: Part) -> None:
    """Compare the headers of a part of a multipart body, each by its duty and its value."""
    before, after = ({item.name.lower(): item for item in side.headers} if side else {} for side in (old, new))
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one is not None and other is not None:
            as_text = textual(one.media_type) and textual(other.media_type)
            label = f"{where.place} header {one.name}"
            desk.schemas(label, one.schema, other.schema, direction=where.direction, textual=as_text)
        asked = (one is not None and one.required, other is not None and other.required)
        if one is not None and other is not None and asked[0] is asked[1]:
            continue
        effect = Effect.NONE if asked[0] is asked[1] else Effect.NARROWS if asked[1] else Effect.WIDENS
        desk.report(
            Seen(
                what="part-header-changed",
                base=said(one) if one else where.parents[0],
                head=said(other) if other else where.parents[1],
                effect=effect,
                direction=where.direction,
                place=where.place,
                detail=name,
                values={"name": name, "before": _duty(one), "after": _duty(other)},
            )
        )


def _duty(header: Header | None) -> str:
    return "not described" if header is None else "required" if header.required else "optional"


def _effect(before: Writing, after: Writing) -> Effect:
    joined = {(one.style, one.explode) for one in (before, after)}
    if before.parted and after.parted and len(joined) > 1:
        return Effect.UNKNOWN if any(None in one for one in joined) else BOTH
    if before.contents == after.contents:
        return Effect.NONE
    if before.contents is None or after.contents is None:
        return Effect.UNKNOWN
    effect = Effect.NONE if before.contents <= after.contents else Effect.NARROWS
    return effect if after.contents <= before.contents else effect | Effect.WIDENS


def _writing(media: MediaType, name: str, names: Names, *, form: bool) -> Writing:
    encoding, schema = media.encodings.get(name), _property(media, name, names)
    said = None if encoding is None else encoding.content_type
    contents = _default(schema, names) if said is None else frozenset(_words(said))
    style, explode = (None, None) if encoding is None else (encoding.style, encoding.explode)
    if form:
        style = style or "form"
        explode = style == "form" if explode is None else explode
        contents = contents if said is not None else None
    parted = schema is None or compound(schema, names)
    return Writing(parted=parted, contents=contents, style=style, explode=explode)


def _words(said: str) -> list[str]:
    return [word.strip().lower() for word in said.split(",")]


def _property(media: MediaType, name: str, names: Names) -> Schema | None:
    parts = () if media.schema is None else names.flat(names.node(media.schema))
    return next((part.properties[name] for part in parts if name in part.properties), None)


def _default(schema: Schema | None, names: Names) -> frozenset[str] | None:
    """Return the media type of a part without one (3.1, "Encoding Object"); None where the standards differ."""
    if schema is None:
        return None
    parts = names.flat(names.node(schema))
    types = {kind for part in parts for kind in part.types} - {"null"}
    if types == {"array"}:
        items = next((part.items for part in parts if part.items is not None), None)
        return _default(items, names)
    if types == {"object"}:
        return frozenset({"application/json"})
    binary = any(part.format in {"binary", "byte", "base64"} or part.rare.content_encoding for part in parts)
    return frozenset({"text/plain"}) if types and types <= _PLAIN and not binary else None
