"""Names taken apart into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.lang.words import is_plural, singular, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("listPets", "list pets"),
        ("list_pets", "list pets"),
        ("list-pets.all/of them", "list pets all of them"),
        ("HTTPServerError", "http server error"),
        ("listPetIDs", "list pet ids"),
        ("OAuth2Client", "oauth2 client"),
        ("createOAuthToken", "create oauth token"),
        ("io.k8s.api.core.v1.Pod", "io k8s api core v1 pod"),
        ("CoreV1NamespacedPod", "core v1 namespaced pod"),
        ("C2C", "c2c"),
        ("2FA", "2fa"),
        ("3DSecure", "3d secure"),
        ("K8SCluster", "k8s cluster"),
        ("S3URL", "s3 url"),
        ("Base64URL", "base64 url"),
        ("address1City", "address1 city"),
        ("+1", "plus 1"),
        ("-1", "minus 1"),
        ("@type", "type"),
        ("café", "cafe"),
        ("名前", "名前"),
        ("ﬁeld", "field"),
        ("*", "star"),
        ("<=", "less than sign equals sign"),
        ("__init__", "init"),
        ("", ""),
        ("\0", ""),
    ],
)
def test_names_split_at_punctuation_and_case(name: str, expected: str) -> None:
    """Accents go, symbols that stand alone are spelled out."""
    assert expected == " ".join(words(name))


@given(st.text())
def test_words_are_lower_case_and_never_blank(name: str) -> None:
    """Whatever the name, its words can be joined to something."""
    assert all(word and not word.isspace() for word in words(name))


@pytest.mark.parametrize(
    ("plural", "one"),
    [("pets", "pet"), ("policies", "policy"), ("boxes", "box"), ("addresses", "address"), ("classes", "class")],
)
def test_plurals_have_a_singular(plural: str, one: str) -> None:
    """The rules of thumb cover the common endings."""
    assert one == singular(plural)
    assert is_plural(plural)


@pytest.mark.parametrize("word", ["status", "access", "analysis", "pet", "s"])
def test_other_words_are_left_alone(word: str) -> None:
    """Not everything that ends in s is a plural."""
    assert word == singular(word) or word == "s"
