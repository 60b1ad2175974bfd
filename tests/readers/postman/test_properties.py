"""What holds for every collection, however odd its names are."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.model.api import Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic

    Read = Callable[..., tuple[Api, tuple[Diagnostic, ...]]]

CODE = (
    '"); import os; os.system("x") #',
    '"""',
    "*/",
    "`${process.exit()}`",
    "{{7*7}}",
    "{% raw %}",
    "a\nb",
    "\\",
    "\u2028",
    "\r",
    "../../etc/passwd",
    "__proto__",
    "class",
    "None",
    "<script>",
    "' OR 1=1 --",
    "$(reboot)",
    "",
)
"""Text that is code somewhere."""

names = st.sampled_from(CODE) | st.text(max_size=6)
segments = st.sampled_from(["a", ":id", "{{id}}", "{id}", "v{{n}}", ":", "{", "}", "{{", ":a:b", "%7B"]) | names
urls = st.builds(
    lambda base, path, query: base + "/".join(path) + query,
    st.sampled_from(["https://a.io/", "{{base}}/", "http://a.io/", "b.io/", "/", ""]),
    st.lists(segments, max_size=4),
    st.sampled_from(["", "?a=1&b", "?{{q}}=1", "#x"]),
)
requests = st.builds(
    lambda name, method, url: {"name": name, "request": {"method": method, "url": url}},
    names,
    st.sampled_from(["GET", "post", "PURGE", ""]),
    urls,
)
items = st.recursive(
    requests,
    lambda inner: st.builds(lambda name, inner: {"name": name, "item": inner}, names, st.lists(inner, max_size=4)),
)
relaxed = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def count(item: dict[str, Any]) -> int:
    """Return how many requests there are in an item."""
    return 1 if "request" in item else sum(count(inner) for inner in item["item"])


@relaxed
@given(st.lists(items, max_size=6))
def test_every_request_is_in_one_operation(read: Read, tree: list[dict[str, Any]]) -> None:
    """No request is lost, none counts twice, and no two operations have one key."""
    api, _ = read(*tree)
    keys = Counter(operation.key for operation in api.operations)
    inside = [len(operation.extensions["x-postman-requests"]) for operation in api.operations]  # type: ignore[arg-type]

    assert sum(inside) == sum(count(item) for item in tree)
    assert set(keys.values()) <= {1}


@relaxed
@given(st.lists(items, max_size=6))
def test_path_templates_and_parameters_agree(read: Read, tree: list[dict[str, Any]]) -> None:
    """Each placeholder of a path has its required parameter, once, and no brace is left over."""
    api, _ = read(*tree)

    for operation in api.operations:
        placeholders = re.findall(r"\{([^{}]*)\}", operation.path)
        parameters = [item.name for item in operation.parameters if item.location is Location.PATH]
        assert placeholders == parameters
        assert len(set(parameters)) == len(parameters)
        assert operation.path.startswith("/")
        assert re.sub(r"\{[^{}]*\}", "", operation.path).count("{") == 0


@relaxed
@given(st.lists(items, max_size=4))
def test_reading_is_a_function(read: Read, tree: list[dict[str, Any]]) -> None:
    """The same collection gives the same model and the same diagnostics."""
    assert read(*tree) == read(*tree)


def test_names_that_are_code_stay_what_they_are(read: Read) -> None:
    """The model keeps names and texts verbatim; what they would be in a language is not its business."""
    tree = [
        {
            "name": f"folder {text}",
            "item": [
                {
                    "name": f"request {text}",
                    "request": {
                        "method": "POST",
                        "description": text,
                        "header": [{"key": f"X-{text}", "value": text}],
                        "url": {"host": ["a.io"], "path": [f"p{place}"], "query": [{"key": f"q{text}", "value": text}]},
                        "body": {"mode": "urlencoded", "urlencoded": [{"key": f"b{text}", "value": text}]},
                    },
                }
            ],
        }
        for place, text in enumerate(CODE)
    ]
    api, _ = read(*tree)

    assert [operation.summary for operation in api.operations] == [f"request {text}" for text in CODE]
    assert [tag.name for tag in api.tags] == [f"folder {text}" for text in CODE]
    for operation, text in zip(api.operations, CODE, strict=True):
        assert [item.name for item in operation.parameters] == [f"q{text}", f"X-{text}"]
        assert operation.description == (text.strip() or None)
        assert operation.request_body is not None
        assert operation.request_body.content[0].schema is not None
        assert list(operation.request_body.content[0].schema.properties) == [f"b{text}"]
