"""GraphQL by name: kinds, names of types, interfaces and directives, which no set of values shows.

A query names types and fields, so a field whose type is replaced breaks it although both types hold the same values.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from specloom.drift.findings import Finding
from specloom.drift.relation.values import key
from specloom.drift.table import rule_of
from specloom.model.change import Severity
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.drift.findings import Findings
    from specloom.model.api import Api, Operation, Parameter
    from specloom.model.schema import Schema

Json = Any
Marks: TypeAlias = "Mapping[str, Json]"
TYPE: Final = "x-graphql-type"
KIND: Final = "x-graphql-kind"
USED: Final = "x-graphql-directives"
DEFINED: Final = "x-graphql-directive-definitions"
NOTES: Final = {"x-graphql-deprecation-reason": "deprecation-reason", "x-graphql-specified-by": "specified-by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something that SDL names on both sides: a type, a field, an argument, a value of an enum."""

    subject: str
    base: Span
    head: Span
    old: Marks
    new: Marks
    answers: bool = True
    operation: str | None = None

    def on(self, mark: str) -> Place:
        """Narrow to the line of a mark: its type, or a directive by name."""
        return replace(self, base=self.base.member(mark), head=self.head.member(mark))


def compare(base: Api, head: Api, findings: Findings) -> None:
    """Report what SDL says otherwise, and settle the places whose type was replaced: that says it all."""
    kinds = {name for name in base.schemas.keys() & head.schemas.keys() if _kind(base, name) != _kind(head, name)}
    for name in sorted(kinds):
        old, new = base.schemas[name], head.schemas[name]
        values = {"before": _kind(base, name), "after": _kind(head, name)}
        _tell(findings, "type-kind-changed", Place(subject=f"schema {name}", **_both(old, new)), values=values)
    _roots(base, head, findings)
    _definitions(base, head, findings)
    settled = [f"schema {name}" for name in sorted(kinds)]
    for place in _places(base, head):
        before, after = _named(place.old), _named(place.new)
        if before != after:
            what = "response-type-changed" if place.answers else "request-type-changed"
            values = {"before": str(place.old[TYPE]), "after": str(place.new[TYPE])}
            _tell(findings, what, place.on("type"), values=values)
        if before != after or before.strip("[]") in kinds:
            settled.append(place.subject)
        _marks(place, findings)
    for subject in settled:
        findings.settle(subject)


def _kind(api: Api, name: str) -> str:
    return str(api.schemas[name].extensions.get(KIND, ""))


def _named(extensions: Marks) -> str:
    """Return a type without the marks of duty: a list is another type than its items."""
    return str(extensions.get(TYPE, "")).replace("!", "")


def _both(old: Schema | Operation, new: Schema | Operation) -> dict[str, Any]:
    return {"base": old.span, "head": new.span, "old": old.extensions, "new": new.extensions}


def _places(base: Api, head: Api) -> Iterator[Place]:
    after = {item.key: item for item in head.operations}
    for old in base.operations:
        new = after.get(old.key)
        if new is None:
            continue
        subject = f"{old.key} · response 200 application/json"
        yield Place(subject=subject, operation=old.key, **_both(old, new))
        yield from _arguments(old.parameters, new.parameters, old.key, old.key)
    for name in sorted(base.schemas.keys() & head.schemas.keys()):
        yield from _type(name, base.schemas[name], head.schemas[name])


def _type(name: str, old: Schema, new: Schema) -> Iterator[Place]:
    yield Place(subject=f"schema {name}", **_both(old, new))
    answers = old.extensions.get(KIND) != "input"
    for field in (one for one in old.properties if one in new.properties):
        before, after = old.properties[field], new.properties[field]
        subject = f"schema {name} · property {field}"
        yield Place(subject=subject, answers=answers, **_both(before, after))
        yield from _arguments(before.rare.arguments, after.rare.arguments, subject, None)
    notes = (_values(old), _values(new))
    for value in (one for one in old.enum or () if one in (new.enum or ())):
        word = str(value)
        yield Place(
            subject=f"schema {name} · value {word}",
            base=old.span.member("enum", (old.enum or ()).index(value)),
            head=new.span.member("enum", (new.enum or ()).index(value)),
            old=notes[0].get(word, {}),
            new=notes[1].get(word, {}),
        )


def _values(schema: Schema) -> Marks:
    found: Json = schema.extensions.get("x-graphql-values")
    return found if isinstance(found, dict) else {}


def _arguments(
    old: tuple[Parameter, ...], new: tuple[Parameter, ...], subject: str, operation: str | None
) -> Iterator[Place]:
    after = {item.name: item for item in new}
    for item in old:
        other = after.get(item.name)
        if other is not None:
            place = f"{subject} · argument {item.name}"
            yield Place(subject=place, answers=False, operation=operation, **_both(item.schema, other.schema))


def _marks(place: Place, findings: Findings) -> None:
    """Report directives that are applied otherwise, and what those of the language itself say."""
    before, after = (Counter(_applied(side)) for side in (place.old, place.new))
    gone, new = before - after, after - before
    names = {name for name, _ in gone} & {name for name, _ in new}
    for (name, _), word in (*((one, "removed") for one in gone), *((one, "added") for one in new)):
        if name == "oneOf":
            _tell(findings, f"input-one-of-{word}", place.on(name))
        elif name not in names:
            _tell(findings, f"directive-{word}-here", place.on(name), detail=name)
    for name in sorted(names):
        _tell(findings, "directive-arguments-changed", place.on(name), detail=name)
    for mark, what in NOTES.items():
        one, other = place.old.get(mark), place.new.get(mark)
        value = place.subject.rsplit(" · ", 1)[-1].startswith("value ")
        if one == other or (mark.endswith("reason") and not value and None in (one, other)):
            continue  # a first reason comes with the deprecation, which is told
        values = {"before": str(one or "nothing"), "after": str(other or "nothing")}
        named = "deprecated" if mark.endswith("reason") else "specifiedBy"
        _tell(findings, f"{what}-changed", place.on(named), values=values)
    held, holds = (side.get("x-graphql-interfaces") or [] for side in (place.old, place.new))
    for word, mine, yours in (("removed", held, holds), ("added", holds, held)):
        for interface in (item for item in mine if item not in yours):
            _tell(findings, f"interface-{word}", place, detail=interface)


def _applied(extensions: Marks) -> list[tuple[str, str]]:
    found = extensions.get(USED)
    items: list[Json] = found if isinstance(found, list) else []
    return [(str(item["name"]), key(item.get("arguments"))) for item in items]


def _roots(base: Api, head: Api, findings: Findings) -> None:
    before, after = _mapping(base, "x-graphql-roots"), _mapping(head, "x-graphql-roots")
    for kind in (one for one in before if one in after):
        if before[kind] != after[kind]:
            values = {"before": str(before[kind]), "after": str(after[kind])}
            place = Place(subject=f"{kind} type", base=_line(base, 1), head=_line(head, 1), old={}, new={})
            _tell(findings, "root-type-changed", place, values=values)


def _line(api: Api, line: int) -> Span:
    return Span(api.source.path, line, line)


def _definitions(base: Api, head: Api, findings: Findings) -> None:
    before, after = _mapping(base, DEFINED), _mapping(head, DEFINED)
    for name in (*before, *(one for one in after if one not in before)):
        old, new = before.get(name), after.get(name)
        spans = (_line(base, (old or {}).get("line", 1)), _line(head, (new or {}).get("line", 1)))
        place = Place(subject=f"directive @{name}", base=spans[0], head=spans[1], old={}, new={})
        if old is None or new is None:
            _tell(findings, "directive-added" if old is None else "directive-removed", place)
            continue
        for word, one, other in (("removed", old, new), ("added", new, old)):
            for location in (item for item in one["locations"] if item not in other["locations"]):
                _tell(findings, f"directive-location-{word}", _on_line(place, location, old, new), detail=location)
        if old["repeatable"] is not new["repeatable"]:
            _tell(findings, f"directive-repeatable-{'added' if new['repeatable'] else 'removed'}", place)
        for argument in dict.fromkeys((*old["arguments"], *new["arguments"])):
            there = _on_line(place, argument, old, new)
            _taken(argument, old["arguments"].get(argument), new["arguments"].get(argument), there, findings)


def _on_line(place: Place, name: str, old: Json, new: Json) -> Place:
    """Narrow to the line of an argument or location of a directive, on the sides that have it."""
    sides = ((place.base, old), (place.head, new))
    base, head = (
        replace(span, start=line, end=line) if (line := one["lines"].get(name)) else span for span, one in sides
    )
    return replace(place, base=base, head=head)


def _mapping(api: Api, name: str) -> Marks:
    found: Json = api.extensions.get(name)
    return found if isinstance(found, dict) else {}


def _taken(name: str, old: Json, new: Json, place: Place, findings: Findings) -> None:
    """Report what became of an argument of a directive."""
    if new is None:
        _tell(findings, "directive-argument-removed", place, detail=name)
        return
    if old is None:
        must = new["type"].endswith("!") and "default" not in new
        what = "required-directive-argument-added" if must else "directive-argument-added"
        _tell(findings, what, place, detail=name)
        return
    if old["type"] != new["type"]:
        what = "directive-argument-relaxed" if old["type"] == f"{new['type']}!" else "directive-argument-type-changed"
        _tell(findings, what, place, detail=name, values={"before": old["type"], "after": new["type"]})
    if old.get("default") != new.get("default"):
        values = {"before": key(old.get("default")), "after": key(new.get("default"))}
        _tell(findings, "directive-argument-default-changed", place, detail=name, values=values)


def _tell(
    findings: Findings, what: str, place: Place, *, detail: str = "", values: Mapping[str, str] | None = None
) -> None:
    rule = rule_of(what)
    finding = Finding(
        rule=rule.id,
        family=what,
        severity=rule.severity or Severity.BREAKING,
        subject=place.subject,
        place=place.subject.rsplit(" · ", 1)[-1],
        base=place.base,
        head=place.head,
        detail=detail,
        values={"name": detail, **(values or {})},
    )
    findings.add(finding, place.operation)
