"""The version of an API is read from everything that looks like one, where no words state it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.facts.evidence import Evidence
from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.facts.ranking.versioning import RANKER, corrected
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

if TYPE_CHECKING:
    from specloom.facts.ranking.proposal import Proposal
    from specloom.model.source import Json


def _read(text: str) -> Document:
    made = document("docs/index.md", text.encode())
    assert isinstance(made, Document)
    return made


def _proposed(text: str) -> list[Proposal]:
    read = [_read(text)]
    return list(RANKER.propose(Evidence(documents=tuple(read), whose=ownership(read))))


def _found(text: str) -> list[dict[str, Json]]:
    inferences, _ = infer([_read(text)])
    return [dict(made.value) for made in inferences if made.fact_kind == "versioning"]


CALLS = """\
# Ships

```
curl https://fleet.gullyard.net/api/3/ships/7
```

## GET /api/3/quays

Lists the quays.
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("`GET /yard/v2/ships`", {"style": "path", "current": "v2"}),
        ("`GET https://gullyard.net/restapiv2/ships`", {"style": "path", "current": "v2"}),
        ("`GET https://v3.gullyard.net/ships`", {"style": "path", "current": "v3"}),
        ("`GET https://gullyard.net/2024-11-01/ships`", {"style": "path", "current": "2024-11-01"}),
        ("`GET /yard/v2_1/ships`", {"style": "path", "current": "v2_1"}),
        ("`GET {{base}}/v2/ships`", {"style": "path", "current": "v2"}),
        ("`$YARD_URL/v2/ships`", {"style": "path", "current": "v2"}),
        (
            "Versions: `GET /ships?_yard_api_version=7`",
            {"style": "query", "param": "_yard_api_version", "current": "7"},
        ),
        ("Set the `Yard-Version` header to `7.1`.", {"style": "header", "header": "Yard-Version", "current": "7.1"}),
        (
            "The version stands in `Accept: application/vnd.yard.20240401+json`.",
            {"style": "header", "header": "Accept", "current": "20240401", "in": "media_type"},
        ),
        ("`/ships?api-version=4.2`", {"style": "query", "param": "api-version", "current": "4.2"}),
        (
            "| Name | Kind | Value |\n|-|-|-|\n| `api_version` | text | 1.4 |",
            {"style": "query", "param": "api_version", "current": "1.4"},
        ),
    ],
)
def test_every_way_to_carry_a_version_is_proposed(text: str, value: dict[str, Json]) -> None:
    """Paths, hosts, headers, media types, queries and parameters, each with its version."""
    assert value in [one.value for one in _proposed(f"# Use\n\n{text}\n")]


@pytest.mark.parametrize(
    "text",
    [
        "`GET /9/ships`",
        "`/charts/v1/coast.png`",
        "Send `X-Plugin-Version: 2.1`.",
        "Ships are sent as `application/vnd.yard.ship.v1+json`.",
        "`https://films.net/watch?v=abc`",
        "`POST /v1/oauth/token`",
        "There are two common approaches to versioning:\n\n* `/v1/ships`\n* `Accept-Version: v1`",
    ],
)
def test_what_is_no_version_of_the_api_is_not_proposed(text: str) -> None:
    """A lone number, a file, a plugin, a format, a film, where tokens are given, and advice."""
    assert not _proposed(f"# {'Versioning' if 'common' in text else 'Use'}\n\n{text}\n")


def test_features_count_paths_with_and_without_the_version() -> None:
    """A share of all paths, and whether a bare number follows a part that is called after an API."""
    (one,) = _proposed(CALLS + "\n`GET /health`\n")
    assert {"style": "path", "current": "3"} == one.value
    assert one.features["share_of_paths"] == pytest.approx(2 / 3)
    assert (1.0, 1.0, 0.0) == (
        one.features["number_behind_api"],
        one.features["share_of_versions"],
        one.features["lettered"],
    )


def test_what_says_the_version_is_cited_first() -> None:
    """The sentence, then the calls."""
    text = "# Use\n\n`GET /yard/v2/ships`\n\n# About\n\nThe current version of the API is 2.\n"
    assert 7 == _proposed(text)[0].places[0].start


def test_two_versions_that_are_shown_alike_name_none_as_current() -> None:
    """The way is plain, which one is current is not."""
    proposed = _proposed("# Use\n\n`GET /yard/v2/ships`\n\n`GET /yard/v3/quays`\n")
    assert [{"style": "path"}, {"style": "path"}] == [one.value for one in proposed]


def test_a_version_that_only_calls_show_is_found() -> None:
    """No word for a version, and no base that is called one."""
    assert [{"style": "path", "current": "3"}] == _found(CALLS)


def test_the_version_of_another_vendor_is_none() -> None:
    """Our calls carry none; a link to somebody else's does."""
    text = (
        "# Ships\n\n```\ncurl https://api.gullyard.net/ships\ncurl https://api.gullyard.net/quays\n```\n\n"
        "Like https://api.ternbank.com/v2/charges of others.\n"
    )
    assert not _found(text)


def test_nothing_stands_beside_what_is_stated() -> None:
    """Whoever has several versions says so in words."""
    assert RANKER.beside({"style": "path", "current": "v1"}, [])
    assert not RANKER.beside({"style": "path", "current": "v1"}, [{"style": "header", "header": "Yard-Version"}])


@pytest.mark.parametrize(
    ("now", "known"),
    [
        ({"style": "path", "current": "v3"}, {"style": "path"}),
        ({"style": "path", "current": "v2"}, {"style": "path", "current": "v2"}),
        (None, {"style": "header", "header": "Yard-Version"}),
    ],
)
def test_a_way_without_a_version_gets_the_likeliest(now: dict[str, Json] | None, known: dict[str, Json]) -> None:
    """What is stated of the version stays, and another way is another matter."""
    assert now == corrected({"style": "path", "current": "v3"}, known)


@pytest.mark.parametrize(
    "text",
    [
        "The API is not formally versioned.\n\n`GET /v1/ships`",
        "There is no versioning in our API.\n\n`GET /v1/ships`",
        "Redirect to `https://gullyard.net/v2/oauth2/pin`.",
        "```\nGET /ships HTTP/1.1\n```",
        "Ships are answered as `application/vnd.yard.v4+json`.",
    ],
)
def test_what_has_no_version_is_not_proposed(text: str) -> None:
    """An API without versions, addresses for people, a protocol, and a type that nothing asks for."""
    assert not [one for one in _proposed(f"# Ships\n\n{text}\n") if one.value.get("current")]
