"""Names and numbers that could be of paging are proposed, with what stands around them in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.facts.evidence import Evidence, Place
from specloom.facts.passages import document
from specloom.facts.ranking import page_size, pagination
from specloom.facts.ranking.paging import limits, numbers
from specloom.facts.ranking.paging.around import Around
from specloom.facts.ranking.paging.mentions import mentions
from specloom.facts.ranking.paging.names import Names, words
from specloom.facts.ranking.paging.onward import Onward
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

if TYPE_CHECKING:
    from specloom.facts.ranking.proposal import Proposal

PAGE = """# Lighthouses
## Pagination
Lists are paged by the `beam` parameter; `beams_per_page` says how many lighthouses a page has (default 20, at most 80).

| Parameter | Default | Description |
|---|---|---|
| `sort` | name | What to sort by, one of 12 fields |

    GET /lighthouses?beam=2&lamp%5Bcolour%5D=red

```json
{"lights": [{"id": 7}], "paging": {"next_beam": "/lighthouses?beam=3", "total": 90}}
```
"""


def read(page: str) -> Evidence:
    """Return the evidence of one page."""
    made = document("docs/lights.md", page.encode())
    assert isinstance(made, Document)
    return Evidence(documents=(made,), whose=ownership((made,)))


def proposals(page: str) -> dict[str, Proposal]:
    """Return what the ranker of pagination proposes of one page, by the name of the way to move."""
    made = pagination.RANKER.propose(read(page))
    return {str(one.value["params"][one.value["style"]]): one for one in made if one.value["style"] != "link_header"}  # type: ignore[index,call-overload]


def test_names_are_read_in_every_form() -> None:
    """Sentences, cells, calls with escaped brackets, and members of examples."""
    found = mentions(read(PAGE))
    assert ["ticked", "query", "query"] == [one.form for one in found["beam"]]
    assert ["cell"] == [one.form for one in found["sort"]]
    assert ["query"] == [one.form for one in found["lamp[colour]"]]
    assert ["key"] == [one.form for one in found["total"]]
    assert "2" == found["beam"][1].value
    assert "name" not in found


def test_what_stands_below_a_bare_parameter_is_said_of_it() -> None:
    """Some docs put a name on a line of its own, and its description in the paragraphs below."""
    page = "# Query\n`beam` (integer)\n\nThe number of the page.\n\nDefault: 1\n\n`lamp` (string)\n\nIts colour.\n"
    found = mentions(read(page))
    assert "`beam` (integer) The number of the page. Default: 1" == found["beam"][0].text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("page[number]", {"page", "number"}), ("startAt", {"start", "at"}), ("b_size", {"b", "size"})],
)
def test_names_are_put_together_from_words(name: str, expected: set[str]) -> None:
    """In every spelling."""
    assert expected == words(name)


def test_features_tell_how_a_name_is_used_and_what_is_said_of_it() -> None:
    """What is said of a name counts without the name itself."""
    names = Names(Around(read(PAGE)))
    beam, limit = names.features("beam"), names.features("beams_per_page")
    assert (1.0, 1.0) == (beam["headed"], beam["number"])
    assert (1.0, 1.0, 1.0) == (limit["told_default"], limit["told_max"], limit["word_per"])
    assert 0.0 == names.features("sort")["told_paging"]
    offset = Names(Around(read("# Lamps\n- `offset`: hours from Greenwich\n"))).features("offset")
    assert (0.0, 0.0) == (offset["told_skip"], offset["told_paging"])


def test_a_name_is_proposed_with_the_size_and_the_way_on_that_fit_it() -> None:
    """Each with the lines that prove it."""
    page = "# Lists\n- `page`: number of the page\n- `per_page`: number of lamps per page, 20 by default\n"
    made = proposals(page)["page"]
    assert {"style": "page", "params": {"page": "page", "limit": "per_page"}} == made.value
    assert (Place("docs/lights.md", 2, 2), Place("docs/lights.md", 3, 3)) == made.places
    assert made.features["limit"] > 0.4


def test_members_of_answers_are_no_parameters() -> None:
    """What only stands in an example of an answer is never sent."""
    page = '# Lamps\n```json\n{"lamps": [], "currentPage": 2, "page": 2, "total": 7, "offset": 3}\n```\n'
    assert {} == proposals(page)


def test_a_link_header_is_proposed_with_the_parameters_of_its_addresses() -> None:
    """They are what a client would send."""
    page = '# Lists\n```\nLink: <https://lamps.example/lamps?page=3>; rel="next"\n```\nFollow the Link header.\n'
    made = next(one for one in pagination.RANKER.propose(read(page)) if one.value["style"] == "link_header")
    assert {"page": "page"} == made.value["params"]
    assert (1.0, 1.0) == (made.features["link_line"], made.features["link_rel"])


def test_a_selection_of_a_connection_leads_on_by_its_path() -> None:
    """A query names the members of the page below what holds them."""
    page = (
        "# Paging\nUse `first` and `after`.\n```graphql\n"
        '{ lamps(first: 2, after: "x") { edges { node { id } } pageInfo { endCursor } } }\n```\n'
    )
    assert {"in": "body", "name": "pageInfo.endCursor"} == proposals(page)["after"].value["next"]


@pytest.mark.parametrize(
    ("said", "signs"),
    [
        ("`lamps` is 20 by default and 80 at most", {20: {"default_behind"}, 80: {"max_behind"}}),
        ("`lamps` (default: 20, maximum: 80)", {20: {"default_before"}, 80: {"max_before"}}),
        ("`lamps` ranges from 1 to 80", {80: {"range_end"}}),
    ],
)
def test_a_number_has_the_sign_that_is_nearest(said: str, signs: dict[int, set[str]]) -> None:
    """What stands nearer to another number is of that one."""
    names = Names(Around(read(f"# Pagination\n{said}.\n")))
    told = {one.size: one.features for one in numbers.amounts(names, {})}
    shapes = ("default_before", "default_behind", "max_before", "max_behind", "range_end")
    for size, expected in signs.items():
        assert expected <= {sign for sign in shapes if told[size][sign]} <= expected | {"max_before"}


def test_numbers_of_example_calls_are_no_sizes() -> None:
    """They are what somebody asked for once."""
    names = Names(Around(read("# Pagination\nGet more lamps of a page with `?per_page=90`; it is ten by default.\n")))
    assert [10] == [one.size for one in numbers.amounts(names, limits.likelihoods(names))]


def test_a_size_has_the_numbers_of_its_own_row() -> None:
    """The numbers in rows of other parameters are not its."""
    page = (
        "# Pagination\n| Parameter | Description |\n|---|---|\n| `per_page` | Lamps per page, 20 by default |\n"
        "| `width` | Width of a lamp in cm, at most 80 |\n"
    )
    made = [dict(one.value) for one in page_size.RANKER.propose(read(page))]
    assert {"param": "per_page", "default": 20} in made


def test_one_fact_of_each_style_may_stand_and_one_of_each_size() -> None:
    """The short form of a name is the same size."""
    paged = {"style": "page", "params": {"page": "page"}}
    assert not pagination.RANKER.beside(paged, [{"style": "page", "params": {"page": "p"}}])
    assert pagination.RANKER.beside(paged, [{"style": "link_header", "params": {"page": "page"}}])
    assert not pagination.RANKER.beside(paged, [{"style": "offset", "params": {"offset": "start", "page": "page"}}])
    assert pagination.RANKER.beside(paged, [{"style": "cursor", "params": {"cursor": "after"}}])
    assert not page_size.RANKER.beside({"param": "page[size]"}, [{"param": "size"}])
    assert page_size.RANKER.beside({"param": "page[size]"}, [{"param": "limit"}])
    assert not page_size.RANKER.beside({"max": 20}, [{"param": "size"}])


def test_what_is_known_is_corrected_by_its_style_and_parameter() -> None:
    """A fact gets what it lacks; what it has stays, and so does one that has something else instead."""
    known = {"style": "page", "params": {"page": "page", "limit": "rows"}, "total": "count"}
    assert known == pagination.RANKER.corrected({"style": "page", "params": {"page": "beam"}}, known)
    assert known == pagination.RANKER.corrected({"style": "page", "params": {"page": "page", "limit": "size"}}, known)
    lacking = {"style": "page", "params": {"page": "page"}, "total": "count"}
    assert known == pagination.RANKER.corrected({"style": "page", "params": known["params"]}, lacking)
    assert known is pagination.RANKER.corrected({"style": "page", "params": {"page": "page"}}, known)
    assert pagination.RANKER.corrected({"style": "cursor", "params": {"cursor": "after"}}, known) is None
    size = {"param": "size", "default": 20}
    assert {"param": "size", "default": 20, "max": 80} == page_size.RANKER.corrected({**size, "max": 80}, size)
    assert page_size.RANKER.corrected({"param": "limit", "default": 9}, size) is None
    assert size == page_size.RANKER.corrected({"param": "size", "max": 20}, size)


def test_what_a_connection_sends_belongs_together() -> None:
    """However unlikely `first` is as the name of a size, it is the one of `after`."""
    page = "# Lamps\n```graphql\n{ lamps(first: 9, after: $at) { nodes { id } pageInfo { endCursor } } }\n```\n"
    made = proposals(page)["after"]
    assert {"cursor": "after", "limit": "first"} == made.value["params"]
    assert 1.0 == made.features["paired"]


def test_what_leads_on_speaks_for_what_is_sent() -> None:
    """By a sentence, by its name, by the address of a next link, and by a member of the same name."""
    said = proposals("# Lamps\nLists are paged. Send the `next_cursor` of a page as `cursor`.\n")["cursor"].features
    assert (1.0, 1.0, 1.0) == (said["handed"], said["kin"], said["main"])
    linked = '# Lamps\n`?wick_page=3`\n\n```json\n{"lamps": [{"id": 1}], "next": "/lamps?wick_page=9"}\n```\n'
    assert 1.0 == proposals(linked)["wick_page"].features["carried"]
    same = '# Lamps\nPage with `marker`.\n\n```json\n{"lamps": [{"id": 1}], "marker": "q7"}\n```\n'
    assert {"in": "body", "name": "marker"} == proposals(same)["marker"].value["next"]


def test_a_cursor_that_is_asked_and_answered_is_handed_back_as_it_is() -> None:
    """Where both ways are listed under headings of their own; a name that is only asked is not."""
    page = "# Lamps\n## Query parameters\n* `beam_token`: The token of a page\n* `after`: The lamp before\n"
    made = proposals(page + "\n## Response\n* `beam_token`: Leads to the next page\n* `lamps`: All of them\n")
    assert "next" not in made["after"].value
    token = proposals(page.replace("beam_token", "page_token") + "\n## Response\n* `page_token`: Leads on\n")
    assert {"in": "body", "name": "page_token"} == token["page_token"].value["next"]


def test_a_variable_of_a_query_is_sent() -> None:
    """`wick: $wick` sends what it names; a variable of a shell does not."""
    found = mentions(read("# Lamps\n```\nlamps(wick: $wick)\n```\n\n```\nexport OIL=$LAMP_OIL\n```\n"))
    assert ["query"] == [one.form for one in found["wick"]]
    assert ["key"] == [one.form for one in found["OIL"]]


@pytest.mark.parametrize(
    ("example", "held"),
    [
        ('{"tally": {"total": 9, "next": 2}, "lamps": [...]}', ["tally.next"]),
        ('{"lamps": [{"paging": {"next": 2}}]}', []),
        ('HTTP/1.1 200 OK\nLamp-Tally: {"links": {"next": 2}}', []),
    ],
    ids=["holder told by its members", "of one item", "in a header"],
)
def test_what_holds_the_page_is_seen(example: str, held: list[str]) -> None:
    """A member leads on where what holds it tells of the page, and not within an item or a header."""
    onward = Onward(Around(read(f"# Lamps\n## Paging\n```\n{example}\n```\n")))
    assert list(onward.held) == held


def test_a_fact_is_completed_only_with_what_it_lacks() -> None:
    """A fact gets a way on or its whole path; another way on, and links in a header, stay."""
    way = {"style": "page", "params": {"page": "beam"}}
    told = {**way, "next": {"in": "body", "name": "tally.next"}}
    assert pagination.completed(told, way) == told
    assert pagination.completed(told, {**way, "next": {"in": "body", "name": "next"}}) == told
    other = {**way, "next": {"in": "body", "name": "more_lamps"}}
    assert pagination.completed(told, other) == other
    assert pagination.completed(told, {**way, "style": "link_header"}) == {**way, "style": "link_header"}
