"""The base of an API is read from where its addresses branch, beside what the docs state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.facts.evidence import Evidence, Place
from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.facts.ranking.base_url import RANKER, corrected
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

if TYPE_CHECKING:
    from specloom.facts.ranking.proposal import Proposal

CALLS = """\
# Ships

Ask for a ship by its number.

```
curl https://fleet.gullyard.net/api/v3/ships/7
curl https://fleet.gullyard.net/api/v3/ships/7/crew
```

# Quays

```
curl -X POST https://fleet.gullyard.net/api/v3/quays -d name=north
```

See https://www.gullyard.net/prices for prices.
"""


def _read(text: str) -> Document:
    made = document("docs/index.md", text.encode())
    assert isinstance(made, Document)
    return made


def _proposed(text: str) -> dict[str, Proposal]:
    read = [_read(text)]
    evidence = Evidence(documents=tuple(read), whose=ownership(read))
    return {str(one.value["url"]): one for one in RANKER.propose(evidence)}


def _found(text: str) -> list[dict[str, object]]:
    inferences, _ = infer([_read(text)])
    return [dict(made.value) for made in inferences if made.fact_kind == "base_url"]


def test_every_beginning_of_an_address_is_proposed() -> None:
    """Hosts and paths down to the endpoint, pages too: the model weighs them."""
    proposed = _proposed(CALLS)
    assert "https://fleet.gullyard.net" in proposed
    assert "https://fleet.gullyard.net/api/v3" in proposed
    assert "https://fleet.gullyard.net/api/v3/quays" in proposed
    assert "https://www.gullyard.net" in proposed


def test_features_tell_where_addresses_branch_and_what_is_called() -> None:
    """Two things lie below the version, and no call ends there."""
    proposed = _proposed(CALLS)
    base = proposed["https://fleet.gullyard.net/api/v3"].features
    page = proposed["https://www.gullyard.net"].features
    assert base["branches"] > proposed["https://fleet.gullyard.net/api"].features["branches"]
    assert (1.0, 1.0, 0.0) == (base["host_most_called"], base["path_version_last"], base["ends"])
    assert (0.0, 0.0) == (page["host_most_called"], page["host_called"])


def test_the_lines_of_a_call_are_cited_and_not_its_block() -> None:
    """A place in a block is the line that the address stands in."""
    proposed = _proposed(CALLS)
    assert Place("docs/index.md", 13, 13) in proposed["https://fleet.gullyard.net/api/v3/quays"].places


def test_a_host_of_a_message_and_a_bare_host_are_addresses() -> None:
    """`Host:` has the line of the proof, a name in prose needs no scheme."""
    text = "# Use\n\nThe yard is at `api.gullyard.net`.\n\n```\nGET /v2/ships HTTP/1.1\nHost: sea.ternyard.net\n```\n"
    proposed = _proposed(text)
    assert "https://api.gullyard.net" in proposed
    assert (Place("docs/index.md", 7, 7),) == proposed["https://sea.ternyard.net/v2"].places


@pytest.mark.parametrize(
    "text",
    [
        "# Use\n\n```\ncurl https://api.example.com/v1/ships\n```\n",
        "# Hosts to allow\n\n* `api.gullyard.net`\n",
        "# Tokens\n\n`POST https://api.gullyard.net/v1/oauth/token`\n",
        "# Use\n\nThe legacy API is still at https://api.gullyard.net/v1\n",
        "# Use\n\n| Name | Value |\n|-|-|\n| `YARD_URL` | https://api.gullyard.net/v1 |\n",
        "# Use\n\n[Ships](https://api.gullyard.net/v1)\n",
        "# Use\n\nCall `api.yard.open(7)`.\n",
        "# Use\n\nListen at `wss://live.gullyard.net`.\n",
        "# Use\n\n| Sign in | `https://oauth2.gullyard.net` |\n|-|-|\n| Trial | `https://trial-auth.gullyard.net` |\n",
        "# Use\n\n```\ncurl http://192.168.7.12/api/ships\n```\n",
        "# Use\n\n```\nurl = 'https://{0}:{1}/v1/ships' % (host, port)\n```\n",
    ],
)
def test_what_is_no_base_is_not_proposed(text: str) -> None:
    """Examples' hosts, allow-lists, token endpoints, the past, settings, links and calls of code.

    Nor sockets, hosts to sign in at, machines of a network and hosts that programs fill in.
    """
    assert not _proposed(text)


def test_a_base_that_only_calls_show_is_found() -> None:
    """Nothing says base, host or endpoint."""
    assert [{"url": "https://fleet.gullyard.net/api/v3"}] == _found(CALLS)


def test_a_host_that_stands_for_any_is_where_calls_go_again_and_again() -> None:
    """Docs of what everybody runs on a host of their own show no other."""
    text = (
        "# Ships\n\n```\ncurl https://yard.example.com/api/v1/ships\n```\n\n"
        "# Quays\n\n```\ncurl https://yard.example.com/api/v1/quays\ncurl https://yard.example.com/api/v1/quays/7\n```\n"
    )
    assert "https://yard.example.com/api/v1" in _proposed(text)


def test_a_placeholder_before_the_host_is_no_part_of_it() -> None:
    """Keys are shown there, in angle brackets or braces."""
    proposed = _proposed(
        "# Use\n\nSend it to `https://<your key>@api.gullyard.net/v1/ships` "
        "or `https://<key>:@sea.gullyard.net/v1/ships`.\n"
    )
    assert "https://sea.gullyard.net/v1" in proposed


def test_an_address_beside_others_in_a_list_is_known_to_be_listed() -> None:
    """Hosts of several environments stand so."""
    proposed = _proposed("# Hosts\n\n* Sea: https://sea.gullyard.net\n* Lake: https://lake.gullyard.net\n")
    assert [1.0, 1.0] == [one.features["listed"] for one in proposed.values()]
    lone = _proposed("# Hosts\n\n* Sea: https://sea.gullyard.net\n")
    assert [0.0] == [one.features["listed"] for one in lone.values()]


def test_where_all_addresses_go_on_together_is_a_trunk() -> None:
    """They branch at `/yard/api`."""
    calls = "".join(f"curl https://gullyard.net/yard/api/{name}\n" for name in ("ships", "quays", "crews"))
    proposed = _proposed(f"# Use\n\n```\n{calls}```\n")
    trunks = [url for url, one in proposed.items() if one.features["trunk"]]
    assert ["https://gullyard.net", "https://gullyard.net/yard"] == trunks


def test_environments_below_no_word_for_a_base_are_found() -> None:
    """Two names without a scheme, one of them that of a sandbox."""
    text = (
        "# Ways in\n\nPractise against the sandbox at `api.sandbox.gullyard.net`, and sail with `api.gullyard.net`.\n\n"
        "```\ncurl https://api.gullyard.net/ships\n```\n"
    )
    found = _found(text)
    assert {"url": "https://api.sandbox.gullyard.net", "env": "sandbox"} in found
    assert {"url": "https://api.gullyard.net"} in found


def test_pages_and_the_api_of_somebody_else_are_no_base() -> None:
    """The docs name addresses, and none is called."""
    text = "# About\n\nRead https://www.gullyard.net/news and https://tern.blog/ships to learn more about our ships.\n"
    assert not _found(text)


@pytest.mark.parametrize(
    ("stands", "url", "known"),
    [
        (True, "https://api.tern.net", ["https://api.gull.net"]),
        (False, "https://api.gull.net/v1", ["https://api.gull.net"]),
        (False, "https://north.gull.net", ["https://{fleet}.gull.net"]),
        (False, "http://localhost:8000", ["https://api.gull.net"]),
        (True, "http://localhost:8000", []),
        (False, "http://server/api", ["https://api.gull.net"]),
        (False, "https://<your-host>/api", ["https://api.gull.net"]),
        (False, "https://api.gull.net:443", ["https://api.gull.net"]),
    ],
)
def test_a_base_stands_beside_those_of_other_hosts(stands: bool, url: str, known: list[str]) -> None:  # noqa: FBT001
    """A host that fills in a known pattern is no other one, and one that is nobody's yields."""
    assert stands == RANKER.beside({"url": url}, [{"url": one} for one in known])


@pytest.mark.parametrize(
    ("url", "stated"),
    [
        ("https://api.gull.net/v2", "https://api.gull.net/v2/ships"),
        ("https://api.gull.net/v2/graphql", "https://api.gull.net/v2/graphql"),
        ("https://api.gull.net/v2/0", "https://api.gull.net/v2/0"),
        ("https://api.gull.net/v2/yard/api", "https://api.gull.net/v2/yard/api"),
    ],
)
def test_an_endpoint_that_was_called_a_base_is_cut(url: str, stated: str) -> None:
    """What is cut is the name of a resource, never a version or the API's own part."""
    assert {"url": url, "env": "us"} == corrected({"url": "https://api.gull.net/v2"}, {"url": stated, "env": "us"})


def test_another_host_corrects_nothing() -> None:
    """They are two matters."""
    assert corrected({"url": "https://api.gull.net"}, {"url": "https://api.tern.net/v2/ships"}) is None
