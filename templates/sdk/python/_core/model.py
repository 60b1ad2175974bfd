"""The base of all models: keeps what it does not know, sends only what was set, and is built when first used."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, PrivateAttr

from .references import import_references

if TYPE_CHECKING:
    from collections.abc import Mapping


FROM_SERVER: Final = {"from": "server"}
"""The validation context of answers: what they leave out was left out."""


class Origin:
    """The call that a model came from. It makes no difference for what the model is equal to."""

    def __init__(self, request_id: str | None) -> None:
        self.request_id = request_id

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Origin)

    def __hash__(self) -> int:
        return hash(Origin)


class Model(BaseModel):
    """A JSON object of the API.

    Members that the description does not know are kept (`model_extra`). `model_fields_set` tells members that were
    given from those that were left out, and only the former are sent.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        defer_build=True,
        populate_by_name=True,
        protected_namespaces=(),
        arbitrary_types_allowed=True,
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )

    def model_post_init(self, context: Any, /) -> None:
        """Count the constants of a new object as set, so that they are sent although nobody gave them."""
        if context is not FROM_SERVER:
            self.__pydantic_fields_set__.update(_constants(type(self)))

    _origin: Origin | None = PrivateAttr(default=None)

    @classmethod
    def model_rebuild(
        cls,
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Mapping[str, Any] | None = None,
    ) -> bool | None:
        """Import the models that this one refers to, then build it (pydantic calls this on first use)."""
        import_references(cls)
        return super().model_rebuild(
            force=force, raise_errors=raise_errors, _parent_namespace_depth=0, _types_namespace=_types_namespace
        )

    def to_dict(self) -> dict[str, Any]:
        """Return what would be sent: set members only, under their names on the wire, as JSON values."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)


@cache
def _constants(model: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields with a default of their own; what is merely optional has None."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if not field.is_required() and field.get_default(call_default_factory=False) is not None
    )


def request_id(result: object) -> str | None:
    """Return the id that the server gave to the request which led to `result`, for bug reports."""
    origin = getattr(result, "_origin", None)
    return origin.request_id if isinstance(origin, Origin) else None
