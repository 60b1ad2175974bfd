"""Every way to fail has an error of its own, and nothing that the server said is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from callers import Caller

    from scripted_server import Reply, ScriptedServer

STATUSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    418: "APIStatusError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
    500: "InternalServerError",
    599: "InternalServerError",
}


@pytest.mark.parametrize("status", STATUSES)
async def test_errors_by_status(kennel: Caller, server: ScriptedServer, reply: type[Reply], status: int) -> None:
    """Each status has its class, all of them below the package's root error."""
    server.on("GET", "/v1/dogs/7", reply(status, json={"title": "no"}, headers={"X-Request-Id": "req-1"}))
    with pytest.raises(kennel.sdk.KennelError) as caught:
        await kennel.do(kennel.client(max_retries=0).dogs.retrieve, "7")
    error = caught.value
    assert STATUSES[status] == type(error).__name__
    assert (status, {"title": "no"}, "req-1") == (error.status_code, error.body, error.request_id)
    assert "req-1" in str(error)


async def test_problem_is_typed(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """The body of an error is parsed into the model that the operation declares for its status."""
    server.on("GET", "/v1/dogs/7", reply(404, json={"title": "no such dog", "detail": "7", "extra": 1}))
    with pytest.raises(kennel.sdk.NotFoundError, match="no such dog") as caught:
        await kennel.do(kennel.client().dogs.retrieve, "7")
    problem = caught.value.problem_as(kennel.sdk.models.Problem)
    assert ("no such dog", "7", 1) == (problem.title, problem.detail, problem.model_extra["extra"])
    assert caught.value.problem_as(kennel.sdk.models.Dog) is None


@pytest.mark.parametrize("status", [400, 404, 451])
async def test_declared_ranges(kennel: Caller, server: ScriptedServer, reply: type[Reply], status: int) -> None:
    """A range such as 4XX and `default` declare the body as well."""
    server.on("POST", "/v1/dogs", reply(status, json={"title": "bad dog"}))
    server.on("GET", "/v1/dogs", reply(status, json={"title": "bad list"}))
    with pytest.raises(kennel.sdk.APIStatusError) as caught:
        await kennel.do(kennel.client(max_retries=0).dogs.create, id="7", name="Rex")
    assert caught.value.problem.title == "bad dog"
    with pytest.raises(kennel.sdk.APIStatusError) as caught:
        await kennel.do(kennel.client(max_retries=0).dogs.list)
    assert caught.value.problem.title == "bad list"


async def test_undeclared_html_error(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """An undocumented 502 with HTML is a typed error whose body is the text."""
    page = b"<html><h1>Bad Gateway</h1></html>"
    server.on("GET", "/v1/dogs/7", reply(502, body=page, headers={"Content-Type": "text/html"}))
    with pytest.raises(kennel.sdk.InternalServerError, match="Bad Gateway") as caught:
        await kennel.do(kennel.client(max_retries=0).dogs.retrieve, "7")
    assert (page.decode(), None) == (caught.value.body, caught.value.problem)


async def test_problem_that_does_not_fit(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A body of another shape than declared does not hide the error behind another one."""
    server.on("GET", "/v1/dogs/7", reply(404, json={"title": {"en": "no"}}))
    with pytest.raises(kennel.sdk.NotFoundError) as caught:
        await kennel.do(kennel.client().dogs.retrieve, "7")
    assert caught.value.problem.title == {"en": "no"}


async def test_redirect_loop_is_an_error(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A redirect that never ends is a typed error, not the HTTP library's."""
    server.on("GET", "/v1/dogs/7", reply(302, headers={"Location": "/v1/dogs/7"}))
    with pytest.raises(kennel.sdk.APIStatusError) as caught:
        await kennel.do(kennel.client().dogs.retrieve, "7")
    assert caught.value.status_code == 302


async def test_body_that_breaks_off(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A body that is cut short is a connection error, after the retries."""
    broken = reply(headers={"Content-Length": "100"}, chunks=[b'{"id"'], drop=True)
    server.on("GET", "/v1/dogs/7", broken)
    with pytest.raises(kennel.sdk.APIConnectionError):
        await kennel.do(kennel.client().dogs.retrieve, "7")
    assert len(server.seen) == 3
