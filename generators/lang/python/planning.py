"""From the schemas of an API to a package of Python models: which classes and aliases there are, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generators.lang.allocation import allocate, free, shortened
from generators.lang.python import types as t
from generators.lang.python.circles import break_direct_circles, mark_recursive
from generators.lang.python.identifiers import LIMIT, module, pascal, snake
from generators.lang.python.literals import literal_type
from generators.lang.python.plans import AliasPlan, Field, ModelPlan, ModulePlan, Plan
from generators.lang.python.reserved import RESERVED_CLASSES, RESERVED_FIELDS
from generators.lang.shapes import Shapes, only_part
from generators.lang.unions import Variant, families, tag_of
from generators.lang.words import words
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generators.lang.python.types import PyType
    from specloom.model.schema import Schema

MAX_NESTING: Final = 30
MAX_INLINE: Final = 50_000
"""Objects without a name that get a class; ten times what the largest descriptions have."""

LONG_ENUM: Final = 8
"""Enumerations with more values than this get a name, so that no signature fills a page with them."""

_SCALARS: Final[Mapping[str, PyType]] = {"boolean": t.BOOL, "integer": t.INT, "number": t.FLOAT, "string": t.STR}
_FORMATS: Final[Mapping[str, PyType]] = {"date-time": t.DATETIME, "date": t.DATE}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a schema stands that has no name of its own.

    `module` is where a class for it would go; `names` are those of what is around it, the outermost first, and then its
    own; `sent` and `read` say which way its values travel.
    """

    module: str
    names: tuple[str, ...]
    sent: bool
    read: bool

    @property
    def nesting(self) -> int:
        """How many schemas are around this one."""
        return len(self.names) - 1

    @property
    def name(self) -> str:
        """The name that a class for it would get."""
        outer, *inner = self.names
        ends = (word[:1].upper() + word[1:] for suffix in inner for word in words(suffix))
        return shortened("".join((outer, *ends)), limit=LIMIT)

    def inner(self, suffix: str) -> Place:
        """Return the place of something inside."""
        return Place(self.module, (*self.names, suffix), self.sent, self.read)


class Planner:
    """Collects the models that a target needs, named schemas first, then those without a name as they are met.

    `sent` and `read` are the names of schemas that requests and answers reach.
    """

    def __init__(self, schemas: Mapping[str, Schema], *, sent: set[str], read: set[str]) -> None:
        self.shapes = Shapes(schemas)
        self.schemas = schemas
        self.modules: dict[str, ModulePlan] = {}
        self.plans: dict[str, Plan] = {}
        self.diagnostics: list[Diagnostic] = []
        self._sent, self._read = sent, read
        self._inline: dict[tuple[int, bool, bool], t.Ref] = {}
        wishes = {name: pascal(_without_domain(name)) for name in schemas}
        self._classes = allocate(wishes, reserved=RESERVED_CLASSES, suffix="Model", glue="")
        files = allocate({name: module(snake(name)) for name in self._classes.values()}, reserved=("__init__",))
        self._refs = {name: t.Ref(cls, files[cls]) for name, cls in self._classes.items()}
        self._taken = set(self._classes.values()) | RESERVED_CLASSES
        self._taken_modules = set(files.values())
        self._families = families(schemas, self.shapes)
        self._family_refs = {
            name: t.Ref(self._class_name(f"Any{self._refs[name].name}"), self._refs[name].module)
            for name in self._families
        }
        # Those that others extend come first, so that what is inside them gets their names.
        for name in sorted(schemas, key=lambda name: (bool(schemas[name].all_of), name)):
            self._plan_named(name, schemas[name])
        for name, ref in self._family_refs.items():
            self._plan_family(name, ref)
        self._settle_aliases()

    def new_module(self, wish: str) -> str:
        """Return a free name for a module of models that belong to `wish`."""
        name = free([module(wish)], self._taken_modules)
        self._taken_modules.add(name)
        return name

    def plan_of(self, ref: t.Ref) -> Plan:
        """Return what a reference stands for."""
        return self.plans[ref.name]

    def plan_of_schema(self, name: str) -> Plan:
        """Return the plan of what a reference to a named schema means."""
        return self.plans[self._family_refs.get(name, self._refs[name]).name]

    def type_of(self, schema: Schema, place: Place) -> PyType:
        """Return the type of the values of `schema`, planning classes for objects that have no name yet."""
        if place.nesting > MAX_NESTING:
            self._note("too-deep", f"{place.name} is nested too deeply to be typed; it accepts any value", schema)
            return t.ANY
        bare = self._bare(schema, place)
        return t.optional(bare) if schema.nullable else bare

    def _plan_named(self, name: str, schema: Schema) -> None:
        ref = self._refs[name]
        place = Place(ref.module, (ref.name,), name in self._sent, name in self._read)
        if self._is_model(schema):
            self._add_model(schema, place, ref.name, schema_name=name)
        else:
            tp = self.type_of(schema, place)
            doc = _doc(schema)
            self._add(ref.module, AliasPlan(name=ref.name, type=tp, doc=doc, schema=name))

    def _plan_family(self, name: str, ref: t.Ref) -> None:
        tag, members = self._families[name]
        tp = t.Tagged(tag, tuple((value, self._refs[member]) for value, member in members))
        doc = f"Whatever stands for `{self._refs[name].name}`: `{tag}` says which."
        self._add(ref.module, AliasPlan(name=ref.name, type=tp, doc=doc))

    def _is_model(self, schema: Schema) -> bool:
        return only_part(schema) is None and not schema.nullable and self.shapes.is_object(schema)

    def _settle_aliases(self) -> None:
        aliases = {plan.name: plan for plan in self.plans.values() if isinstance(plan, AliasPlan)}
        settled, broken = break_direct_circles(aliases)
        for name in broken:
            source = next((schema for schema, cls in self._classes.items() if cls == name), name)
            self._note("circular-schema", f"schema {source} refers to nothing but itself", self.schemas.get(source))
        homes = {plan.name: module.name for module in self.modules.values() for plan in module.plans}
        for name, plan in mark_recursive(settled, homes).items():
            self.plans[name] = plan
        for found in self.modules.values():
            found.plans = [self.plans[plan.name] for plan in found.plans]

    def _bare(self, schema: Schema, place: Place) -> PyType:
        part = only_part(schema)
        if part is None:
            return self._own(schema, place)
        if part.ref is not None and part is schema:
            return self._named(part.ref, schema)
        return self.type_of(part, place.inner(""))

    def _own(self, schema: Schema, place: Place) -> PyType:
        """Type a schema that does not merely stand for another one."""
        if schema.boolean is not None:
            return t.ANY
        flat = self.shapes.flat(schema)
        if flat.const is not ABSENT or flat.enum:
            return self._fixed(flat, place)
        if self.shapes.is_object(flat):
            return self._object(flat, place)
        if flat.one_of or flat.any_of:
            return self._union(flat, place)
        return self._by_types(flat, place)

    def _named(self, name: str, schema: Schema) -> PyType:
        if name not in self._refs:
            self._note("unresolved-ref", f"schema {name} does not exist; any value is accepted there", schema)
            return t.ANY
        if self.schemas[name].types == ("null",):
            return t.NONE
        return self._family_refs.get(name, self._refs[name])

    def _fixed(self, flat: Schema, place: Place) -> PyType:
        if flat.const is not ABSENT:
            return literal_type((flat.const,), is_open=False)
        values = flat.enum or ()
        tp = literal_type(values, is_open=True)
        if len(values) > LONG_ENUM and place.nesting and isinstance(tp, t.Union):
            return self._alias(tp, place, flat)
        return tp

    def _alias(self, tp: PyType, place: Place, schema: Schema) -> PyType:
        name = self._class_name(place.name)
        self._add(place.module, AliasPlan(name=name, type=tp, doc=_doc(schema)))
        return t.Ref(name, place.module)

    def _object(self, flat: Schema, place: Place) -> PyType:
        """Plan a class for an object without a name; one that is met again, through `allOf`, keeps its class."""
        key = (id(flat), place.sent, place.read)
        if key not in self._inline:
            if len(self._inline) >= MAX_INLINE:
                self._note("too-many-objects", f"{place.name} is one object too many; it accepts any value", flat)
                return t.ANY
            self._inline[key] = t.Ref(self._class_name(place.name), place.module)
            self._add_model(flat, place, self._inline[key].name)
        return self._inline[key]

    def _add_model(self, schema: Schema, place: Place, name: str, *, schema_name: str | None = None) -> None:
        index = self._add(place.module, ModelPlan(name=name, fields=(), doc=_doc(schema), schema=schema_name))
        plan = ModelPlan(name=name, fields=self.fields_of(schema, place), doc=_doc(schema), schema=schema_name)
        self.plans[name] = self.modules[place.module].plans[index] = plan

    def fields_of(self, schema: Schema, place: Place) -> tuple[Field, ...]:
        """Return the members of an object: required ones first, each half by name on the wire."""
        flat = self.shapes.flat(schema)
        properties = {wire: found for wire, found in self.shapes.properties(flat).items() if found.boolean is not False}
        names = allocate({wire: snake(wire) for wire in properties}, reserved=RESERVED_FIELDS)
        fields = [
            self._field(wire, properties[wire], names[wire], place=place, required=wire in flat.required)
            for wire in sorted(properties)
        ]
        return tuple(sorted(fields, key=lambda field: not field.required))

    def _field(self, wire: str, schema: Schema, name: str, *, place: Place, required: bool) -> Field:
        tp = self.type_of(schema, place.inner(wire))
        if required and isinstance(tp, t.Union) and len(fixed := self.shapes.fixed(schema)) == 1:
            tp = literal_type(fixed, is_open=False)
        one_way = (schema.read_only and place.sent) or (schema.write_only and place.read)
        return Field(
            name=name,
            wire=wire,
            type=tp,
            required=required and not one_way,
            doc=schema.description or "",
            schema=schema,
        )

    def _union(self, flat: Schema, place: Place) -> PyType:
        members = flat.one_of or flat.any_of
        tag, variants = tag_of(flat, members, self.shapes)
        types = [
            self.type_of(member, place.inner(self._variant_name(member, index, variants)))
            for index, member in enumerate(members)
        ]
        if tag is None or any(one == t.ANY or isinstance(one, t.Union) for one in types):
            return t.union(types)
        tagged = t.Tagged(tag, tuple((one.value, types[one.member]) for one in variants))
        return self._alias(tagged, place, flat) if place.nesting else tagged

    def _variant_name(self, member: Schema, index: int, variants: tuple[Variant, ...]) -> str:
        tags = [str(variant.value) for variant in variants if variant.member == index]
        return tags[0] if len(tags) == 1 else member.title or f"Variant{index + 1}"

    def _by_types(self, flat: Schema, place: Place) -> PyType:
        kinds = flat.types or _implied(flat)
        if len(kinds) == 1:
            return self._of_kind(kinds[0], flat, place)
        return t.union(self._of_kind(kind, flat, place) for kind in kinds) if kinds else t.ANY

    def _of_kind(self, kind: str, flat: Schema, place: Place) -> PyType:
        if kind == "null":
            return t.NONE
        if kind == "array":
            return self._array(flat, place)
        if kind == "object":
            return self._map(flat, place)
        if kind == "string":
            return _FORMATS.get(flat.format or "", t.STR)
        return _SCALARS.get(kind, t.ANY)

    def _array(self, flat: Schema, place: Place) -> PyType:
        items = self.type_of(flat.items, place.inner("Item")) if flat.items else None
        prefix = [
            self.type_of(one, place.inner(f"Item{index + 1}")) for index, one in enumerate(flat.rare.prefix_items)
        ]
        if not prefix:
            return t.list_of(items or t.ANY)
        closed = flat.items is not None and flat.items.boolean is False
        if closed or flat.limits.max_items == len(prefix):
            return t.Generic("tuple", tuple(prefix))
        return t.list_of(t.union([*prefix, items or t.ANY]))

    def _map(self, flat: Schema, place: Place) -> PyType:
        values = [*flat.rare.pattern_properties.values()]
        if flat.additional is not None and flat.additional.boolean is None:
            values.append(flat.additional)
        elif flat.additional is None and values:
            return t.dict_of(t.ANY)
        types = [self.type_of(value, place.inner("Value")) for value in values]
        return t.dict_of(t.union(types) if types else t.ANY)

    def _class_name(self, wish: str) -> str:
        name = free([wish], self._taken, glue="")
        self._taken.add(name)
        return name

    def _add(self, module_name: str, plan: Plan) -> int:
        plans = self.modules.setdefault(module_name, ModulePlan(module_name)).plans
        plans.append(plan)
        self.plans[plan.name] = plan
        return len(plans) - 1

    def _note(self, code: str, message: str, schema: Schema | None) -> None:
        self.diagnostics.append(Diagnostic(Level.WARNING, code, message, schema.span if schema else None))


def _without_domain(name: str) -> str:
    """Drop the reversed domain in front of names such as `io.k8s.api.core.v1.Pod`."""
    head, *rest = name.split(".")
    known = head in {"ai", "app", "cloud", "co", "com", "dev", "io", "net", "org"}
    return ".".join(rest[1:]) if known and len(rest) > 1 else name


def _doc(schema: Schema) -> str:
    return schema.description or schema.title or ""


def _implied(flat: Schema) -> tuple[str, ...]:
    if flat.items is not None or flat.rare.prefix_items:
        return ("array",)
    if flat.additional is not None or flat.rare.pattern_properties:
        return ("object",)
    return ("string",) if flat.format in _FORMATS else ()
