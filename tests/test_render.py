"""The one Jinja environment: nothing unquoted is printed."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from specloom.render import Code, UnquotedError, environment, verbatim


def _print(template: str, **values: object) -> str:
    return environment({"quoted": lambda text: Code(f"<{text}>")}).from_string(template).render(**values)


def test_text_must_pass_a_filter() -> None:
    """A plain string raises; quoted, it is printed."""
    with pytest.raises(UnquotedError):
        _print("{{ name }}", name="rm -rf")
    assert _print("{{ name | quoted }}", name="x") == "<x>"


def test_code_and_integers_are_printed_as_they_are() -> None:
    """Nothing is escaped behind the author's back."""
    assert _print("{{ code }} {{ number }}", code=Code("a < b"), number=3) == "a < b 3"


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"], ("a",)])
def test_other_values_are_refused(value: object) -> None:
    """What has no single way to be written is the view's business."""
    with pytest.raises(UnquotedError):
        _print("{{ value }}", value=value)


def test_a_missing_name_is_an_error() -> None:
    """A typing mistake in a template does not print nothing."""
    with pytest.raises(UndefinedError):
        _print("{{ nope }}")


def test_verbatim_files_are_found_and_caches_are_not() -> None:
    """The runtime of the Python SDK is copied as it stands."""
    found = verbatim("sdk/python/_core")
    assert "model.py" in found
    assert not [path for path in found if path.endswith(".pyc")]
