"""Docs without a description become one that our own reader reads, every element with its lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from specloom import readers
from specloom.facts.draft import CITATIONS, draft
from specloom.facts.draft.sample import sample, schema_of
from specloom.facts.draft.writing import written
from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.model.api import Api, Location
from specloom.model.files import FileTree
from specloom.model.passage import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOCS = """# Harbourline API

## Base URL
All requests are made to `https://api.harbourline.dev/v1`.

## Authentication
Send your key in the `X-Api-Key` header of every request.

## List ships

`GET /ships`

| Parameter | Type | Description |
|---|---|---|
| `limit` | integer | How many ships to return, default 20, at most 100 |
| `flag` | string | Required. The flag a ship sails under |

### Response

```json
{"data": [{"id": 7, "name": "Aurora", "built": "1999-05-01", "docked": null},
 {"id": 8, "name": "Borea", "built": "2001-01-31", "docked": null, "masts": 2}], "next": null}
```

## Add a ship

`POST /ships`

### Body

| Field | Type | Description |
|---|---|---|
| `name` | string | The name, required |

```json
{"name": "Aurora", "masts": 3}
```

### Response 201

```json
{"id": 8}
```

| Status | Meaning |
|---|---|
| 409 | There is such a ship |

## Read a ship

```bash
curl https://api.harbourline.dev/v1/ships/17 -H "X-Api-Key: KEY"
```
"""


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """Return the draft of the docs above."""
    read = document("docs/api.md", DOCS.encode())
    assert isinstance(read, Document)
    return draft([read], infer([read])[0], "Harbourline")


@pytest.fixture(scope="module")
def api(made: dict[str, Any]) -> Api:
    """Return what our own reader makes of the draft."""
    reading = readers.read(FileTree({"draft.json": json.dumps(made).encode()}), "draft.json")
    assert () == reading.diagnostics
    return reading.api


def test_every_endpoint_becomes_an_operation(api: Api) -> None:
    """Endpoints come from text and from example calls; an id in a call is a variable, the server's path no part."""
    assert {"GET /ships", "POST /ships", "GET /ships/{id}"} == {operation.key for operation in api.operations}


def test_parameters_come_from_tables(api: Api) -> None:
    """Names, types, bounds and what is required are read from the table."""
    operation = next(one for one in api.operations if one.key == "GET /ships")
    limit, flag = operation.parameters
    assert ("limit", Location.QUERY, ("integer",), 20, 100) == (
        limit.name, limit.location, limit.schema.types, limit.schema.default, limit.schema.limits.maximum,
    )  # fmt: skip
    assert ("flag", True) == (flag.name, flag.required)


def test_examples_become_schemas(made: dict[str, Any]) -> None:
    """A sample gives types, formats, what is always there, and what may be null."""
    listed = made["paths"]["/ships"]["get"]["responses"]["200"]["content"]["application/json"]
    ship = listed["schema"]["properties"]["data"]["items"]
    assert {"type": "string", "format": "date"} == ship["properties"]["built"]
    assert {} == ship["properties"]["docked"]
    assert ["id", "name", "built", "docked"] == ship["required"]
    body = made["paths"]["/ships"]["post"]["requestBody"]["content"]["application/json"]
    assert ["name"] == body["schema"]["required"]
    assert {"name", "masts"} == set(body["schema"]["properties"])


def test_statuses_come_from_headings_and_tables(made: dict[str, Any]) -> None:
    """The heading of an example, and a table of statuses, say what comes back."""
    responses = made["paths"]["/ships"]["post"]["responses"]
    assert ["201", "409"] == list(responses)
    assert "There is such a ship" == responses["409"]["description"]


def test_servers_and_security_come_from_facts(api: Api) -> None:
    """What was inferred with proof stands in the draft."""
    assert ["https://api.harbourline.dev/v1"] == [server.url for server in api.servers]
    assert [("apiKey", "X-Api-Key")] == [(one.type, one.parameter) for one in api.security_schemes]


def cited(node: object) -> Iterator[Mapping[str, Any]]:
    """Yield every citation in a draft."""
    if isinstance(node, dict):
        yield from node.get(CITATIONS, ())
        for child in node.values():
            yield from cited(child)
    elif isinstance(node, list):
        for child in node:
            yield from cited(child)


def test_every_element_is_cited_verbatim(made: dict[str, Any]) -> None:
    """Each quote stands in the cited lines, and operations, parameters, servers and schemes all have one."""
    found = list(cited(made))
    lines = DOCS.split("\n")
    for one in found:
        assert one["quote"] in "\n".join(lines[one["line_start"] - 1 : one["line_end"]])
    for path in made["paths"].values():
        for operation in path.values():
            assert operation[CITATIONS]
            assert all(parameter[CITATIONS] for parameter in operation.get("parameters", ()))
    assert made["servers"][0][CITATIONS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, ...}', {"a": 1}),
        ('[{"a": 1}, …]', [{"a": 1}]),
        ('{"a": 1, // why\n "b": 2}', {"a": 1, "b": 2}),
        ("no json here", None),
        ('{"a": ', None),
        ("[" * 100_000, None),
    ],
)
def test_samples_are_read_as_people_write_them(text: str, expected: object) -> None:
    """Left-out parts and comments are forgiven; what is no JSON is no sample."""
    assert expected == sample(text)


def test_what_only_some_items_have_is_not_required() -> None:
    """Several items of a list share one schema."""
    made = schema_of([[{"a": 1}, {"a": 2.5, "b": None}]])
    assert {"type": "number"} == made["items"]["properties"]["a"]
    assert ["a"] == made["items"]["required"]


def drafted(text: str) -> dict[str, Any]:
    """Return the draft of one page."""
    read = document("docs/api.md", text.encode())
    assert isinstance(read, Document)
    return draft([read], infer([read])[0], "Kelp")


def bare(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a part of a draft without its citations."""
    if isinstance(node, dict):
        return {key: bare(part) for key, part in node.items() if key != CITATIONS}
    return [bare(part) for part in node] if isinstance(node, list) else node


def test_a_variable_is_known_as_its_path_writes_it() -> None:
    """`:reef` in a column of names is the path's variable, and the type beside it is no name."""
    for name in ("`:reef`", "`{reef}`"):
        made = drafted(
            "# Kelp\n\n## Cut the kelp of a reef {#cut-kelp}\n\n~~~\nPUT /reefs/:reef/cut\n~~~\n\n### Parameters\n\n"
            f"Name | Type | Description\n---|---|---\n{name} | `integer` | The number of the reef\n"
        )
        operation = made["paths"]["/reefs/{reef}/cut"]["put"]
        assert "Cut the kelp of a reef" == operation["summary"]
        expected = {"name": "reef", "in": "path", "required": True, "description": "The number of the reef"}
        assert [{**expected, "schema": {"type": "integer"}}] == bare(operation["parameters"])
        assert "requestBody" not in operation


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("Responds with HTTP 204 on success.", ["204"]),
        ("This call will return `201 Created` with the reef.", ["201"]),
        ("If the reef is hidden, returns 404 Not Found.", ["404"]),
        ("Wrong values return a status code 422.", ["422"]),
        ("Returns 200 reefs at most.", ["default"]),
        ("The webhook is tried until your server responds with HTTP 200.", ["default"]),
    ],
)
def test_statuses_are_read_in_sentences(sentence: str, statuses: list[str]) -> None:
    """A number is a status by its mark or its name, and only where the API is who answers."""
    made = drafted(f"# Kelp\n\n## Add a reef\n\n`POST /reefs`\n\nAdds a reef to the bay.\n\n{sentence}\n")
    assert statuses == list(made["paths"]["/reefs"]["post"]["responses"])


def test_lists_under_a_line_that_leads_them_in_are_fields() -> None:
    """What is required may stand in that very line; a description need not repeat the call or the type."""
    operation = drafted(
        "# Kelp\n\n## Add a reef\n\n`POST /reefs`\n\nAdds a reef to the bay.\n\n"
        "**Required parameters**: `name` of the reef.\n\n"
        "_Optional parameters_:\n\n* `depth` `(integer: 3)` - in metres.\n* `tags` (array<string>) - words for it.\n"
        "* `bay` - the bay. Specified as part of the URL as a query parameter.\n\n"
        '###### Example request\n\n```json\n{"name": "Fen"}\n```\n'
    )["paths"]["/reefs"]["post"]
    schema = bare(operation["requestBody"]["content"]["application/json"]["schema"])
    assert "Adds a reef to the bay." == operation["description"]
    assert ["name"] == schema["required"]
    assert {"type": "integer", "description": "in metres."} == schema["properties"]["depth"]
    assert "array" == schema["properties"]["tags"]["type"]
    assert {"name": "bay", "in": "query"}.items() <= operation["parameters"][0].items()


def test_examples_of_a_section_with_several_calls_are_of_none() -> None:
    """Nobody can tell which call they show."""
    made = drafted(
        "# Reefs\n\n```\nGET /reefs\n```\n\nLists them.\n\n```\nDELETE /reefs/{id}\n```\n\nTakes one away.\n\n"
        '## Example\n\nList all reefs.\n\n```json\n{"items": []}\n```\n'
    )
    assert ["default"] == list(made["paths"]["/reefs/{id}"]["delete"]["responses"])


def test_a_schema_of_which_only_the_name_is_known_is_still_one() -> None:
    """In YAML a citation is a comment, which alone would leave nothing."""
    made = drafted(
        "# Kelp\n\n## Add\n\n`POST /reefs`\n\n### Body parameters\n\n| Name | Note |\n|---|---|\n| `tag` | |\n"
    )
    text = written(made, "a.yaml").decode()
    body = yaml.safe_load(text)["paths"]["/reefs"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert isinstance(body["properties"]["tag"], dict)


def test_names_of_files_stay_on_their_line() -> None:
    """A line break in one must not end the comment that cites it."""
    read = document("docs/a\nb.md", DOCS.encode())
    assert isinstance(read, Document)
    text = written(draft([read], infer([read])[0], "Kelp"), "a.yaml").decode()
    assert "/ships" in yaml.safe_load(text)["paths"]
    assert "docs/a?b.md:" in text


def test_a_component_may_have_the_method_and_hold_the_path() -> None:
    """And names with a question mark are those of what may be left out."""
    text = (
        "# Reefs\n\n## List the kelp of a reef\n"
        '<Route method="GET">/reefs/[\\{reef.id\\}](/docs/reef#object)/kelp</Route>\n\nLists what grows there.\n\n'
        "###### Query string params\n\n| Field | Type | Description |\n|---|---|---|\n"
        "| after? | snowflake | Kelp after this one |\n| limit? | integer | How much (1-100) |\n"
    )
    read = document("docs/api.mdx", text.encode())
    assert isinstance(read, Document)
    made = draft([read], infer([read])[0], "Kelp")
    assert ["/reefs/{reef_id}/kelp"] == list(made["paths"])
    names = [one["name"] for one in made["paths"]["/reefs/{reef_id}/kelp"]["get"]["parameters"]]
    assert ["reef_id", "after", "limit"] == names


def test_options_of_a_directive_are_no_part_of_its_path() -> None:
    """What it is for becomes its description; headers that OpenAPI says elsewhere are no parameters."""
    text = (
        "Reefs\n=====\n\n.. http:post:: /{bay}/_cut\n    :synopsis: Cuts all the kelp\n               of a bay\n\n"
        "    Takes a while.\n\n    :param bay: Name of the bay\n    :<header Accept: text\n"
        "    :<header X-Knife: Which one\n    :code 202: Begun\n"
    )
    read = document("docs/api.rst", text.encode())
    assert isinstance(read, Document)
    operation = draft([read], infer([read])[0], "Kelp")["paths"]["/{bay}/_cut"]["post"]
    assert "Cuts all the kelp of a bay" == operation["summary"]
    assert ["bay", "X-Knife"] == [one["name"] for one in operation["parameters"]]
    assert ["202"] == list(operation["responses"])


def test_what_a_call_is_compared_with_is_no_call_of_this_api() -> None:
    """Unless it is described itself."""
    made = drafted(
        "# Notices\n\n```\nPUT /notices/{txn}\n```\n\nSends a notice. A repeated one is ignored in the same way as with"
        " `PUT\n/elsewhere/rooms/{room}/send/{txn}`.\n"
    )
    assert ["/notices/{txn}"] == list(made["paths"])
