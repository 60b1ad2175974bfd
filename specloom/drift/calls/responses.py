"""Answers: statuses, their bodies, headers and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.calls.bodies import Bodies, content
from specloom.drift.calls.lifecycle import announce
from specloom.drift.calls.media import alike, textual
from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import BOTH, Direction, Effect
from specloom.drift.notice import until
from specloom.drift.relation.values import key
from specloom.drift.spans import Spans, said

if TYPE_CHECKING:
    from specloom.model.api import Header, Link, Operation, Response
    from specloom.model.policy import Policy


def compare(base: Operation, head: Operation, desk: Desk, *, policy: Policy) -> None:
    """Pair the answers by status, a status that is gone or new with the range that covers it, and compare them."""
    before = {item.status: item for item in base.responses}
    after = {item.status: item for item in head.responses}
    for status, old in before.items():
        new = after.get(status) or _taken_over(status, before, after)
        parts = [new] if new is not None else _covered(old, after, before)
        for part in parts:
            _answer(old, part, desk, policy)
        if not parts:
            _existence("removed", old, (base, head), desk)
        elif new is None:
            _range("narrowed", old, (base, head), desk)
    for status, new in after.items():
        if status not in before:
            wide = _covering(status, before)
            if wide is not None and wide.status in after:
                _answer(wide, new, desk, policy)
            elif _covered(new, before, after):
                _range("widened", new, (base, head), desk)
            elif wide is None:
                _existence("added", new, (base, head), desk)


def _taken_over(status: str, before: dict[str, Response], after: dict[str, Response]) -> Response | None:
    """Return the range that covers a status that is gone.

    An error that a range covered before as well is one error less to tell from others: callers are ready for any.
    """
    wide = _covering(status, after)
    return wide if wide is None or _hoped_for(status) or wide.status not in before else None


def _covering(status: str, others: dict[str, Response]) -> Response | None:
    """Return the answer of the range (`4XX`) that a status falls under."""
    if not status[:1].isdigit():
        return None
    return others.get(f"{status[0]}XX") if not status.endswith("XX") else None


def _covered(wide: Response, others: dict[str, Response], own: dict[str, Response]) -> list[Response]:
    """Return the answers of the other side that a range took in, or stands for no longer."""
    return [
        item
        for status, item in others.items()
        if status not in own and _covering(status, {wide.status: wide}) is not None
    ]


def success(status: str, operation: Operation) -> bool:
    """Tell whether an answer is what callers hope for; `default` is, where nothing else is said."""
    if status == "default":
        return not any(item.status[:1] in {"2", "3"} for item in operation.responses)
    return _hoped_for(status)


def _hoped_for(status: str) -> bool:
    return status[:1] in {"1", "2", "3"}


def _existence(word: str, item: Response, sides: tuple[Operation, Operation], desk: Desk) -> None:
    removed = word == "removed"
    other, parents = sides[removed], [side.span.member("responses") for side in sides]
    where = (said(item), parents[1]) if removed else (parents[0], said(item))
    good = success(item.status, other) if item.status != "default" else not _has_success(other)
    desk.report(
        Seen(
            what=f"{'success' if good else 'error'}-status-{word}",
            base=where[0],
            head=where[1],
            effect=Effect.NARROWS if removed else Effect.WIDENS,
            direction=Direction.RESPONSE,
            place=f"response {item.status}",
            values={"status": item.status},
        )
    )


def _range(word: str, item: Response, sides: tuple[Operation, Operation], desk: Desk) -> None:
    """Report that a range took the place of a status that it covers, or a status that of its range."""
    if not _hoped_for(item.status):  # callers are ready for any error
        _existence("removed" if word == "narrowed" else "added", item, sides, desk)
        return
    parents = [side.span.member("responses") for side in sides]
    desk.report(
        Seen(
            what=f"success-range-{word}",
            base=said(item) if word == "narrowed" else parents[0],
            head=said(item) if word == "widened" else parents[1],
            effect=Effect.NARROWS if word == "narrowed" else Effect.WIDENS,
            direction=Direction.RESPONSE,
            place=f"response {item.status}",
            values={"status": item.status},
        )
    )


def _has_success(operation: Operation) -> bool:
    return any(item.status[:1] == "2" for item in operation.responses)


def _answer(old: Response, new: Response, desk: Desk, policy: Policy) -> None:
    place = f"response {old.status}"
    where = Bodies(place=place, direction=Direction.RESPONSE, parents=(old.span, new.span))
    content(old.content, new.content, desk, where)
    _headers(old, new, desk, place, policy)
    _links(old, new, desk, place)


def _headers(old: Response, new: Response, desk: Desk, place: str, policy: Policy) -> None:
    before = {item.name.lower(): item for item in old.headers if item.name.lower() != "content-type"}
    after = {item.name.lower(): item for item in new.headers if item.name.lower() != "content-type"}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        where = f"{place} header {(one or other).name}"  # type: ignore[union-attr]  # one of the two is there
        if one is not None and other is not None:
            _header(one, other, desk, where)
            announce(one, other, desk, policy=policy, place=where)
            continue
        gone = one is not None
        must = (one or other).required  # type: ignore[union-attr]  # likewise
        desk.report(
            Seen(
                what=f"{'required-' if must and gone else ''}header-{'removed' if gone else 'added'}",
                base=said(one) if one else old.span.member("headers"),
                head=said(other) if other else new.span.member("headers"),
                effect=(Effect.WIDENS if gone else Effect.NARROWS) if must else Effect.NONE,
                direction=Direction.RESPONSE,
                place=where,
                values={"name": (one or other).name},  # type: ignore[union-attr]  # likewise
            )
        )


def _header(old: Header, new: Header, desk: Desk, place: str) -> None:
    values = {"name": old.name}
    if old.required is not new.required:
        what = "header-became-required" if new.required else "header-became-optional"
        desk.report(
            Seen(
                what=what,
                base=old.span.member("required"),
                head=new.span.member("required"),
                effect=Effect.NARROWS if new.required else Effect.WIDENS,
                direction=Direction.RESPONSE,
                place=place,
                values=values,
            )
        )
    if old.deprecated is not new.deprecated:
        what = "header-deprecated" if new.deprecated else "header-reactivated"
        spans = Spans(base=old.span.member("deprecated"), head=new.span.member("deprecated"))
        last = {**values, "until": until(new.extensions)}
        desk.report(Seen(what=what, place=place, values=last, direction=Direction.RESPONSE, **spans))
    _writing(old, new, desk, place)
    as_text = textual(old.media_type) and textual(new.media_type)
    desk.schemas(place, old.schema, new.schema, direction=Direction.RESPONSE, textual=as_text)


def _writing(old: Header, new: Header, desk: Desk, place: str) -> None:
    values = {"name": old.name}
    if not alike(old.media_type, new.media_type):
        values |= {"before": old.media_type or "a plain value", "after": new.media_type or "a plain value"}
        spans = Spans(base=old.span.member("content"), head=new.span.member("content"))
        desk.report(Seen(what="header-media-type-changed", effect=BOTH, place=place, values=values, **spans))
    elif (
        old.media_type is None and old.explode is not new.explode and "object" in {*old.schema.types, *new.schema.types}
    ):
        spans = Spans(base=old.span.member("explode"), head=new.span.member("explode"))
        desk.report(Seen(what="header-explode-changed", effect=BOTH, place=place, values=values, **spans))


def _links(old: Response, new: Response, desk: Desk, place: str) -> None:
    before, after = {item.name: item for item in old.links}, {item.name: item for item in new.links}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one is not None and other is not None and _meaning(one) == _meaning(other):
            continue
        what = "link-added" if one is None else "link-removed" if other is None else "link-changed"
        desk.report(
            Seen(
                what=what,
                base=said(one) if one else old.span.member("links"),
                head=said(other) if other else new.span.member("links"),
                direction=Direction.RESPONSE,
                place=f"{place} link {name}",
                values={"name": name},
            )
        )


def _meaning(link: Link) -> tuple[str | None, str, str]:
    return link.target, key(dict(link.parameters)), key(link.request_body)
