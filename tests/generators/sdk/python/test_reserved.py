"""The lists of names that generated code must not use are complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generators.lang.python.reserved import RESERVED_CLASSES as MODEL_CLASSES
from generators.lang.python.reserved import RESERVED_FIELDS
from generators.sdk.python.arguments import RESERVED
from generators.sdk.python.imports import IN_MODELS
from generators.sdk.python.resources import RESERVED_CLASSES, RESERVED_GROUPS
from generators.sdk.python.security import TAKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


def _public(names: object) -> set[str]:
    return {name for name in dir(names) if not name.startswith("_")}


def test_names_of_the_runtime_are_reserved(
    sdk: Callable[..., ModuleType], document: Callable[..., dict[str, Any]]
) -> None:
    """Attributes of clients, fields of models, options of calls and settings of clients."""
    core = __import__(f"{sdk(document({})).__name__}._core", fromlist=["x"])
    assert _public(core.SyncClient) | _public(core.AsyncClient) <= RESERVED_GROUPS
    assert _public(core.Model) <= RESERVED_FIELDS
    assert set(core.RequestOptions.__annotations__) <= RESERVED
    assert set(core.SyncSettings.__annotations__) | set(core.AsyncSettings.__annotations__) <= TAKEN


def test_what_modules_import_is_no_name_for_a_class() -> None:
    """A schema or a group that bears such a name gets another one."""
    assert {name for name in IN_MODELS if name[0].isupper()} <= MODEL_CLASSES
    assert {"Endpoint", "Page", "Stream", "Resource", "Mapping", "Literal"} <= RESERVED_CLASSES


def test_members_and_schemas_with_such_names_work(
    sdk: Callable[..., ModuleType], document: Callable[..., dict[str, Any]]
) -> None:
    """One schema for each reserved class, one member for each reserved field."""
    fields = {
        name: {"type": "string", "format": "date"}
        for name in sorted(RESERVED_FIELDS | {"date", "list", "int", "str", "builtins"})
    }
    schemas = {name: {"type": "object", "properties": fields} for name in sorted(MODEL_CLASSES | RESERVED_CLASSES)}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Endpoint"}}}
    body = {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {name: {} for name in sorted(RESERVED | {"dt", "builtins", "path"})},
                }
            }
        },
    }
    paths = {
        f"/{name}": {
            "post": {
                "tags": [name],
                "operationId": name,
                "requestBody": body,
                "responses": {"200": {"description": "", "content": content}},
            }
        }
        for name in sorted(RESERVED_GROUPS | RESERVED_CLASSES)
    }
    package = sdk(document(paths, schemas))
    for name in dir(package.models):
        model = getattr(package.models, name)
        if isinstance(model, type):
            model.model_validate({"date": "2026-01-31", "json": "2026-01-31"})
    assert package.models.Endpoint.model_validate({"json": "2026-01-31"}).json_.year == 2026


def test_a_group_called_async_hides_neither_the_base_classes_nor_another_group(
    sdk: Callable[..., ModuleType], document: Callable[..., dict[str, Any]]
) -> None:
    """`Async` in front of a name is what the asynchronous twins have."""
    groups = ["async", "async resource", "async pets", "pets"]
    paths = {
        f"/{number}": {"get": {"tags": [name], "operationId": "look", "responses": {"204": {"description": ""}}}}
        for number, name in enumerate(groups)
    }
    package = sdk(document(paths))
    client, twin = package.Zoo(), package.AsyncZoo()
    for name in ("async_", "async_resource", "async_pets", "pets"):
        plain, other = type(getattr(client, name)), type(getattr(twin, name))
        assert issubclass(plain, package._core.Resource)  # noqa: SLF001 -- ours
        assert issubclass(other, package._core.AsyncResource)  # noqa: SLF001 -- ours
        assert (plain.__name__, hasattr(plain, "look")) == (other.__name__.removeprefix("Async"), True)
