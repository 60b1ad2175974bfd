"""The demo, played as `make demo` plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from action.demo.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.e2e


def test_the_demo_shows_drift_a_surviving_hand_edit_and_a_real_answer(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """And playing it again works as well as the first time."""
    (tmp_path / "bookshop").mkdir()
    (tmp_path / "bookshop/left-over").write_text("from the last time")
    main(tmp_path)
    out, err = capfd.readouterr()
    for words in (
        "1 breaking",
        "facts found in the docs: auth, error format, idempotency, page size, pagination, rate limit",
        "def cheapest",
        "Middlemarch by George Eliot: 12.50 EUR",
        "NotFoundError: There is no book bk_99",
        "POST /v1/orders 503\n    POST /v1/orders 201",
    ):
        assert words in out
    assert "" == err
    assert (tmp_path / "bookshop/.git/specloom/report.html").is_file()
