"""Every form in which documentation describes an endpoint leads to the same kind of operation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from specloom.facts.draft import draft
from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.model.passage import Document


def drafted(text: str, path: str = "docs/api.md") -> dict[str, Any]:
    """Return the draft of one page."""
    read = document(path, text.encode())
    assert isinstance(read, Document)
    return draft([read], infer([read])[0], "Kelp")


def keys(made: dict[str, Any]) -> list[str]:
    """Return the operations of a draft."""
    return [f"{method.upper()} {path}" for path, operations in made["paths"].items() for method in operations]


CASES = {
    found["name"]: (found["path"], found["text"], re.findall(r"^- `(.*)`$", found["keys"], re.MULTILINE))
    for found in re.finditer(
        r"^## (?P<name>[^\n]+)\n\n`````(?P<path>\S+)\n(?P<text>.*?)\n`````\n(?P<keys>(?:\n|- [^\n]*\n)*)",
        Path(__file__).with_name("forms.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}


@pytest.mark.parametrize(("path", "text", "expected"), CASES.values(), ids=CASES)
def test_endpoints_are_found_in_every_form(path: str, text: str, expected: list[str]) -> None:
    """Headings, tables, labels, sentences, directives and examples name endpoints; made-up paths and other's do not."""
    assert expected == keys(drafted(text, path))


def test_every_case_is_read() -> None:
    """The file of cases holds no section that is left out."""
    text = Path(__file__).with_name("forms.md").read_text("utf-8")
    assert len(CASES) == len(re.findall(r"^`````\w", text, re.MULTILINE))


REFERENCE = """# Kelp

The base URL is `https://api.kelp.dev/v2`.

## `GET /v2/organisations/{slug}/reefs`

Lists reefs.

## `GET /organisations/{slug}`

```bash
curl https://api.kelp.dev/v2/organisations/acme
```

## Elsewhere

```bash
curl https://api.kelp.dev/v2/organisations/acme/reefs?depth=3
```

`DELETE /organisations/{id}` removes one.
"""


def test_examples_are_examples_of_the_templates_that_they_fill_in() -> None:
    """Values stand for variables, the server's path is no part of a path, and one path has one name for a variable."""
    made = drafted(REFERENCE)
    assert ["GET /organisations/{slug}/reefs", "GET /organisations/{slug}", "DELETE /organisations/{slug}"] == keys(
        made
    )
    assert ["depth"] == [one["name"] for one in made["paths"]["/organisations/{slug}/reefs"]["get"]["parameters"][1:]]
    assert "https://api.kelp.dev/v2" == made["servers"][0]["url"]


PARAMETERS = """# API

## `POST /reefs/:id/dives`

| Name | In | Type | Required | Description |
|---|---|---|:--:|---|
| id | path | integer | Yes | The reef. |
| dry_run | query | boolean | | Only try. Default: `false`. |
| X-Trace | header | string | No | An id of yours. |
| depth | body | integer | ✓ | Number of metres, default 10, at most 40. |
| kind | body | string | | One of `scuba`, `free`. Defaults to `free`. |
| tags[] | body | string | | Labels. |
| site.name | body | string | | List of names is elsewhere. |
"""


def test_parameters_have_their_place_type_and_bounds() -> None:
    """Columns say where a parameter travels, whether it is required and of what type; words in a sentence do not."""
    operation = drafted(PARAMETERS)["paths"]["/reefs/{id}/dives"]["post"]
    assert [
        ("id", "path", True, "integer"),
        ("dry_run", "query", None, "boolean"),
        ("X-Trace", "header", None, "string"),
    ] == [(one["name"], one["in"], one.get("required"), one["schema"]["type"]) for one in operation["parameters"]]
    assert operation["parameters"][1]["schema"]["default"] is False
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert ["depth"] == schema["required"]
    depth, kind, tags, site = (schema["properties"][name] for name in ("depth", "kind", "tags", "site"))
    assert ("integer", 10, 40) == (depth["type"], depth["default"], depth["maximum"])
    assert (["scuba", "free"], "free") == (kind["enum"], kind["default"])
    assert ("array", {"type": "string"}) == (tags["type"], tags["items"])
    assert "string" == site["properties"]["name"]["type"]


ITEMS = """# API

## Vote

```http
POST /polls/:id/votes HTTP/1.1
```

#### Request

##### Path parameters

:id
: {{<required>}} String. The poll.

##### Form data parameters

choices[]
: {{<required>}} Array of Integer. Your own.

##### Headers

Authorization
: {{<required>}} Your token.

#### Response
##### 200: OK

Voted.

```json
{"id": "1", "voted": true}
```

##### 404: Not found

No such poll.

```json
{"error": "Record not found"}
```
"""


def test_definition_lists_and_headings_of_statuses_are_read() -> None:
    """A term is a parameter of its section; a heading such as `404: Not found` is a status with its example."""
    operation = drafted(ITEMS)["paths"]["/polls/{id}/votes"]["post"]
    assert [("id", "path")] == [(one["name"], one["in"]) for one in operation["parameters"]]
    form = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert (["choices"], "array") == (form["required"], form["properties"]["choices"]["type"])
    assert {"200": "Voted.", "404": "No such poll."} == {
        s: one["description"] for s, one in operation["responses"].items()
    }
    assert ["error"] == list(operation["responses"]["404"]["content"]["application/json"]["schema"]["properties"])


HTTP_DOMAIN = """Reefs
=====

.. http:post:: /reefs/(int:reef_id)/dives

   Adds a dive.

   **Example request**:

   .. sourcecode:: http

      POST /reefs/7/dives HTTP/1.1
      Host: kelp.dev

      {"depth": 3}

   **Example response**:

   .. sourcecode:: http

      HTTP/1.1 201 Created

      {"id": 1, "depth": 3}

   :param reef_id: The reef
   :query boolean notify: Tell others
   :reqheader X-Trace: An id
   :<json integer depth: Metres
   :>json integer id: What it is called
   :statuscode 201: no error
   :statuscode 404: there is no such reef
"""


def test_fields_of_sphinx_directives_are_read() -> None:
    """The request's example is the body, the answer's the response, and each field goes where its name says."""
    operation = drafted(HTTP_DOMAIN, "api.rst")["paths"]["/reefs/{reef_id}/dives"]["post"]
    assert [("reef_id", "path", "integer"), ("notify", "query", "boolean"), ("X-Trace", "header", None)] == [
        (one["name"], one["in"], one["schema"].get("type")) for one in operation["parameters"]
    ]
    body = operation["requestBody"]["content"]["application/json"]
    assert {"depth": 3} == body["example"]
    assert {"depth"} == set(body["schema"]["properties"])
    assert ["201", "404"] == list(operation["responses"])
    assert "there is no such reef" == operation["responses"]["404"]["description"]
    assert {"id", "depth"} == set(operation["responses"]["201"]["content"]["application/json"]["schema"]["properties"])


def test_several_examples_of_one_answer_make_one_schema() -> None:
    """What only some examples have is not required."""
    made = drafted(
        '# A\n\n## `GET /reefs`\n\n### Response\n\n```json\n{"a": 1}\n```\n\nOr:\n\n```json\n{"a": null, "b": 2}\n```\n'
    )
    schema = made["paths"]["/reefs"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert (["a"], ["integer", "null"]) == (schema["required"], schema["properties"]["a"]["type"])


def test_what_has_no_form_in_a_description_is_left_out() -> None:
    """Neither a key in the body nor the host that signs users in is written down."""
    made = drafted(
        "# Access\n\n* OAuth base URL: https://connect.kelp.dev\n* API base URL: https://api.kelp.dev\n\n"
        "# Authentication\n\nInclude your key as the `api_key` field in the JSON body of every request.\n\n"
        "# Reefs\n\n`GET /reefs` lists reefs.\n"
    )
    assert ["https://api.kelp.dev"] == [server["url"] for server in made["servers"]]
    assert "body" not in str(made.get("components", {}).get("securitySchemes", {}))
