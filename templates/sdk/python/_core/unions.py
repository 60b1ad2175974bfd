"""Unions that survive variants which are newer than this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, RootModel
from pydantic_core import core_schema

from .shapes import is_mapping

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_UNKNOWN: Final = -1
_BEST_FIT: Final = -2


class Unknown(RootModel[Any]):
    """A variant that this version of the package does not know; `raw` is the value as the server sent it."""

    @property
    def raw(self) -> Any:
        """The value as the server sent it."""
        return self.root


@dataclass(frozen=True, eq=False)
class Discriminated:
    """Marks a union: the member `tag` (name on the wire) of the value says which variant it is.

    A value with a tag that is not in `variants` becomes `Unknown`; one with no tag becomes the variant that fits best.
    """

    tag: str
    variants: Mapping[Any, Any]

    def choose(self, value: object) -> int:
        """Return the index of the variant of `value`, which is a JSON object or a model."""
        if isinstance(value, Unknown):
            return _UNKNOWN
        if isinstance(value, BaseModel):
            return self._index_of_class(type(value))
        if not is_mapping(value) or self.tag not in value:
            return _BEST_FIT
        given: object = value[self.tag]
        for index, tag in enumerate(self.variants):
            if given == tag or str(given) == str(tag):
                return index
        return _UNKNOWN

    def variant(self, value: object) -> Any:
        """Return the type of the variant of `value`, or None where its tag says nothing."""
        index = self.choose(value)
        return list(self.variants.values())[index] if index >= 0 else None

    def _index_of_class(self, cls: type) -> int:
        for index, variant in enumerate(self.variants.values()):
            if isinstance(variant, type) and issubclass(cls, variant):
                return index
        return _BEST_FIT

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        choices = {index: handler.generate_schema(variant) for index, variant in enumerate(self.variants.values())}
        best_fit = core_schema.union_schema(list(choices.values()))
        return core_schema.tagged_union_schema(
            {**choices, _UNKNOWN: handler.generate_schema(Unknown), _BEST_FIT: best_fit}, discriminator=self.choose
        )
