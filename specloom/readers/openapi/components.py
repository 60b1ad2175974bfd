"""The schemas that a description declares by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.readers.openapi.references import Target, reference_in

if TYPE_CHECKING:
    from specloom.readers.openapi.part import Part
    from specloom.readers.openapi.references import References


def declared_schemas(root: Part) -> dict[str, Target]:
    """Return the entries of `components/schemas` or `definitions`, in order.

    An entry that is nothing but a reference to another file stands for what is there, so that this has one name.
    """
    is_swagger = root.context.dialect.is_swagger
    home = root if is_swagger else root.part("components")
    whole = home.part("definitions" if is_swagger else "schemas") if home else None
    if whole is None:
        return {}
    references = root.context.references
    folder = "#/definitions/" if is_swagger else "#/components/schemas/"
    found: dict[str, Target] = {}
    for name in whole.value:
        target = references.resolve(folder + _escape(name), root.document, whole.at(name))
        if target and (isinstance(target.value, dict) or not name.startswith("x-")):
            found[name] = target
    return _with_aliases(found, references)


def _with_aliases(found: dict[str, Target], references: References) -> dict[str, Target]:
    result = dict(found)
    taken = {target.address for target in found.values()}
    for name in sorted(found):
        target = found[name]
        if isinstance(target.value, dict) and len(target.value) == 1 and reference_in(target.value):
            final = references.follow(target.value, target.document, target.span)
            if final and final.address not in taken:
                taken.add(final.address)
                result[name] = final
    return result


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
