"""Request bodies and media types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import BOTH, Direction, Effect

if TYPE_CHECKING:
    from specloom.model.api import MediaType, Operation, RequestBody
    from specloom.model.source import Span


def compare(base: Operation, head: Operation, desk: Desk) -> None:
    """Report what changed about the body that may be sent."""
    old, new = base.request_body, head.request_body
    if old is None and new is None:
        return
    if old is None or new is None:
        _existence(old, new, (base.span, head.span), desk)
        return
    if old.required is not new.required:
        what = "request-body-became-required" if new.required else "request-body-became-optional"
        effect = Effect.NARROWS if new.required else Effect.WIDENS
        spans = {"base": old.span.member("required"), "head": new.span.member("required")}
        desk.report(Seen(what=what, effect=effect, place="request body", **spans))
    content(old.content, new.content, desk, place="request body", direction=Direction.REQUEST, parents=(old.span, new.span))


def _existence(
    old: RequestBody | None, new: RequestBody | None, parents: tuple[Span, Span], desk: Desk
) -> None:
    if new is not None:
        what = "required-request-body-added" if new.required else "request-body-added"
        effect = Effect.NARROWS if new.required else Effect.NONE
        desk.report(Seen(what=what, base=parents[0], head=new.span, effect=effect, place="request body"))
    elif old is not None:
        effect = Effect.NARROWS | (Effect.WIDENS if old.required else Effect.NONE)
        desk.report(Seen(what="request-body-removed", base=old.span, head=parents[1], effect=effect, place="request body"))


def content(
    base: tuple[MediaType, ...],
    head: tuple[MediaType, ...],
    desk: Desk,
    *,
    place: str,
    direction: Direction,
    parents: tuple[Span, Span],
) -> None:
    """Pair the media types, exact names first, then ranges that cover them, and compare what they carry."""
    side = "request" if direction is Direction.REQUEST else "response"
    rest = {_bare(item.media_type): item for item in head}
    gone: list[MediaType] = []
    for old in base:
        name = _bare(old.media_type)
        new = rest.pop(name, None)
        if new is None:
            gone.append(old)
        else:
            _carried(old, new, desk, place=place, direction=direction)
    for old in gone:
        wide = next((item for name, item in rest.items() if covers(name, _bare(old.media_type))), None)
        narrow = next((item for name, item in rest.items() if covers(_bare(old.media_type), name)), None)
        new = wide or narrow
        if new is None:
            _report(f"{side}-media-type-removed", old, None, desk, place=place, parents=parents, direction=direction)
            continue
        del rest[_bare(new.media_type)]
        what = f"{side}-media-type-{'widened' if wide else 'narrowed'}"
        _report(what, old, new, desk, place=place, parents=parents, direction=direction)
        _carried(old, new, desk, place=place, direction=direction)
    for new in rest.values():
        if base or direction is Direction.RESPONSE:
            _report(f"{side}-media-type-added", None, new, desk, place=place, parents=parents, direction=direction)


_EFFECT = {"removed": Effect.NARROWS, "added": Effect.WIDENS, "widened": Effect.WIDENS, "narrowed": Effect.NARROWS}


def _report(
    what: str,
    old: MediaType | None,
    new: MediaType | None,
    desk: Desk,
    *,
    place: str,
    parents: tuple[Span, Span],
    direction: Direction,
) -> None:
    name = (old or new).media_type  # type: ignore[union-attr]  # one of the two is there
    desk.report(
        Seen(
            what=what,
            base=old.span if old else parents[0].member("content"),
            head=new.span if new else parents[1].member("content"),
            effect=_EFFECT[what.rsplit("-", 1)[-1]],
            direction=direction,
            place=place,
            detail=name,
            values={"name": name, "after": new.media_type if new else ""},
        )
    )


def _bare(media_type: str) -> str:
    """Return a media type without parameters, which servers and clients agree on anyway."""
    return media_type.split(";", 1)[0].strip().lower()


def covers(wide: str, narrow: str) -> bool:
    """Tell whether a media range such as `text/*`, or the type behind a `+json` suffix, takes `narrow` in."""
    if wide in {"*/*", "*"}:
        return True
    if wide.endswith("/*"):
        return narrow.startswith(wide[:-1])
    major, _, minor = wide.partition("/")
    return "+" in narrow and narrow.startswith(f"{major}/") and narrow.rsplit("+", 1)[-1] == minor


def textual(media_type: str) -> bool:
    """Tell whether every value travels as text in this media type."""
    return _bare(media_type) in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _carried(old: MediaType, new: MediaType, desk: Desk, *, place: str, direction: Direction) -> None:
    label = f"{place} {old.media_type}"
    as_text = textual(old.media_type) and textual(new.media_type)
    for before, after, name, what in (
        (old.schema, new.schema, label, "schema"),
        (old.item_schema, new.item_schema, f"{label} items", "item-schema"),
    ):
        if before is not None and after is not None:
            desk.schemas(name, before, after, direction=direction, textual=as_text)
        elif before is not None or after is not None:
            side = "request" if direction is Direction.REQUEST else "response"
            gained = before is None
            desk.report(
                Seen(
                    what=f"{side}-{what}-{'added' if gained else 'removed'}",
                    base=before.span if before else old.span,
                    head=after.span if after else new.span,
                    effect=Effect.NARROWS if gained else Effect.WIDENS,
                    direction=direction,
                    place=label,
                )
            )
    _encodings(old, new, desk, place=label, direction=direction)


def _encodings(old: MediaType, new: MediaType, desk: Desk, *, place: str, direction: Direction) -> None:
    for name in dict.fromkeys((*old.encodings, *new.encodings)):
        one, other = old.encodings.get(name), new.encodings.get(name)
        before = (one.content_type, one.style, one.explode) if one else (None, None, None)
        after = (other.content_type, other.style, other.explode) if other else (None, None, None)
        if before != after:
            desk.report(
                Seen(
                    what="encoding-changed",
                    base=old.span.member("encoding"),
                    head=new.span.member("encoding"),
                    effect=BOTH if one and other else Effect.UNKNOWN,
                    direction=direction,
                    place=f"{place} · part {name}",
                    values={"name": name},
                    undecided="" if one and other else "what a part was, or is, written as is left to each client",
                )
            )
