"""Reviews and their comments, which may only stand on lines that the diff shows."""

from __future__ import annotations

from typing import Any

from github_twin import git
from github_twin.call import Answer, Call, Route
from github_twin.render import pull_commits
from github_twin.rest.issues import add_reaction, check_length
from github_twin.state import Issue, Refusal, Repository, Review, ReviewComment

STATES = {"COMMENT": "COMMENTED", "APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED"}


def _unprocessable(reason: str) -> Refusal:
    return Refusal(422, "Unprocessable Entity", [reason])


def _pull(call: Call, level: str) -> tuple[Repository, Issue]:
    repository = call.repository("pull_requests", level)
    return repository, call.world.issue(repository, int(call.params["pull_number"]), pull=True)


def create_review(call: Call) -> Answer:
    repository, issue = _pull(call, "write")
    head, base = pull_commits(repository, issue)
    commit = call.body.get("commit_id") or head
    if commit != head:
        git.commit_of(repository, commit)
    event = call.body.get("event")
    comments = call.body.get("comments") or []
    if not call.body.get("body") and not comments and event in {"COMMENT", "REQUEST_CHANGES"}:
        raise _unprocessable("Review body can't be blank")
    check_length(call.body.get("body"), "PullRequestReview")
    files = {file.path: file for file in git.changed_files(repository, base, commit)}
    for comment in comments:
        _demand_in_diff(files, comment)
    review = Review(
        id=call.world.next_id(),
        number=issue.number,
        user=call.user,
        body=call.body.get("body") or "",
        state=STATES.get(event, "PENDING"),
        commit=commit,
        submitted_at=call.world.now(),
    )
    repository.reviews[review.id] = review
    for comment in comments:
        _add(call, repository, review, comment, files)
    return Answer(body=call.render.review(repository, review))


def _demand_in_diff(files: dict[str, git.ChangedFile], comment: dict[str, Any]) -> None:
    check_length(comment["body"], "PullRequestReviewComment")
    file = files.get(comment["path"])
    if file is None:
        raise _unprocessable("Path could not be resolved")
    if "line" not in comment:
        raise _unprocessable("Line could not be resolved")
    shown = file.lines[comment.get("side", "RIGHT")]
    if comment["line"] not in shown:
        raise _unprocessable("Line could not be resolved")
    start = comment.get("start_line")
    if start is not None:
        at = file.lines[comment.get("start_side", comment.get("side", "RIGHT"))]
        if start not in at or start >= comment["line"] or at[start] != shown[comment["line"]]:
            raise _unprocessable("Start line must precede the end line and be part of the same hunk")


def _add(call: Call, repository: Repository, review: Review, comment: dict[str, Any], files: dict[str, Any]) -> None:
    side = comment.get("side", "RIGHT")
    file = files[comment["path"]]
    made = ReviewComment(
        id=call.world.next_id(),
        number=review.number,
        user=review.user,
        body=comment["body"],
        created_at=review.submitted_at,
        updated_at=review.submitted_at,
        review=review.id,
        path=comment["path"],
        commit=review.commit,
        side=side,
        line=comment["line"],
        start_line=comment.get("start_line"),
        hunk=file.hunks[file.lines[side][comment["line"]]],
    )
    repository.review_comments[made.id] = made
    call.hooks.line_commented(repository, repository.issues[review.number], made, "created")


def list_reviews(call: Call) -> Answer:
    repository, issue = _pull(call, "read")
    mine = [review for review in repository.reviews.values() if review.number == issue.number]
    return call.page([call.render.review(repository, review) for review in mine])


def list_comments(call: Call) -> Answer:
    repository, issue = _pull(call, "read")
    mine = [comment for comment in repository.review_comments.values() if comment.number == issue.number]
    return call.page([call.render.review_comment(repository, comment) for comment in mine])


def _comment(call: Call, repository: Repository) -> ReviewComment:
    comment = repository.review_comments.get(int(call.params["comment_id"]))
    if comment is None:
        raise Refusal(404, "Not Found")
    return comment


def get_comment(call: Call) -> Answer:
    repository = call.repository("pull_requests", "read")
    return Answer(body=call.render.review_comment(repository, _comment(call, repository)))


def reply(call: Call) -> Answer:
    repository, issue = _pull(call, "write")
    above = _comment(call, repository)
    check_length(call.body["body"], "PullRequestReviewComment")
    if above.in_reply_to is not None:
        raise Refusal(422, "Validation Failed", [{"resource": "PullRequestReviewComment", "code": "custom"}])
    now = call.world.now()
    made = ReviewComment(
        id=call.world.next_id(),
        number=issue.number,
        user=call.user,
        body=call.body["body"],
        created_at=now,
        updated_at=now,
        review=above.review,
        path=above.path,
        commit=above.commit,
        side=above.side,
        line=above.line,
        in_reply_to=above.id,
        hunk=above.hunk,
    )
    repository.review_comments[made.id] = made
    call.hooks.line_commented(repository, issue, made, "created")
    return Answer(status=201, body=call.render.review_comment(repository, made))


def react(call: Call) -> Answer:
    repository = call.repository("pull_requests", "write")
    return add_reaction(call, _comment(call, repository))


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number:\\d+}/reviews", list_reviews),
    Route("POST", "/repos/{owner}/{repo}/pulls/{pull_number:\\d+}/reviews", create_review),
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number:\\d+}/comments", list_comments),
    Route("POST", "/repos/{owner}/{repo}/pulls/{pull_number:\\d+}/comments/{comment_id}/replies", reply),
    Route("GET", "/repos/{owner}/{repo}/pulls/comments/{comment_id}", get_comment),
    Route("POST", "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions", react),
)
