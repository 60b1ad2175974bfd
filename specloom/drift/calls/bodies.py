"""Request bodies, and what any body carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.drift.calls.encodings import encodings
from specloom.drift.calls.media import matched, textual
from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import Direction, Effect
from specloom.drift.relation.objects import free
from specloom.drift.spans import Spans, said

if TYPE_CHECKING:
    from specloom.model.api import MediaType, Operation, RequestBody
    from specloom.model.source import Span

_EFFECT: Final = {
    "removed": Effect.NARROWS,
    "added": Effect.WIDENS,
    "widened": Effect.WIDENS,
    "narrowed": Effect.NARROWS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Two bodies that belong together: where they stand, and which way they travel."""

    place: str
    direction: Direction
    parents: tuple[Span, Span]


def compare(base: Operation, head: Operation, desk: Desk) -> None:
    """Report what changed about the body that may be sent."""
    old, new = base.request_body, head.request_body
    if old is None or new is None:
        _existence(old, new, (base.span, head.span), desk)
        return
    if old.required is not new.required and not (_by_fields(old) and _by_fields(new)):
        what = "request-body-became-required" if new.required else "request-body-became-optional"
        effect = Effect.NARROWS if new.required else Effect.WIDENS
        spans = Spans(base=old.span.member("required"), head=new.span.member("required"))
        desk.report(Seen(what=what, effect=effect, place="request body", **spans))
    where = Bodies(place="request body", direction=Direction.REQUEST, parents=(old.span, new.span))
    content(old.content, new.content, desk, where)


def _by_fields(body: RequestBody) -> bool:
    """Tell whether a body must be sent because one of its fields must: then the field is what was edited."""
    said = {word for word, _ in body.span.members} & {"required", "content", "schema"}
    duty = any(media.schema is not None and media.schema.required for media in body.content)
    return not said and body.required is duty


def _existence(old: RequestBody | None, new: RequestBody | None, parents: tuple[Span, Span], desk: Desk) -> None:
    place = "request body"
    if new is not None:
        what = "required-request-body-added" if new.required else "request-body-added"
        effect = Effect.NARROWS if new.required else Effect.NONE
        spans = Spans(base=parents[0], head=said(new))
        desk.report(Seen(what=what, effect=effect, place=place, **spans))
    elif old is not None:
        effect = Effect.NARROWS | (Effect.WIDENS if old.required else Effect.NONE)
        spans = Spans(base=said(old), head=parents[1])
        desk.report(Seen(what="request-body-removed", effect=effect, place=place, **spans))


def content(base: tuple[MediaType, ...], head: tuple[MediaType, ...], desk: Desk, where: Bodies) -> None:
    """Compare what each media type carries, and report those that came, went, or became a range."""
    for what, old, new in matched(base, head):
        if what != "kept":
            desk.report(_media(what, old, new, where))
        if old is not None and new is not None:
            _carried(old, new, desk, where)


def _media(what: str, old: MediaType | None, new: MediaType | None, where: Bodies) -> Seen:
    name = old.media_type if old else new.media_type if new else ""
    return Seen(
        what=f"{where.direction.value}-media-type-{what}",
        base=said(old) if old else where.parents[0].member("content"),
        head=said(new) if new else where.parents[1].member("content"),
        effect=_EFFECT[what],
        direction=where.direction,
        place=where.place,
        detail=name,
        values={"name": name, "after": new.media_type if new else ""},
    )


def _carried(old: MediaType, new: MediaType, desk: Desk, where: Bodies) -> None:
    label = f"{where.place} {old.media_type}"
    as_text = textual(old.media_type) and textual(new.media_type)
    for before, after, name, what in (
        (old.schema, new.schema, label, "schema"),
        (old.item_schema, new.item_schema, f"{label} items", "item-schema"),
    ):
        if before is not None and after is not None:
            desk.schemas(name, before, after, direction=where.direction, textual=as_text)
        elif (lone := before or after) is not None and not free(lone):
            gained = before is None
            desk.report(
                Seen(
                    what=f"{where.direction.value}-{what}-{'added' if gained else 'removed'}",
                    base=before.span if before else old.span,
                    head=after.span if after else new.span,
                    effect=Effect.NARROWS if gained else Effect.WIDENS,
                    direction=where.direction,
                    place=label,
                )
            )
    encodings(old, new, desk, (where.place, where.direction))
