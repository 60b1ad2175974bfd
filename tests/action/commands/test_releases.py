"""The version of a package and its changelog follow what changes in the API, in a real repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]
    Describe = Callable[..., bytes]
    Clone = Any

CHANGELOG = "sdk/python/CHANGELOG.md"
PROJECT = "sdk/python/pyproject.toml"
BRANCH = "specloom/update"


@pytest.fixture
def shop(run: Run, clone: Clone, describe: Describe, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Return a repository with a description and a merged SDK, as the current folder."""
    clone.commit({"openapi.json": describe("pets", "orders")})
    monkeypatch.chdir(clone.folder)
    assert 0 == run("apply").code
    clone.git("merge", "--quiet", BRANCH)
    return clone


def released(shop: Clone, revision: str = BRANCH) -> str:
    """Return the version of the package."""
    lines = shop.git("show", f"{revision}:{PROJECT}").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version = "))


def entries(shop: Clone, revision: str = BRANCH) -> list[str]:
    """Return the headings of the changelog."""
    return [line for line in shop.git("show", f"{revision}:{CHANGELOG}").splitlines() if line.startswith("#")]


def test_the_first_release_has_the_descriptions_version(shop: Clone) -> None:
    """And a changelog that begins."""
    assert ("1.0.0", ["# Changelog", "## 1.0.0"]) == (released(shop, "main"), entries(shop, "main"))


@pytest.mark.parametrize(
    "case",
    [
        (("pets",), "1.0.0", "2.0.0", "### Breaking changes"),
        (("pets", "orders", "users"), "1.0.0", "1.1.0", "### Changes"),
        (("pets",), "1.0.1", "2.0.0", "### Breaking changes"),
        (("pets",), "3.0.0", "3.0.0", "### Breaking changes"),
        (("pets",), "next", "2.0.0", "### Breaking changes"),
    ],
    ids=["breaking", "safe", "description-asks-for-less", "description-asks-for-more", "no-version"],
)
def test_changes_decide_the_version_unless_the_description_asks_for_more(
    run: Run, shop: Clone, describe: Describe, case: tuple[tuple[str, ...], str, str, str]
) -> None:
    """The newest entry says why."""
    paths, declared, version, title = case
    shop.commit({"openapi.json": describe(*paths, version=declared)})
    assert 0 == run("apply").code
    assert (version, ["# Changelog", f"## {version}", title, "## 1.0.0"]) == (released(shop), entries(shop))


@pytest.mark.parametrize(
    "case",
    [
        (("2024-01-01", "2024-02-01"), ("pets",), ("0.1.0", "0.2.0")),
        (("1.2.3.4", "1.2.3.4"), ("pets",), ("1.2.3.4", "2.0.0")),
        (("1.0.0rc1", "1.0.0rc1"), ("pets", "orders", "users"), ("1.0.0rc1", "1.1.0")),
        (("1.0.0-beta.1", "1.0.0-beta.2"), ("pets", "orders", "users"), ("0.1.0", "0.1.0")),
    ],
    ids=["dates", "four-numbers", "candidate", "pre-release"],
)
def test_versions_of_every_kind_only_go_forward(
    run: Run,
    clone: Clone,
    describe: Describe,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[tuple[str, str], tuple[str, ...], tuple[str, str]],
) -> None:
    """A date is no version, and what is more than three numbers does not start again."""
    declared, paths, releases = case
    monkeypatch.chdir(clone.folder)
    clone.commit({"openapi.json": describe("pets", "orders", version=declared[0])})
    run("apply")
    clone.git("merge", "--quiet", BRANCH)
    clone.commit({"openapi.json": describe(*paths, version=declared[1])})
    assert 0 == run("apply").code
    assert releases == (released(clone, "main"), released(clone))


def test_a_record_that_was_damaged_before_stops_nothing(run: Run, shop: Clone, describe: Describe) -> None:
    """It is mended by now."""
    record = (shop.folder / ".specloom/provenance.json").read_bytes()
    shop.commit({".specloom/provenance.json": b"<<<<<<< ours\n"})
    shop.commit({".specloom/provenance.json": record, "openapi.json": describe("pets")})
    assert 0 == run("apply", "--base", "HEAD~1").code


def test_planning_again_moves_nothing(run: Run, shop: Clone, describe: Describe) -> None:
    """Not before the merge, and not after it."""
    shop.commit({"openapi.json": describe("pets")})
    run("apply")
    before = shop.git("rev-parse", f"{BRANCH}^{{tree}}")
    run("apply")
    assert before == shop.git("rev-parse", f"{BRANCH}^{{tree}}")
    shop.git("merge", "--quiet", BRANCH)
    assert run("plan", "--json").json["empty"]


def test_one_release_follows_the_other(run: Run, shop: Clone, describe: Describe) -> None:
    """From the last release, whatever the description still says; what people wrote into the changelog stays."""
    shop.commit({"openapi.json": describe("pets")})
    run("apply")
    shop.git("merge", "--quiet", BRANCH)
    noted = (shop.folder / CHANGELOG).read_text().replace("## 1.0.0\n", "## 1.0.0\n\nThanks, everybody.\n")
    shop.commit({CHANGELOG: noted.encode(), "openapi.json": describe("pets", "users")})
    assert 0 == run("apply").code
    assert ("2.1.0", ["## 2.1.0", "## 2.0.0", "## 1.0.0"]) == (
        released(shop),
        [line for line in entries(shop) if line.startswith("## ")],
    )
    assert "Thanks, everybody." in shop.git("show", f"{BRANCH}:{CHANGELOG}")


def test_a_version_without_a_change_is_a_release_all_the_same(run: Run, shop: Clone, describe: Describe) -> None:
    """Its entry says that the API is the same."""
    shop.commit({"openapi.json": describe("pets", "orders", version="1.0.1", note="Find them all.")})
    assert 0 == run("apply").code
    assert ("1.0.1", ["## 1.0.1", "## 1.0.0"]) == (released(shop), entries(shop)[1:])
    assert "No change to the API." in shop.git("show", f"{BRANCH}:{CHANGELOG}")


def test_the_config_has_the_last_word(run: Run, shop: Clone, describe: Describe) -> None:
    """A version that is named there is the version."""
    config = b"targets:\n  sdk/python: {version: 7.0.0}\n"
    shop.commit({"openapi.json": describe("pets"), ".github/specloom.yml": config})
    assert 0 == run("apply").code
    assert ("7.0.0", "## 7.0.0") == (released(shop), entries(shop)[1])
