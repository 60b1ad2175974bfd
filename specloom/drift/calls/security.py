"""Security: which credentials are enough. A request narrows when one that was enough no longer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import Effect
from specloom.drift.spans import Spans
from specloom.model.source import Span

if TYPE_CHECKING:
    from specloom.model.api import Api, Operation, SecurityRequirement, SecurityScheme, Server

ADDRESSES: Final = (
    ("token_url", "tokenUrl"),
    ("authorization_url", "authorizationUrl"),
    ("refresh_url", "refreshUrl"),
)
Known: TypeAlias = "dict[str, SecurityScheme]"
Need: TypeAlias = "frozenset[tuple[object, frozenset[str]]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What both descriptions say for all operations: schemes by name, default credentials and servers.

    `defaults` are the lines of the default credentials.
    """

    schemes: tuple[Known, Known]
    defaults: tuple[Span, Span]
    servers: tuple[tuple[Server, ...], tuple[Server, ...]]
    required: tuple[tuple[SecurityRequirement, ...] | None, tuple[SecurityRequirement, ...] | None]


def sides_of(base: Api, head: Api) -> Sides:
    """Gather what every operation's credentials are compared against."""
    before, after = ({item.name: item for item in api.security_schemes} for api in (base, head))
    return Sides(
        schemes=(before, after),
        defaults=(_default(base), _default(head)),
        servers=(base.servers, head.servers),
        required=(base.security, head.security),
    )


def _default(api: Api) -> Span:
    """Return the description where it has a default (`auth` in Postman), else its first line."""
    known = api.span is not None and {"security", "auth"} & dict(api.span.members).keys()
    return api.span if api.span is not None and known else Span(api.source.path, 1, 1)


def compare(base: Operation, head: Operation, desk: Desk, *, sides: Sides) -> None:
    """Report alternatives that came or went, by what the schemes are and not by what they are called.

    Where the default changed, every operation under it has the same root cause.
    """
    if base.security == head.security and sides.schemes[0] == sides.schemes[1]:
        return
    before = [_need(item, sides.schemes[0]) for item in _alternatives(base)]
    after = [_need(item, sides.schemes[1]) for item in _alternatives(head)]
    free = frozenset() in before and frozenset() in after
    if free:
        # Nobody is refused; but who brought credentials may no longer be known by them.
        before, after = ([need for need in needs if need] for needs in (before, after))
    still = all(any(_enough(own, need) for need in after) for own in before)
    back = all(any(_enough(own, need) for need in before) for own in after)
    if still and back:
        return
    what = _what(before, after, still=still)
    spans = _spans(base, head, sides)
    values = {"before": _text(_alternatives(base)), "after": _text(_alternatives(head))}
    if values["before"] == values["after"]:  # one of the schemes is another under the same name
        values = {
            "before": _text(_alternatives(base), sides.schemes[0]),
            "after": _text(_alternatives(head), sides.schemes[1]),
        }
    effect = Effect.WIDENS if still else Effect.UNKNOWN if free else Effect.NARROWS
    desk.report(Seen(what=what, effect=effect, place="security", values=values, sides=_telling(base, head), **spans))


def _telling(base: Operation, head: Operation) -> frozenset[str] | None:
    """Return the side of which a requirement or scope is told, where the other has only the list that it was in."""
    before, after = (_words(_alternatives(item)) for item in (base, head))
    if not before or not after or before == after:
        return None
    if after < before:
        return frozenset({"base"})
    return frozenset({"head"}) if before < after else None


def _words(alternatives: tuple[SecurityRequirement, ...]) -> frozenset[object]:
    """Return each set of schemes that is enough, and each scope that is asked for with it."""
    named = [(tuple(name for name, _ in need), need) for need in alternatives if need]
    scopes = {(names, name, scope) for names, need in named for name, asked in need for scope in asked}
    return frozenset(scopes | {(names,) for names, _ in named})


def _spans(base: Operation, head: Operation, sides: Sides) -> Spans:
    """Return the schemes that mean something else now; else what is asked for otherwise, by default or here."""
    if base.security == head.security:
        for name in (name for need in _alternatives(base) for name, _ in need):
            old, new = (known.get(name) for known in sides.schemes)
            if old is not None and new is not None and _essence(name, {name: old}) != _essence(name, {name: new}):
                return Spans(base=_asked(old, new), head=_asked(new, old))
    own = any({"security", "auth"} & dict(item.span.members).keys() for item in (base, head))
    own = own or (base.security, head.security) != sides.required
    homes = (base.span, head.span) if own else sides.defaults
    return Spans(
        base=_differing(homes[0], _alternatives(base), _alternatives(head)),
        head=_differing(homes[1], _alternatives(head), _alternatives(base)),
    )


def _asked(mine: SecurityScheme, other: SecurityScheme) -> Span:
    """Return the lines of what makes a scheme another one."""
    words = (("type", "type"), ("location", "in"), ("parameter", "name"), ("scheme", "scheme"))
    word = next((word for name, word in words if getattr(mine, name) != getattr(other, name)), "type")
    return mine.span.member(word)


def _differing(home: Span, mine: tuple[SecurityRequirement, ...], others: tuple[SecurityRequirement, ...]) -> Span:
    """Return the line of the first requirement, and in it of the first scope, that the other side does not have."""
    word = "auth" if "auth" in dict(home.members) else "security"
    for index, need in enumerate(mine if others != ((),) else ()):
        if need in others:
            continue
        for name, scopes in need:
            twins = [dict(other) for other in others if [one for one, _ in other] == [one for one, _ in need]]
            for number, scope in enumerate(scopes):
                if twins and scope not in twins[0][name]:
                    return home.member(word, index, name, number)
        return home.member(word, index)
    return home.member(word)


def _what(before: list[Need], after: list[Need], *, still: bool) -> str:
    if before == [frozenset()]:
        return "security-added"
    if after == [frozenset()]:
        return "security-removed"
    plain_before = [frozenset(name for name, _ in need) for need in before]
    plain_after = [frozenset(name for name, _ in need) for need in after]
    if plain_before == plain_after:
        return "scopes-relaxed" if still else "scopes-tightened"
    return "security-relaxed" if still else "security-tightened"


def _alternatives(operation: Operation) -> tuple[SecurityRequirement, ...]:
    """Nothing said, and switched off, both mean that no credentials are asked for."""
    return operation.security or ((),)


def _need(requirement: SecurityRequirement, schemes: Known) -> Need:
    return frozenset((_essence(name, schemes), frozenset(scopes)) for name, scopes in requirement)


def _essence(name: str, schemes: Known) -> object:
    """Return what a client must do for a scheme; for one that is not defined, its name."""
    scheme = schemes.get(name)
    if scheme is None or scheme.type in {"oauth2", "openIdConnect", "unknown", "mutualTLS"}:
        # Two OAuth servers are told apart by name: their addresses may move without a client noticing.
        return ("named", scheme.type if scheme else "", name)
    name = scheme.parameter or ""
    return (scheme.type, scheme.location, name.lower() if scheme.location == "header" else name, scheme.scheme)


def _enough(credentials: Need, need: Need) -> bool:
    """Tell whether who brings `credentials` meets `need`."""
    held = dict(credentials)
    return all(scheme in held and scopes <= held[scheme] for scheme, scopes in need)


def _text(alternatives: tuple[SecurityRequirement, ...], schemes: Known | None = None) -> str:
    """Return what is asked for by name, and with `schemes` what each name stands for."""
    return " or ".join(_one(item, schemes or {}) for item in alternatives)


def _one(requirement: SecurityRequirement, schemes: Known) -> str:
    if not requirement:
        return "no credentials"
    words = []
    for name, scopes in requirement:
        more = [*([_kind(schemes[name])] if name in schemes else []), *scopes]
        words.append(f"{name} ({', '.join(more)})" if more else name)
    return " and ".join(words)


def _kind(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        return f"{scheme.location} {scheme.parameter}"
    return scheme.scheme or scheme.type


def compare_schemes(base: Api, head: Api, desk: Desk) -> None:
    """Report schemes of one name that became something else, came, or went."""
    before = {item.name: item for item in base.security_schemes}
    after = {item.name: item for item in head.security_schemes}
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            used = name in _used(head if old is None else base)
            if not used:
                what = "security-scheme-added" if old is None else "security-scheme-removed"
                span = Spans(base=old.span if old else None, head=new.span if new else None)
                desk.report(Seen(what=what, place=f"security scheme {name}", values={"name": name}, **span))
            continue
        _scheme(old, new, desk, used=name in _used(base))


def _used(api: Api) -> set[str]:
    return {
        name
        for operation in (*api.operations, *api.webhooks)
        for requirement in operation.security or ()
        for name, _ in requirement
    }


def _scheme(old: SecurityScheme, new: SecurityScheme, desk: Desk, *, used: bool) -> None:
    place = f"security scheme {old.name}"
    spans = Spans(base=old.span, head=new.span)
    essence = (_essence(old.name, {old.name: old}), _essence(new.name, {new.name: new}))
    if essence[0] != essence[1]:
        if not used:
            spans = Spans(base=_asked(old, new), head=_asked(new, old))
            desk.report(Seen(what="security-scheme-changed", place=place, values={"name": old.name}, **spans))
        return
    if old.bearer_format != new.bearer_format:
        formats = {"name": old.name, "before": old.bearer_format or "any", "after": new.bearer_format or "any"}
        spans = Spans(base=old.span.member("bearerFormat"), head=new.span.member("bearerFormat"))
        desk.report(Seen(what="bearer-format-changed", place=place, values=formats, **spans))
    before = {flow.kind: flow for flow in old.flows}
    after = {flow.kind: flow for flow in new.flows}
    for kind in dict.fromkeys((*before, *after)):
        one, other = before.get(kind), after.get(kind)
        values = {"name": old.name, "flow": kind}
        spans = Spans(base=_in_flow(old, kind), head=_in_flow(new, kind))
        if one is None or other is None:
            what = "oauth-flow-added" if one is None else "oauth-flow-removed"
            effect = Effect.NONE if one is None else Effect.NARROWS
            desk.report(Seen(what=what, effect=effect, place=place, detail=kind, values=values, **spans))
            continue
        for field, word in ADDRESSES:
            if getattr(one, field) != getattr(other, field):
                spans = Spans(base=_in_flow(old, kind, word), head=_in_flow(new, kind, word))
                urls = _urls(old.name, getattr(one, field), getattr(other, field))
                desk.report(Seen(what="oauth-url-changed", place=place, detail=kind, values=urls, **spans))
                break  # a server that moved is told once
        for scope in sorted(one.scopes.keys() ^ other.scopes.keys()):
            gone = scope in one.scopes
            what = "oauth-scope-removed" if gone else "oauth-scope-added"
            more = {**values, "scope": scope}
            spans = Spans(base=_in_flow(old, kind, "scopes", scope), head=_in_flow(new, kind, "scopes", scope))
            desk.report(Seen(what=what, place=place, detail=f"{kind} {scope}", values=more, **spans))
    spans = Spans(base=old.span.member("openIdConnectUrl"), head=new.span.member("openIdConnectUrl"))
    if old.open_id_connect_url != new.open_id_connect_url:
        urls = _urls(old.name, old.open_id_connect_url, new.open_id_connect_url)
        desk.report(Seen(what="oauth-url-changed", place=place, values=urls, **spans))


def _urls(name: str, before: str | None, after: str | None) -> dict[str, str]:
    return {"name": name, "before": before or "nothing", "after": after or "nothing"}


def _in_flow(scheme: SecurityScheme, kind: str, *steps: str) -> Span:
    """Return the lines of something in a flow, which Swagger 2.0 writes into the scheme itself."""
    if "flows" in dict(scheme.span.members):
        return scheme.span.member("flows", kind, *steps)
    return scheme.span.member(*steps) if steps else scheme.span
