"""Issues, their comments, and reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from github_twin.call import Answer, Call, Route, invalid
from github_twin.render import stamp
from github_twin.state import Comment, Refusal

if TYPE_CHECKING:
    from github_twin.state import Repository

LONGEST = 65_536
CONTENTS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")


def _write(call: Call) -> Repository:
    """Comments on pull requests need `pull_requests` or `issues`; GitHub accepts either."""
    try:
        return call.repository("issues", "write")
    except Refusal as refusal:
        if refusal.status != 403:
            raise
        return call.repository("pull_requests", "write")


def check_length(body: str | None, resource: str) -> None:
    """Refuse a body that is too long, as GitHub phrases it."""
    if body is not None and len(body) > LONGEST:
        raise invalid(resource, "body", "custom", f"body is too long (maximum is {LONGEST} characters)")


def get_issue(call: Call) -> Answer:
    repository = call.repository("issues", "read")
    return Answer(body=call.render.issue(repository, call.world.issue(repository, int(call.params["issue_number"]))))


def list_comments(call: Call) -> Answer:
    repository = call.repository("issues", "read")
    number = int(call.params["issue_number"])
    call.world.issue(repository, number)
    mine = [comment for comment in repository.comments.values() if comment.number == number]
    return call.page([call.render.comment(repository, comment) for comment in mine])


def create_comment(call: Call) -> Answer:
    repository = _write(call)
    issue = call.world.issue(repository, int(call.params["issue_number"]))
    check_length(call.body["body"], "IssueComment")
    now = call.world.now()
    comment = Comment(
        id=call.world.next_id(),
        number=issue.number,
        user=call.user,
        body=call.body["body"],
        created_at=now,
        updated_at=now,
    )
    repository.comments[comment.id] = comment
    call.hooks.commented(repository, issue, comment, "created")
    return Answer(status=201, body=call.render.comment(repository, comment))


def _comment(call: Call, repository: Repository) -> Comment:
    comment = repository.comments.get(int(call.params["comment_id"]))
    if comment is None:
        raise Refusal(404, "Not Found")
    return comment


def get_comment(call: Call) -> Answer:
    repository = call.repository("issues", "read")
    return Answer(body=call.render.comment(repository, _comment(call, repository)))


def update_comment(call: Call) -> Answer:
    repository = _write(call)
    comment = _comment(call, repository)
    check_length(call.body["body"], "IssueComment")
    comment.body, comment.updated_at = call.body["body"], call.world.now()
    call.hooks.commented(repository, repository.issues[comment.number], comment, "edited")
    return Answer(body=call.render.comment(repository, comment))


def add_reaction(call: Call, comment: Comment) -> Answer:
    """React; a reaction that stands already is answered with 200."""
    content = call.body["content"]
    if content not in CONTENTS:
        raise invalid("Reaction", "content")
    for number, login, known in comment.reactions:
        if (login, known) == (call.user.login, content):
            return Answer(body=_reaction(call, number, content))
    number = call.world.next_id()
    comment.reactions.append((number, call.user.login, content))
    return Answer(status=201, body=_reaction(call, number, content))


def _reaction(call: Call, number: int, content: str) -> dict[str, object]:
    user = call.render.account(call.user)
    made = stamp(call.world.now())
    return {"id": number, "node_id": f"REA_{number}", "user": user, "content": content, "created_at": made}


def react(call: Call) -> Answer:
    repository = _write(call)
    return add_reaction(call, _comment(call, repository))


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/issues/{issue_number}", get_issue),
    Route("GET", "/repos/{owner}/{repo}/issues/{issue_number}/comments", list_comments),
    Route("POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", create_comment),
    Route("GET", "/repos/{owner}/{repo}/issues/comments/{comment_id}", get_comment),
    Route("PATCH", "/repos/{owner}/{repo}/issues/comments/{comment_id}", update_comment),
    Route("POST", "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", react),
)
