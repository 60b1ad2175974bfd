"""Pull requests: one per head and base, and only between branches that exist and differ."""

from __future__ import annotations

from github_twin import git, people
from github_twin.call import Answer, Call, Route, invalid
from github_twin.render import pull_commits
from github_twin.rest.issues import check_length
from github_twin.state import Issue, Refusal

MOST_FILES = 3000


def list_pulls(call: Call) -> Answer:
    repository = call.repository("pull_requests", "read")
    state = call.query.get("state", "open")
    found = [i for i in repository.issues.values() if i.head_branch and state in {"all", i.state}]
    if head := call.query.get("head"):
        found = [i for i in found if f"{(i.head_repository or repository).owner.login}:{i.head_branch}" == head]
    if base := call.query.get("base"):
        found = [i for i in found if i.base_branch == base]
    found.sort(key=lambda issue: -issue.number)
    return call.page([call.render.pull(repository, issue, full=False) for issue in found])


def create(call: Call) -> Answer:
    repository = call.repository("pull_requests", "write")
    body = call.body
    check_length(body.get("body"), "PullRequest")
    owner, _, branch = body["head"].rpartition(":")
    source = next((r for r in call.world.repositories.values() if _is_source(r, repository, owner)), None)
    head = git.head_of(source, branch) if source else None
    base = git.head_of(repository, body["base"])
    if head is None or source is None:
        raise invalid("PullRequest", "head")
    if base is None:
        raise invalid("PullRequest", "base")
    _refuse_duplicates(repository, source, branch, body["base"])
    git.borrow(repository, source) if source is not repository else None
    if git.is_ancestor(repository, head, base):
        message = f"No commits between {body['base']} and {branch}"
        raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "code": "custom", "message": message}])
    opened = people.open_pull(
        call.world, repository, source, people.Opening(call.user, branch, body["base"], body["title"], body.get("body"))
    )
    opened.draft = body.get("draft", False)
    call.hooks.pull(repository, opened, "opened", call.user)
    return Answer(status=201, body=call.render.pull(repository, opened))


def _is_source(candidate: object, repository: object, owner: str) -> bool:
    if not owner:
        return candidate is repository
    related = candidate is repository or getattr(candidate, "parent", None) is repository
    return related and candidate.owner.login == owner  # type: ignore[attr-defined]


def _refuse_duplicates(repository: object, source: object, branch: str, base: str) -> None:
    for issue in repository.issues.values():  # type: ignore[attr-defined]
        same = (issue.head_repository or repository) is source and issue.head_branch == branch
        if same and issue.base_branch == base and issue.state == "open":
            message = f"A pull request already exists for {source.owner.login}:{branch}."  # type: ignore[attr-defined]
            raise Refusal(422, "Validation Failed", [{"resource": "PullRequest", "code": "custom", "message": message}])


def _pull(call: Call, level: str) -> tuple[object, Issue]:
    repository = call.repository("pull_requests", level)
    return repository, call.world.issue(repository, int(call.params["pull_number"]), pull=True)


def get(call: Call) -> Answer:
    repository, issue = _pull(call, "read")
    return Answer(body=call.render.pull(repository, issue))


def update(call: Call) -> Answer:
    repository, issue = _pull(call, "write")
    check_length(call.body.get("body"), "PullRequest")
    for key in ("title", "body"):
        if key in call.body:
            setattr(issue, key, call.body[key])
    issue.updated_at = call.world.now()
    state = call.body.get("state", issue.state)
    if state != issue.state:
        people.set_state(call.world, repository, issue, state)
        call.hooks.pull(repository, issue, "closed" if state == "closed" else "reopened", call.user)
    else:
        call.hooks.pull(repository, issue, "edited", call.user)
    return Answer(body=call.render.pull(repository, issue))


def list_files(call: Call) -> Answer:
    repository, issue = _pull(call, "read")
    head, base = pull_commits(repository, issue)
    url = f"{call.render.api}/repos/{repository.full_name}"
    rows = []
    for file in git.changed_files(repository, base, head)[:MOST_FILES]:
        row = {
            "sha": file.sha,
            "filename": file.path,
            "status": file.status,
            "additions": file.additions,
            "deletions": file.deletions,
            "changes": file.additions + file.deletions,
            "blob_url": f"{call.render.origin}/{repository.full_name}/blob/{head}/{file.path}",
            "raw_url": f"{call.render.origin}/{repository.full_name}/raw/{head}/{file.path}",
            "contents_url": f"{url}/contents/{file.path}?ref={head}",
        }
        if file.patch is not None:
            row["patch"] = file.patch
        if file.status == "renamed":
            row["previous_filename"] = file.previous
        rows.append(row)
    return call.page(rows)


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/pulls", list_pulls),
    Route("POST", "/repos/{owner}/{repo}/pulls", create),
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number:\\d+}", get),
    Route("PATCH", "/repos/{owner}/{repo}/pulls/{pull_number:\\d+}", update),
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number:\\d+}/files", list_files),
)
