"""The config file: what it gives, and how it says what is wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from specloom.config import default_config, load_config
from specloom.errors import UserError
from specloom.model.change import Severity
from specloom.model.files import FileTree
from specloom.model.generator import Generated, Generator
from specloom.model.policy import Policy


class Options(BaseModel):
    """What a generator can be told."""

    model_config = ConfigDict(extra="forbid")
    package: str | None = Field(None, description="Import name.")
    retries: int = 2


GENERATORS = tuple(
    Generator(target=target, version="1", summary="An SDK.", options=Options, generate=lambda *_: Generated(FileTree()))
    for target in ("sdk/python", "sdk/typescript")
)


def test_without_a_config_a_python_sdk_is_made_of_whatever_is_found() -> None:
    """The defaults do something useful."""
    config = default_config(GENERATORS)
    assert ({"sdk/python": Options()}, ()) == (config.targets, config.descriptions)


def test_facts_that_somebody_decided_on_are_known_by_their_ids() -> None:
    """What is no ID is a mistake with a line."""
    config = load_config(b'facts:\n  accept: ["0123abcd"]\n  reject:\n    - 89ab4567\n', generators=GENERATORS)
    assert ({"0123abcd"}, {"89ab4567"}) == (config.accepted_facts, config.rejected_facts)
    with pytest.raises(UserError, match=r"specloom\.yml:2: `facts.reject.0` must be text; put it in quotes"):
        load_config(b"facts:\n  reject: [12345678]\n", generators=GENERATORS)


@pytest.mark.parametrize("content", [b"", b"# nothing said\n", b"{}\n"])
def test_an_empty_file_means_the_defaults(content: bytes) -> None:
    """A commented starter file changes nothing."""
    assert default_config(GENERATORS) == load_config(content, generators=GENERATORS)


def test_targets_have_the_options_of_their_generators() -> None:
    """A target with nothing after it is wanted as it is."""
    config = load_config(b"targets:\n  sdk/typescript:\n  sdk/python: {package: pets}\n", generators=GENERATORS)
    assert {"sdk/python": Options(package="pets"), "sdk/typescript": Options()} == config.targets


def test_whoever_wants_drift_alone_names_no_target() -> None:
    """For everything, or for one description."""
    assert {} == load_config(b"targets: {}\n", generators=GENERATORS).targets
    content = b"descriptions:\n  - path: a.yaml\n    targets: {}\n  - path: b.yaml\n"
    assert [{}, None] == [item.targets for item in load_config(content, generators=GENERATORS).descriptions]


def test_a_description_is_a_path_or_a_path_with_more() -> None:
    """The short form is what most files need; folders come out in one spelling."""
    content = b"descriptions:\n  - a.yaml\n  - path: b.yaml\n    output: ./clients/b/\n  - {path: c.yaml, output: .}\n"
    found = load_config(content, generators=GENERATORS).descriptions
    assert [(item.path, item.folder) for item in found] == [("a.yaml", None), ("b.yaml", "clients/b"), ("c.yaml", "")]


def test_drift_settings_become_a_policy() -> None:
    """`off` is the config's word for a rule that is not reported."""
    content = b"drift: {fail_on: any, severities: {a-*: 'off', b: risky}, accept: [{reason: meant, rule: c}]}"
    config = load_config(content, generators=GENERATORS)
    accepted = [(item.reason, item.rule, item.where) for item in config.policy.accepted]
    assert (config.fail_on, config.policy.severities) == ("any", {"a-*": None, "b": Severity.RISKY})
    assert ([("meant", "c", "*")], Policy().unstable) == (accepted, config.policy.unstable)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("\ntarget:\n  a: 1\n", 2, "did you mean `targets`?"),
        ("targets:\n  sdk/python:\n    pakage: x\n", 3, "did you mean `package`?"),
        ("targets:\n  sdk/pythn:\n", 2, "did you mean `sdk/python`?"),
        ("targets:\n  sdk/python:\n    retries: many\n", 3, "must be a whole number"),
        ("descriptions:\n  - a.yaml\n  - output: x\n", 3, "needs `path`"),
        ("descriptions:\n  - path: a.yaml\n    output: ../x\n", 3, "inside the repository"),
        ("drift:\n  fail_on: sometimes\n", 2, "`breaking`, `risky`, `any` or `never`"),
        ("docs: guide.md\n", 1, "must be a list"),
        ("branch: ../main\n", 1, "`branch`"),
        ("- a\n", 1, "must be a mapping"),
        ("a: 1\nb: [1\nc: 2\n", 3, "not YAML"),
        ("docs: []\ndocs: []\n", 2, "twice"),
        ("docs:\n\t- a\n", 2, "not YAML"),
        ("docs: [2001-99-99]\n", 1, "quote it"),
        ("docs: &a\n  - *a\n", 1, "aliases"),
        ("docs: !!python/object:os.system x\n", 1, "cannot be read"),
        ("[" * 5000, 1, "nested"),
        ("#" * 300_000, 1, "at most"),
    ],
)
def test_a_mistake_is_shown_at_its_line(content: str, line: int, words: str) -> None:
    """Every message names the place in the file and says what to write instead."""
    with pytest.raises(UserError) as caught:
        load_config(content.encode(), generators=GENERATORS)
    assert caught.value.span is not None
    assert (".github/specloom.yml", line) == (caught.value.span.path, caught.value.span.start)
    assert words in caught.value.message


def test_all_mistakes_are_named_at_once() -> None:
    """Nobody should have to run it three times for three typos."""
    with pytest.raises(UserError, match="line 4: `docs`"):
        load_config(b"brnch: x\n\n\ndocs: 1\n", generators=GENERATORS)


def test_nested_aliases_do_not_unfold() -> None:
    """A billion laughs is an error at its line, in no time."""
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    with pytest.raises(UserError, match="unfolds"):
        load_config(f"l0: &l0 [a, a]\n{levels}".encode(), generators=GENERATORS)


@given(st.binary(max_size=200) | st.text(alphabet="abd:-[]{}&*!|> \n\t'\"#%@`", max_size=200).map(str.encode))
def test_whatever_the_file_holds_it_is_a_config_or_a_user_error(content: bytes) -> None:
    """Never a traceback."""
    with suppress(UserError):
        load_config(content, generators=GENERATORS)


def test_a_description_may_be_tracked_from_an_address() -> None:
    """A `./` in front of its path means nothing."""
    text = b"descriptions:\n  - path: ./api/shop.yaml\n    upstream: https://shop.example/v1/openapi.yaml?x=1\n"
    tracked = load_config(text, generators=GENERATORS).tracked
    assert {"api/shop.yaml": "https://shop.example/v1/openapi.yaml?x=1"} == tracked


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{path: a.yaml, upstream: ftp://shop.example/a}", "must be an https address"),
        ("{path: a.yaml, upstream: 'https://user:secret@shop.example/a'}", "must be an https address"),
        ("{path: a.yaml, upstream: 'https://shop.example/a b'}", "must be an https address"),
        ("{path: '*.yaml', upstream: 'https://shop.example/a'}", "one file, no glob"),
        ("{path: ../a.yaml, upstream: 'https://shop.example/a'}", "one file, no glob"),
        ("{path: .git/config, upstream: 'https://shop.example/a'}", "one file, no glob"),
        ("{path: .github/workflows/a.yaml, upstream: 'https://shop.example/a'}", "one file, no glob"),
        (
            "{path: a, upstream: 'https://s.example/1'}, {path: ./a, upstream: 'https://s.example/2'}",
            "one file from two",
        ),
        (", ".join(f"{{path: a{n}, upstream: 'https://s.example/{n}'}}" for n in range(21)), "at most 20 entries"),
    ],
)
def test_addresses_that_cannot_be_tracked(entry: str, message: str) -> None:
    """Credentials, other schemes, and files that no description is written to."""
    with pytest.raises(UserError, match=message):
        load_config(f"descriptions: [{entry}]\n".encode(), generators=GENERATORS)
