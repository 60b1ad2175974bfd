"""Names of operations in client libraries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.lang.operations import choices, group_of, name_operations
from generators.lang.python.identifiers import snake
from generators.lang.words import words
from specloom.model.api import MediaType, Naming, Operation, OperationKind, Response
from specloom.model.source import Span

if TYPE_CHECKING:
    from generators.lang.operations import Name

HERE = Span("api.yaml", 1, 1)


def _operation(key: str, operation_id: str | None = None, *tags: str) -> Operation:
    method, path = key.split(" ", 1)
    return Operation(
        key=key, kind=OperationKind.HTTP, method=method, path=path, span=HERE, operation_id=operation_id, tags=tags
    )


def _names(*operations: Operation) -> dict[str, Name]:
    return name_operations(operations, spell_group=snake, spell_method=snake, taken=lambda _group: {"models"})


@pytest.mark.parametrize(
    ("key", "operation_id", "tag", "expected"),
    [
        ("GET /pets", "listPets", "pets", "list"),
        ("GET /pets", "getPets", "pets", "list"),
        ("GET /pets/{id}", "getPet", "pets", "get"),
        ("GET /pets/{id}", "getPetById", "pets", "get by id"),
        ("GET /pet/findByStatus", "findPetsByStatus", "pet", "find by status"),
        ("GET /repos/{o}/{r}", "repos/get", "repos", "get"),
        ("POST /pets", "PetsController_create", "Pets", "create"),
        ("GET /items/{item_id}", "read_item_items__item_id__get", "items", "read"),
        ("GET /api/v1/pods", "listCoreV1NamespacedPod", "core_v1", "list namespaced pod"),
        ("GET /vpc/nat", "vpcnatgateways_list", "VPC NAT Gateways", "list"),
        ("GET /pets", "petsByStatus", "pets", "get by status"),
        ("GET /pets", "pets", "pets", "list"),
        ("GET /pets", None, "pets", "list"),
        ("GET /pets/{id}", None, "pets", "get"),
        ("POST /pets", None, "pets", "create"),
        ("PUT /pets/{id}", None, "pets", "update"),
        ("PATCH /pets/{id}", None, "pets", "update"),
        ("DELETE /pets/{id}", None, "pets", "delete"),
        ("HEAD /pets/{id}", None, "pets", "head"),
        ("GET /pets/settings", None, "pets", "get settings"),
        ("GET /settings", "getSettings", "settings", "get"),
        ("GET /pets/{id}/toys", None, "pets", "list toys"),
        ("GET /pets/{id}/toys/{toy}", None, "pets", "get toy"),
        ("POST /pets/{id}/toys", None, "pets", "create toy"),
        ("POST /charges/{id}/capture", None, "charges", "capture"),
        ("GET /pets/{id}/owner", None, "pets", "get owner"),
        ("GET /", None, "root", "get"),
        ("GET /emails/receiving", "emails/list-receiving", "Receiving Emails", "list receiving"),
        ("POST /chat", "chat.postMessage", "chat", "post message"),
        ("GET /x", "other.look", "chat", "other look"),
        ("GET /x", "look.", "x", "look"),
        # An id that only repeats the route says nothing: what the path is about decides.
        ("GET /users/{user_id}/orders", "getUsersIdOrders", "users", "list orders"),
        ("DELETE /users/{user_id}/aliases/{alias_id}", "delete_users_id_aliases_id", "aliases", "delete"),
        ("POST /v1/charges/{charge}/capture", "PostChargesChargeCapture", "charges", "capture"),
        ("PATCH /api/hooks/{id}", "api_hooks_id_patch", "hooks", "update"),
        ("POST /api/v2/dealers", "Dealers_PostDealers", "dealers", "create"),
        ("GET /rate", "getRates", "rate", "list"),
        ("DELETE /zoo/toy-boxes/{id}", "zoo_toy-boxes_delete", "zoo", "toy boxes delete"),
        ("DELETE /zoo/toy-boxes/{id}", "zoo_toy-boxes_id_delete", "zoo", "delete toy box"),
        ("GET /boxes", "boxesGET", "zoo", "list boxes"),
        ("GET /v1/jobs/{id}/reports", "reporting.jobs.reports.list", "jobs", "reports list"),
        ("POST /v1/jobs", "reporting.jobs.create", "jobs", "create"),
        ("POST /crm/{id}/archive", "post-/crm/{id}/archive_doArchive", "crm", "do archive"),
        ("GET /stops", "5476362a281d830c946a3d72", "stops", "list"),
        ("GET /facility/{id}", "getByAssemblyUsingGET_1", "maps", "get by assembly"),
        ("GET /providers/ids", "getAllIds_5", "vendors", "get all ids"),
        ("GET /v2/teams/2", "get_team_2", "x", "get team 2"),
        ("POST /updateAccount", "post-updateAccount", "accounts", "update"),
        ("DELETE /tasks/{id}", "DELETE_Delete_Deletion_Task", "tasks", "delete deletion"),
        ("DELETE /wages/{wageId}", "DeleteWageByWageId", "wage", "delete"),
        ("GET /users/{username}", "users/get-by-username", "users", "get by username"),
        ("GET /groups", "Groups_ListGroups", "groups", "list"),
        ("GET /joke/list", None, "joke", "list"),
        ("GET /domains/updates/list", None, "domains", "list updates"),
        ("GET /dealers/getByRegion", None, "dealers", "get by region"),
        ("GET /album.tracks.get", None, "track", "get album"),
        ("GET /pages.json", None, "pages", "list"),
        ("GET /v1/rates/latest", None, "rates", "get latest"),
        ("GET /search", None, "search", "get"),
        ("POST /search", None, "search", "run"),
        ("POST /pets/{id}", None, "pets", "update"),
        ("GET /teams/{id}/members/{member}", None, "team members", "get"),
    ],
)
def test_a_name_is_what_a_careful_engineer_would_write(
    key: str, operation_id: str | None, tag: str, expected: str
) -> None:
    """The operationId without its tag and its noise, else a verb and the end of the path."""
    assert expected == " ".join(choices(_operation(key, operation_id, tag), words(tag))[0])


@pytest.mark.parametrize(
    ("key", "tags", "expected"),
    [
        ("GET /pets", ("Pet Store",), (("pet", "store"),)),
        ("GET /api/v2/guilds/{id}", (), (("guilds",),)),
        ("GET /v1/{id}", (), (("v1",),)),
        ("POST /chat.postMessage", (), (("chat",),)),
        ("GET /", (), (("root",),)),
        ("GET /{id}", ("",), (("root",),)),
        ("POST /sendMessage", (), ()),
        ("GET /pets/sendMessage", (), (("pets",),)),
        ("POST /sendMessage", ("sendMessage",), ()),
        ("GET /list-items", ("list items",), ()),
        ("GET /users/{id}/toys", ("default",), (("users",),)),
        ("GET /users", ("all", "people"), (("people",),)),
        ("GET /v1/users", ("v1",), (("users",),)),
        ("GET /x", ("carts/{cartId}/items",), (("carts", "items"),)),
        ("GET /x", ("/1.0/user",), (("user",),)),
        ("GET /x", ("2.1. User settings",), (("user", "settings"),)),
        ("GET /x", ("pet-controller",), (("pet",),)),
        ("GET /x", ("API",), (("x",),)),
    ],
)
def test_a_group_is_the_tag_or_the_first_telling_segment(key: str, tags: tuple[str, ...], expected: Any) -> None:  # noqa: ANN401 -- a tuple of words
    """Versions and `api` say nothing about what an operation is on."""
    assert expected == group_of(_operation(key, None, *tags))


@pytest.mark.parametrize(
    ("key", "sentence", "expected"),
    [
        ("GET /discounts", "Retrieve all discounts", "list"),
        ("GET /discounts/{id}", "Retrieve a single discount", "get"),
        ("POST /discounts", "Create a new discount", "create"),
        ("DELETE /discounts/{id}", "Delete this discount and everything that was bought with it", "delete"),
        ("GET /discounts/{id}/images", "Fetch the images", "list images"),
        ("POST /discounts/{id}/like", "Lets somebody say that they like a discount", "like"),
        ("PATCH /discounts/{id}", "Rename a discount", "rename"),
        ("POST /jobs/{id}", "Close or abort a job", "close or abort job"),
        ("POST /customer", "Create a customer", "create customer"),
        ("GET /discounts/78", "A cheap discount", "cheap"),
        ("DELETE /delete", "DELETE Request", "delete"),
    ],
)
def test_a_sentence_gives_way_where_it_says_what_the_path_says(key: str, sentence: str, expected: str) -> None:
    """And loses its articles where it says more."""
    assert expected == " ".join(choices(_operation(key, sentence, "Discounts"), ("discounts",))[0])


@pytest.mark.parametrize(
    ("path", "tag", "expected"),
    [
        ("/shops/{shop}/items/v2/{item}", "shops/{shop}/items/v2/{item}", [["shops"], ["items"]]),
        ("/shops/{shop}/items", "shops/:shop/items", [["shops"], ["items"]]),
        ("/shops/{shop}/items", "Shops/Admin", [["shops", "admin"]]),
        ("/v1/shops", "v1", [["shops"]]),
    ],
)
def test_a_tag_that_spells_the_path_gives_its_nouns(path: str, tag: str, expected: list[list[str]]) -> None:
    """Collections have folders for segments of paths; any other tag is a name."""
    assert expected == [list(part) for part in group_of(_operation(f"GET {path}", None, tag))]


@pytest.mark.parametrize(
    ("status", "media_type", "expected"),
    [("200", "application/json", "update"), ("201", "application/json", "create"), ("200", "audio/mpeg", "create")],
)
def test_a_post_to_one_of_many_creates_where_its_answer_is_new(status: str, media_type: str, expected: str) -> None:
    """No change of something is answered by a file."""
    content = (MediaType(media_type=media_type, span=HERE),)
    operation = replace(
        _operation("POST /speech/{voice}"), responses=(Response(status=status, span=HERE, content=content),)
    )
    assert choices(operation, ("speech",))[0] == (expected,)


def test_the_owners_names_win() -> None:
    """Resource and method come from the file that the owner keeps."""
    named = replace(
        _operation("POST /v1/x", "createX", "x"),
        naming=Naming(resource=("chat", "completions"), method="create", origin=HERE),
    )
    found = _names(named)["POST /v1/x"]
    assert (("chat", "completions"), "create") == (found.group, found.method)


def test_a_method_never_hides_an_inner_group() -> None:
    """`chat.completions` being a group, no method of `chat` has its name."""
    inner = replace(
        _operation("POST /a"), naming=Naming(resource=("chat", "completions"), method="create", origin=HERE)
    )
    outer = replace(_operation("POST /b"), naming=Naming(resource=("chat",), method="completions", origin=HERE))
    assert _names(inner, outer)["POST /b"].method != "completions"


def test_adding_an_operation_keeps_the_names_of_the_others() -> None:
    """PATCH beside PUT, and an item beside a collection, take what is left."""
    before = _names(_operation("PUT /pets/{id}"), _operation("GET /pets"))
    after = _names(_operation("PUT /pets/{id}"), _operation("GET /pets"), _operation("PATCH /pets/{id}"))
    assert before == {key: after[key] for key in before}
    assert after["PATCH /pets/{id}"].method == "patch"


def test_an_item_that_cannot_have_the_short_name_says_by_what_it_is_found() -> None:
    """The name of the parameter comes before the whole path."""
    found = _names(_operation("GET /box/thing"), _operation("GET /box/thing/{thing_id}"))
    assert found["GET /box/thing/{thing_id}"].method == "get_thing_by_thing_id"


def test_an_operation_without_a_path_is_the_clients_own() -> None:
    """A name that says what is done needs no group."""
    assert group_of(_operation("POST /#X-Target=Send", "SendMessage")) == ()


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("GET /box/cards", "GET /box/{id}/lists/{list}/cards"), "list_list_cards"),
        (("GET /box", "GET /shops/{shop}/box"), "get_for_shop"),
        (("POST /box/{id}/open", "POST /box/{id}/lids/{lid}/open"), "open_lid"),
        (("PUT /box/{id}", "POST /box/{id}"), "post"),
        (("GET /box?city={city}", "GET /box?lat={lat}&lon={lon}"), "get_by_lat_and_lon"),
        (("GET /v1/box", "GET /v2/box"), "get_v2"),
    ],
)
def test_two_of_one_name_are_told_apart_by_what_differs(keys: tuple[str, ...], expected: str) -> None:
    """Parents, other verbs, what is asked by and versions come before the whole path."""
    found = name_operations(
        [_operation(key, None, "boxes") for key in keys], spell_group=snake, spell_method=snake, taken=lambda _group: ()
    )
    assert found[keys[1]].method == expected


def test_a_name_that_needs_no_underscore_is_preferred() -> None:
    """`import` being a keyword, what the operationId says in full is better."""
    assert _names(_operation("POST /domains/import", "importDomain", "domains"))["POST /domains/import"].method == (
        "import_domain"
    )


_PATHS = st.lists(st.sampled_from(["pets", "{id}", "v1", "toys", "a.b", "-", "é"]), max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)
_OPERATIONS = st.lists(
    st.builds(
        lambda method, path, name, tag: _operation(f"{method} {path}", name, *tag),
        st.sampled_from(["GET", "PUT", "POST", "PATCH", "DELETE", "TRACE"]),
        _PATHS,
        st.none() | st.text(max_size=12),
        st.lists(st.sampled_from(["pets", "Pets", "toy store", ""]), max_size=1),
    ),
    unique_by=lambda operation: operation.key,
    max_size=12,
)


@given(operations=_OPERATIONS, data=st.data())
def test_every_operation_has_a_name_of_its_own_whatever_their_order(
    operations: list[Operation], data: st.DataObject
) -> None:
    """Names are identifiers, no two are alike, and the order of the operations does not matter."""
    found = _names(*operations)
    assert len({(name.group, name.method) for name in found.values()}) == len(operations)
    assert all(name.method.isidentifier() and name.method != "models" for name in found.values())
    assert found == _names(*data.draw(st.permutations(operations)))
