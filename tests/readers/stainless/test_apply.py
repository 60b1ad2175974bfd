"""A `stainless.yml` beside a description: names, pagination, idempotency header and packages."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers import Reading

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def operation(parameters: tuple[str, ...] = (), **answer: Json) -> Json:
    """Return an operation with these text parameters whose answer has these members."""
    schema = {"type": "object", "properties": answer}
    return {
        "parameters": [{"name": name, "in": "query", "schema": TEXT} for name in parameters],
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}},
    }


LIST: Json = {"type": "array", "items": {"type": "object", "properties": {"key": TEXT}}}
PATHS: Json = {
    "/status": {"get": operation(state=TEXT)},
    "/accounts": {"get": operation(("seek", "chunk"), rows=LIST, onward=TEXT), "post": operation()},
    "/accounts/{account_id}": {"get": operation()},
    "/accounts/{account_id}/friends": {"get": operation(("seek",), rows=LIST, onward=TEXT)},
    "/all": {"get": operation(rows=LIST, onward=TEXT)},
    "/half": {"get": operation(("seek", "chunk"), rows=LIST)},
    "/accounts/{account_id}/notes": {"get": operation(("cursor",), data=LIST, next_cursor=TEXT)},
}
CONFIG = """\
    organization:
      name: acme
    resources:
      $shared:
        models: {account: Account}
      $client:
        methods:
          status: get /status
      accounts:
        methods:
          list: get /accounts
          create:
            endpoint: post /accounts
            body_param_name: account
          retrieve: get /accounts/{accountId}
          old_retrieve: {type: alias, to: retrieve}
        subresources:
          friends:
            methods:
              list:
                endpoint: get /accounts/{account_id}/friends
                paginated: false
          notes:
            methods:
              list: get /accounts/{account_id}/notes
              purge: delete /accounts/{account_id}/notes
              odd: 7
    pagination:
      - name: onward_page
        type: cursor
        request:
          seek:
            type: string
            x-stainless-pagination-property: {purpose: next_cursor_param}
          chunk: {type: integer}
        response:
          rows: {type: array, items: {}}
          onward:
            type: string
            x-stainless-pagination-property: {purpose: next_cursor_field}
    client_settings:
      idempotency:
        header: Acme-Once
    targets:
      node: {package_name: "@acme/sdk"}
      python: {package_name: acme, project_name: acme-python}
      go: {package_name: acme-go, skip: true}
      java: {reverse_domain: com.acme.api}
    """


def read_beside(config: str, *, at: str = "stainless.yml", paths: Json = PATHS) -> Reading:
    """Read `api/api.json`, with `config` at this path of the repository."""
    root = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": paths}
    return read(FileTree({"api/api.json": json.dumps(root).encode(), at: dedent(config).encode()}), "api/api.json")


def test_resources_and_methods_are_the_owners_names() -> None:
    """Each endpoint has the resource path and method name of the file, whatever its parameters are called there."""
    reading = read_beside(CONFIG)
    names = {item.key: (item.naming.resource, item.naming.method) for item in reading.api.operations if item.naming}

    assert names == {
        "GET /status": ((), "status"),
        "GET /accounts": (("accounts",), "list"),
        "POST /accounts": (("accounts",), "create"),
        "GET /accounts/{account_id}": (("accounts",), "retrieve"),
        "GET /accounts/{account_id}/friends": (("accounts", "friends"), "list"),
        "GET /accounts/{account_id}/notes": (("accounts", "notes"), "list"),
    }
    create = next(item for item in reading.api.operations if item.key == "POST /accounts")
    assert create.naming is not None
    assert (create.naming.origin.path, create.naming.origin.start) == ("stainless.yml", 12)


def test_schemes_are_matched_to_the_operations_that_they_fit() -> None:
    """A scheme pages what has its parameters and fields; `paginated: false` pages nothing; the rest is structure's."""
    operations = {item.key: item.pagination for item in read_beside(CONFIG).api.operations}
    accounts = operations["GET /accounts"]
    notes = operations["GET /accounts/{account_id}/notes"]

    assert accounts is not None
    assert (accounts.style, accounts.request_param, accounts.next_path) == ("cursor", "seek", ("onward",))
    assert accounts.items_path == ("rows",)
    assert str(accounts.origin) == "stainless.yml:29"
    assert operations["GET /accounts/{account_id}/friends"] is None
    assert notes is not None
    assert notes.request_param == "cursor"
    assert [operations[key] for key in ("GET /status", "GET /all", "GET /half")] == [None, None, None]


def test_what_changes_something_takes_the_idempotency_header() -> None:
    """The header of the client settings is every changing operation's."""
    operations = {item.key: item.idempotency for item in read_beside(CONFIG).api.operations}

    assert operations["GET /accounts"] is None
    assert operations["POST /accounts"] is not None
    assert operations["POST /accounts"].header == "Acme-Once"
    assert str(operations["POST /accounts"].origin) == "stainless.yml:42"


def test_packages_are_named_as_registries_know_them() -> None:
    """Each target that is not skipped gives its package's name, under the language's name."""
    api = read_beside(CONFIG).api

    assert [(item.language, item.name) for item in api.packages] == [
        ("typescript", "@acme/sdk"),
        ("python", "acme-python"),
        ("java", "com.acme.api"),
    ]


def test_what_does_not_fit_is_said_with_its_line() -> None:
    """Endpoints that the description lacks and methods without one are diagnostics."""
    found = [str(item.span) for item in read_beside(CONFIG).diagnostics if item.code == "stainless-config"]

    assert sorted(found) == ["stainless.yml:26", "stainless.yml:27"]


def test_the_file_is_part_of_the_source() -> None:
    """A changed file is a changed source: it is listed, and the digest depends on it."""
    reading = read_beside(CONFIG)

    assert reading.api.source.files == ("api/api.json", "stainless.yml")
    assert reading.api.source.digest != read_beside(CONFIG.replace("Acme-Once", "Acme-Twice")).api.source.digest


@pytest.mark.parametrize(
    "path",
    ["api/stainless.yml", "api/.stainless/stainless.yml", ".stainless/stainless.yaml", "api/openapi.stainless.yml"],
)
def test_the_file_is_found_where_people_put_it(path: str) -> None:
    """The file may be beside the description, at the top, or in a folder of its own in either place."""
    assert read_beside(CONFIG, at=path).api.packages[0].origin.path == path


@pytest.mark.parametrize(
    ("scheme", "answer", "parameter", "expected"),
    [
        (
            "{type: cursor, request: {cursor: {}}, response: {data: {type: array}, next_cursor: {}}}",
            {"data": LIST, "next_cursor": TEXT},
            "cursor",
            ("cursor", "cursor", ("next_cursor",), None),
        ),
        (
            (
                "{type: cursor_id, request: {after: {}}, response: {data: {type: array, items: {properties: {key: "
                "{x-stainless-pagination-property: {purpose: cursor_item_id}}}}}}}"
            ),
            {"data": LIST},
            "after",
            ("cursor", "after", None, ("key",)),
        ),
        (
            "{type: cursor_url, request: {}, response: {data: {type: array}, paging: {properties: {next_url: {}}}}}",
            {"data": LIST, "paging": {"type": "object", "properties": {"next_url": TEXT}}},
            "x",
            ("link", None, ("paging", "next_url"), None),
        ),
        (
            "{type: offset, request: {offset: {}}, response: {data: {type: array}, total: {}}}",
            {"data": LIST, "total": NUMBER},
            "offset",
            ("offset", "offset", None, None),
        ),
        (
            "{type: page_number, request: {page: {}}, response: {data: {type: array}}}",
            {"data": LIST},
            "page",
            ("page", "page", None, None),
        ),
    ],
)
def test_every_type_of_scheme(
    scheme: str, answer: dict[str, Json], parameter: str, expected: tuple[str, Json, Json, Json]
) -> None:
    """Schemes say the same with marked purposes and, in older files, by names alone; one may stand without a list."""
    config = f"resources: {{}}\npagination:\n  - {scheme}\n"
    found = read_beside(config, paths={"/x": {"get": operation((parameter,), **answer)}}).api.operations[0].pagination

    assert found is not None
    assert (found.style, found.request_param, found.next_path, found.id_path) == expected
    assert found.items_path == ("data",)
    assert str(found.origin) == "stainless.yml:3"


def test_a_top_level_array() -> None:
    """A scheme whose list is the whole answer fits operations that answer with a list."""
    config = """\
        pagination:
          name: bare
          type: page_number
          request: {sheet: {x-stainless-pagination-property: {purpose: page_number_param}}}
          response:
            things: {type: array, x-stainless-pagination-property: {purpose: items, is_top_level_array: true}}
        """
    get = operation(("sheet",))
    get["responses"]["200"]["content"]["application/json"]["schema"] = LIST  # type: ignore[index,call-overload]
    found = read_beside(config, paths={"/x": {"get": get}}).api.operations[0].pagination

    assert found is not None
    assert (found.style, found.items_path) == ("page", ())


@pytest.mark.parametrize(
    "config",
    [
        "",
        "[]",
        "resources: 7",
        "resources: {a: 7, b: {methods: 7, subresources: []}}",
        "pagination: [7, {type: cursor}]",
        "pagination: {request: 7, response: [1]}",
        "targets: {python: 7}",
        "client_settings: {idempotency: {header: 7}}",
        "a: [",
        "a: &a [*a]",
        "resources: {a: {methods: {b: {endpoint: get}}}}",
    ],
)
def test_a_broken_file_costs_only_itself(config: str) -> None:
    """Whatever is in the file, the description is read."""
    reading = read_beside(config)

    assert len(reading.api.operations) == 8
    assert {item.level for item in reading.diagnostics} <= {"warning", "note"}


def test_a_wish_that_no_scheme_fits_is_said() -> None:
    """`paginated: true` without a scheme that fits is a diagnostic."""
    config = "resources: {a: {methods: {b: {endpoint: get /status, paginated: true}}}}"

    notes = [item.message for item in read_beside(config).diagnostics if item.code == "stainless-config"]

    assert ["said to be paginated" in note for note in notes] == [True]
