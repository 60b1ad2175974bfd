"""What the package's root offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


@pytest.mark.parametrize(("title", "client"), [("Page", "PageClient"), ("Not Found", "NotFoundClient"), ("Zoo", "Zoo")])
def test_clients_hide_nothing(
    sdk: Callable[..., ModuleType], document: Callable[..., Any], title: str, client: str
) -> None:
    """A client whose name the runtime needs gets another one; everything in `__all__` is there."""
    package = sdk(document({}, info={"title": title, "version": "1"}))
    assert {client, f"Async{client}", f"{client}Error", "Page", "NotFoundError"} <= set(package.__all__)
    assert all(hasattr(package, name) for name in package.__all__)
    assert issubclass(package.NotFoundError, getattr(package, f"{client}Error"))
