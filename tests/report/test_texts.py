"""What people read: ordered, complete, and unable to be anything but text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from specloom import report
from specloom.model.change import Bump, Drift, Evidence, Severity
from specloom.report import order, review
from specloom.report.changelog import version_section
from specloom.report.escape import inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.change import Change
    from specloom.model.source import Span

NOTHING = Drift(changes=(), not_evaluated=(), bump=Bump.NONE)


def test_breaking_comes_first_and_safe_is_folded(sample: Drift) -> None:
    """A reader who stops early has read what matters."""
    text = report.markdown(sample)
    places = [text.index(mark) for mark in ("#### Breaking", "#### Risky", "1 safe change</summary>")]
    assert sorted(places) == places
    assert text.index("GET /things/1") < text.index("#### Risky")


def test_approved_changes_stand_apart(sample: Drift) -> None:
    """They are listed with their reason and fail nothing."""
    text = report.markdown(sample)
    assert "1 approved change</summary>" in text
    assert "Approved: planned" in text
    only = Drift(changes=sample.changes[1:2], not_evaluated=(), bump=Bump.MAJOR)
    assert report.check_run(only).conclusion == "success"


def test_what_was_removed_is_shown_where_it_stood(sample: Drift) -> None:
    """The link goes to the base commit, for anything else to the head."""

    def link(span: Span, side: str) -> str:
        return f"https://example.org/{side}/{span.path}#L{span.start}"

    text = report.markdown(sample, link=link)
    assert "https://example.org/base/api.yaml#L13" in text
    assert "https://example.org/head/api.yaml#L21" in text


def test_whom_an_edit_reaches_more_mildly_is_told_apart(sample: Drift) -> None:
    """On every surface."""
    texts = [report.markdown(sample), report.text(sample), report.html(sample)]
    texts += ["\n".join(item.message for item in report.check_run(sample).annotations)]
    texts += [review.body(sample.changes[2])]
    assert [re.search("(?i)milder for|more mildly", text) is not None for text in texts] == [True] * 5


def test_nothing_is_said_to_be_nothing() -> None:
    """An empty comparison still says something kind."""
    assert "Nothing that a caller could notice" in report.markdown(NOTHING)
    assert "no drift" in report.text(NOTHING)
    assert report.check_run(NOTHING).conclusion == "success"


@pytest.mark.parametrize("fail_on", ["breaking", "risky", "any", "never"])
def test_the_gate_is_as_strict_as_asked(change: Callable[..., Change], fail_on: str) -> None:
    """Each gate lets pass what is milder than itself."""
    order = ["breaking", "risky", "any"]
    for grade, rank in (("breaking", 0), ("risky", 1), ("safe", 2)):
        found = Drift(changes=(change(1, grade),), not_evaluated=(), bump=Bump.MAJOR)
        expected = fail_on != "never" and order.index(fail_on) >= rank
        assert report.fails(found, fail_on) is expected  # type: ignore[arg-type]  # one of the four literals


def test_annotations_are_ordered_and_on_head_lines(sample: Drift) -> None:
    """Worst first; an approved change is only a notice."""
    found = report.annotate(sample)
    assert [item.level for item in found] == ["failure", "notice", "failure", "warning", "notice"]
    assert {item.span.path for item in found} == {"api.yaml"}


def test_review_comments_stand_on_the_side_of_the_edit(sample: Drift) -> None:
    """Removed lines are commented on the left, others on the right; approved and safe changes are left in peace."""
    found = report.review_comments(sample)
    assert [(item.side, item.line_start) for item in found] == [("RIGHT", 21), ("LEFT", 13), ("RIGHT", 24)]


def test_markdown_cannot_be_broken_out_of(hostile: Drift) -> None:
    """Rendered, an attack is text: no element, image, mention, or comment of its own."""
    for text in (
        report.markdown(hostile),
        report.review_comments(hostile)[0].body,
        report.changelog_entry(hostile, version="1.0.0"),
    ):
        ours = re.sub(r"</?(details|summary|sub)>", "", text)
        rendered = HTMLParser(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(ours))
        assert rendered.css("script, img, a") == []
        assert "<!--" not in ours
        for node in rendered.css("code"):
            node.decompose()
        assert "@octocat" not in rendered.text()
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_html_is_escaped_and_stands_alone(hostile: Drift, sample: Drift) -> None:
    """No script but ours, no foreign address, every text escaped; and everything is on the page."""
    page = HTMLParser(report.html(hostile, title="<b>x</b>", link=lambda _span, _side: "javascript:alert(1)"))
    assert page.css("script, img, iframe, link") == []
    assert page.css_first("h1").text() == "<b>x</b>"
    assert [node for node in page.css("a") if not (node.attributes.get("href") or "").startswith("#")] == []
    whole = HTMLParser(report.html(sample))
    (script,) = whole.css("script")
    digest = base64.b64encode(hashlib.sha256(script.text().encode()).digest()).decode()
    policy = whole.css_first("meta[http-equiv]").attributes["content"] or ""
    assert policy.endswith(f"script-src 'sha256-{digest}'")
    text = whole.text()
    assert all(item.message in text and item.fingerprint in text for item in sample.changes)


def test_the_terminal_gets_no_control_characters(hostile: Drift) -> None:
    """An escape sequence from a description colours nothing."""
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f]", report.text(hostile)) is None


def test_sarif_is_what_the_standard_asks(sample: Drift) -> None:
    """One run, rules by index, levels, places and fingerprints; an approved change is suppressed."""
    log = json.loads(report.sarif(sample, version="1.2.3"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for change, result in zip(sample.changes, run["results"], strict=True):
        assert rules[result["ruleIndex"]] == change.rule == result["ruleId"]
        assert result["partialFingerprints"]["specloom/v1"] == change.fingerprint
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == change.head.start  # type: ignore[union-attr]  # the sample has it
    assert [result["level"] for result in run["results"]] == ["error", "error", "error", "warning", "note"]
    assert [("suppressions" in result) for result in run["results"]] == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("version", "bump", "expected"),
    [
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("0.2.3", Bump.MAJOR, "0.3.0"),
        ("v1", Bump.MINOR, "0.1.0"),
        ("2.0.0-beta.1", Bump.MAJOR, "2.0.0"),
        ("2.0.0-beta.1", Bump.MINOR, "2.0.0"),
        ("1.3.0-rc.1", Bump.MINOR, "1.3.0"),
        ("1.3.0-rc.1", Bump.MAJOR, "2.0.0"),
        ("1.3.1-rc.1", Bump.MINOR, "1.4.0"),
        ("1.3.1-rc.1+build.5", Bump.PATCH, "1.3.1"),
        ("1.3.1-rc.1", Bump.NONE, "1.3.1-rc.1"),
        ("0.3.0-rc.1", Bump.MAJOR, "0.3.0"),
        ("0.3.1", Bump.PATCH, "0.3.2"),
    ],
)
def test_the_next_version_follows_semver(version: str, bump: Bump, expected: str) -> None:
    """Major, minor, patch; below 1.0.0 a break is a minor step."""
    assert report.next_version(version, bump) == expected


@pytest.mark.parametrize(
    ("before", "after", "bump", "told"),
    [
        ("1.2.0", "1.2.0", Bump.MAJOR, "still says `1.2.0`; these changes ask for `2.0.0`, a major version."),
        ("1.2.0", "1.3.0", Bump.MAJOR, "went from `1.2.0` to `1.3.0`; these changes ask for `2.0.0`"),
        ("1.2.0", "2.0.0", Bump.MAJOR, "`1.2.0` → `2.0.0`: enough for a major version"),
        ("1.2.0", "2.0.0-rc.1", Bump.MAJOR, "`1.2.0` → `2.0.0-rc.1`: enough"),
        ("1.2.0", "3.0.0", Bump.PATCH, "`1.2.0` → `3.0.0`: enough for a patch version"),
        ("0.2.0", "0.3.0", Bump.MAJOR, "`0.2.0` → `0.3.0`: enough"),
        ("2024-01-01", "2024-02-01", Bump.MINOR, "ask for a minor version; the description says `2024-02-01`."),
    ],
)
def test_the_body_says_what_the_version_should_be(
    sample: Drift, before: str, after: str, bump: Bump, told: str
) -> None:
    """What it was, what it is, and whether that is enough for the changes; the entry is under the right heading."""
    text = version_section(replace(sample, bump=bump), before, after)
    assert told in text
    assert "<details><summary>Changelog entry</summary>\n\n## " in text


def test_alike_findings_of_traffic_keep_their_evidence(change: Callable[..., Change]) -> None:
    """Each operation says where it was seen."""
    changes = tuple(
        replace(
            _alike(change, number, f"GET /p{number}"),
            evidence=Evidence(exchange=f"exchange {number}", pointer="/a", value="null", count=1),
        )
        for number in range(3)
    )
    for made in (report.text, report.markdown, report.html):
        text = made(Drift(changes=changes, not_evaluated=(), bump=Bump.MAJOR))
        assert [1, 1, 1] == [text.count(f"seen in exchange {number}") for number in range(3)]


def test_nothing_to_release_is_no_section() -> None:
    """No change asks for no version."""
    assert "" == version_section(NOTHING, "1.0.0", "1.0.0")


def test_the_changelog_tells_alike_edits_once(change: Callable[..., Change]) -> None:
    """One line with the operations, the first ten by name."""
    for count, tail in ((3, ")"), (12, ", `GET /p3`")):
        changes = tuple(_alike(change, number, f"GET /p{number}") for number in range(count))
        text = report.changelog_entry(Drift(changes=changes, not_evaluated=(), bump=Bump.MAJOR), version="2.0.0")
        said = f"- {count} operations, query timeout: the smallest number is limited to 1 now"
        assert f"{said} (`GET /p0`, `GET /p1`, `GET /p2`{tail}" in text
    assert text.endswith("`GET /p9` and 2 more)\n")


def test_names_are_legible_in_the_raw_text() -> None:
    """What stands inside a word needs no backslash; what could open emphasis does."""
    assert [inline("user_id"), inline("_id_"), inline("a__b")] == ["user_id", r"\_id\_", r"a\_\_b"]


def test_the_changelog_names_what_breaks_first(sample: Drift) -> None:
    """One line for each change, worst first."""
    text = report.changelog_entry(sample, version="2.0.0")
    assert text.startswith("## 2.0.0\n\n### Breaking changes\n")
    assert text.index("### Breaking changes") < text.index("### Check before upgrading") < text.index("### Changes")


def test_json_has_the_promised_fields(sample: Drift) -> None:
    """`specloom diff --json` is a contract."""
    found = report.as_json(sample)
    first = found["changes"][0]  # type: ignore[index,call-overload]  # a list of objects
    promised = {"rule", "severity", "subject", "message", "operations", "base", "head", "fingerprint", "approved"}
    assert promised <= first.keys()  # type: ignore[union-attr]  # an object
    assert first["head"] == {"path": "api.yaml", "start": 21, "end": 21}  # type: ignore[index,call-overload]  # likewise
    assert (found["bump"], len(found["not_evaluated"])) == ("major", 1)  # type: ignore[arg-type]  # likewise


def _alike(change: Callable[..., Change], number: int, operation: str) -> Change:
    return change(
        number,
        Severity.BREAKING,
        rule="request-minimum-added",
        subject=f"{operation} · query timeout",
        message="the smallest number is limited to 1 now",
        operations=(operation,),
    )


def test_the_same_edit_in_several_operations_is_told_once(change: Callable[..., Change]) -> None:
    """Its message and advice stand there once, every operation with its own ID; two are told one by one."""
    changes = tuple(_alike(change, number, f"GET /p{number}") for number in range(4))
    for made in (report.text, report.markdown, report.html):
        for size, times in ((4, 1), (2, 2)):
            text = made(Drift(changes=changes[:size], not_evaluated=(), bump=Bump.MAJOR))
            assert times == text.count("the smallest number is limited to 1 now")
            assert all(one.fingerprint in text and one.operations[0] in text for one in changes[:size])
        assert "4 operations" in made(Drift(changes=changes, not_evaluated=(), bump=Bump.MAJOR))


def test_messages_that_differ_in_a_name_share_the_rest(change: Callable[..., Change]) -> None:
    """Ninety-eight operationIds are one heading with an ellipsis."""
    changes = tuple(
        change(
            number,
            Severity.SAFE,
            rule="operation-id-added",
            message=f"the operationId op{number} was added",
            subject=key,
        )
        for number, key in enumerate(f"GET /things/{index}" for index in range(3))
    )
    text = report.text(Drift(changes=changes, not_evaluated=(), bump=Bump.PATCH))
    assert "safe     the operationId … was added" in text
    assert "GET /things/2: the operationId op2 was added" in text


def test_a_shared_schema_names_its_first_operations(change: Callable[..., Change]) -> None:
    """Hundreds of operations do not fill a pull request."""
    keys = tuple(f"GET /p{number}" for number in range(339))
    drift = Drift(changes=(change(1, Severity.BREAKING, operations=keys),), not_evaluated=(), bump=Bump.MAJOR)
    assert "and 314 others" in report.markdown(drift)
    assert "GET /p0, GET /p1, GET /p2 and 336 others" in report.text(drift)
    assert len(report.markdown(drift)) < 3000


def test_the_page_lists_each_operation_once(change: Callable[..., Change]) -> None:
    """A change names a dozen, counts the others, and leads to them by number; small ones name all."""
    keys = tuple(f"GET /p{number}" for number in range(2000))
    changes = tuple(change(number, Severity.BREAKING, operations=keys[number:]) for number in range(30))
    page = report.html(
        Drift(changes=(*changes, change(40, Severity.SAFE, operations=keys[:3])), not_evaluated=(), bump=Bump.MAJOR)
    )
    assert 1 == page.count("<li>GET /p1999</li>")
    assert "reaches 1971 operations" in page
    assert '<span data-more="42-2000">42-2000</span>' in page
    assert len(page) < 200_000


def test_where_traffic_showed_it_is_told_everywhere(change: Callable[..., Change]) -> None:
    """Exchange, pointer, sketch of the value and how often."""
    found = Evidence(exchange="exchange 3, GET /a → 200", pointer="/0/b", value="string of 4 characters", count=5)
    drift = Drift(changes=(change(1, Severity.BREAKING, evidence=found),), not_evaluated=(), bump=Bump.MAJOR)
    words = "seen in exchange 3, GET /a → 200, at /0/b (string of 4 characters), and in 4 more"
    assert words in report.text(drift)
    assert words in report.sarif(drift, version="1")
    assert words in report.check_run(drift).annotations[0].message
    for text in (report.markdown(drift), report.review_comments(drift)[0].body):
        assert words in text.replace("\\(", "(").replace("\\)", ")")


def test_ten_times_the_changes_are_ten_times_the_work(
    change: Callable[..., Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One edit in thousands of operations is not compared with itself thousands of times."""
    visits = 0
    heading_of = order.heading_of

    def counting(one: Change) -> str:
        nonlocal visits
        visits += 1
        return heading_of(one)

    monkeypatch.setattr(order, "heading_of", counting)

    def work(size: int) -> int:
        nonlocal visits
        visits = 0
        changes = [change(number, Severity.BREAKING, subject=f"GET /things/{number}") for number in range(size)]
        assert [f"{size} operations"] == [group.heading for group in order.grouped(changes)]
        return visits

    assert work(100) <= 12 * work(10)
