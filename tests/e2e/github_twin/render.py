"""GitHub's JSON for the twin's objects: every field that the description requires, and links that lead back here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from github_twin import git

if TYPE_CHECKING:
    from github_twin.state import (
        Account,
        App,
        CheckRun,
        Comment,
        Delivery,
        Installation,
        Issue,
        Repository,
        Review,
        ReviewComment,
        World,
    )

REPOSITORY_LINKS = tuple(
    """
    archive assignees blobs branches collaborators comments commits compare contents contributors deployments
    downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages
    merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees
    """.split()  # noqa: SIM905  # forty quoted words read worse
)
USER_LINKS = (
    "events",
    "followers",
    "following",
    "gists",
    "organizations",
    "received_events",
    "repos",
    "starred",
    "subscriptions",
)


def stamp(seconds: float | None) -> str | None:
    """Return a time as GitHub writes it."""
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Render:
    """Renders for one base URL (`http://host:port`); REST answers live below `/api/v3`, as on GHES."""

    def __init__(self, world: World, origin: str) -> None:
        self.world, self.origin, self.api = world, origin, f"{origin}/api/v3"

    def account(self, account: Account) -> dict[str, Any]:
        url = f"{self.api}/users/{account.login}"
        return {
            "login": account.login,
            "id": account.id,
            "node_id": f"U_{account.id}",
            "avatar_url": f"{self.origin}/avatars/{account.id}",
            "gravatar_id": "",
            "url": url,
            "html_url": f"{self.origin}/{account.login}",
            **{f"{name}_url": f"{url}/{name}" for name in USER_LINKS},
            "type": account.type,
            "site_admin": False,
        }

    def repository(self, repository: Repository, *, full: bool = False) -> dict[str, Any]:
        url = f"{self.api}/repos/{repository.full_name}"
        html = f"{self.origin}/{repository.full_name}"
        zero = ("forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers")
        no = ("archived", "disabled", "has_pages", "has_discussions", "has_wiki", "has_projects")
        body: dict[str, Any] = {
            "id": repository.id,
            "node_id": repository.node_id,
            "name": repository.name,
            "full_name": repository.full_name,
            "owner": self.account(repository.owner),
            "private": repository.private,
            "fork": repository.parent is not None,
            "description": None,
            "url": url,
            "html_url": html,
            "clone_url": f"{html}.git",
            "git_url": f"{html}.git",
            "ssh_url": f"{html}.git",
            "svn_url": html,
            "mirror_url": None,
            **{f"{name}_url": f"{url}/{name}" for name in REPOSITORY_LINKS},
            "default_branch": repository.default_branch,
            **dict.fromkeys(zero, 0),
            "watchers_count": 0,
            **dict.fromkeys(no, False),
            "has_issues": True,
            "has_downloads": True,
            "homepage": None,
            "language": None,
            "license": None,
            "created_at": stamp(repository.created_at),
            "updated_at": stamp(repository.created_at),
            "pushed_at": stamp(repository.created_at),
        }
        return body | ({"network_count": 0, "subscribers_count": 0} if full else {})

    def app(self, app: App) -> dict[str, Any]:
        return {
            "id": app.id,
            "slug": app.slug,
            "node_id": f"A_{app.id}",
            "owner": self.account(app.owner),
            "name": app.slug,
            "description": None,
            "external_url": self.origin,
            "html_url": f"{self.origin}/apps/{app.slug}",
            "created_at": stamp(0),
            "updated_at": stamp(0),
            "permissions": app.permissions,
            "events": app.events,
        }

    def installation(self, installation: Installation) -> dict[str, Any]:
        return {
            "id": installation.id,
            "account": self.account(installation.account),
            "app_id": installation.app.id,
            "app_slug": installation.app.slug,
            "target_id": installation.account.id,
            "target_type": installation.account.type,
            "single_file_name": None,
            "repository_selection": "selected",
            "access_tokens_url": f"{self.api}/app/installations/{installation.id}/access_tokens",
            "repositories_url": f"{self.api}/installation/repositories",
            "html_url": f"{self.origin}/settings/installations/{installation.id}",
            "events": installation.app.events,
            "permissions": installation.permissions,
            "created_at": stamp(0),
            "updated_at": stamp(0),
            "suspended_by": None,
            "suspended_at": None,
        }

    def issue(self, repository: Repository, issue: Issue) -> dict[str, Any]:
        url = f"{self.api}/repos/{repository.full_name}/issues/{issue.number}"
        kind = "pull" if issue.head_branch else "issues"
        links = ("comments", "events", "labels", "timeline")
        pull = f"{self.api}/repos/{repository.full_name}/pulls/{issue.number}"
        html = f"{self.origin}/{repository.full_name}/{kind}/{issue.number}"
        body: dict[str, Any] = {
            **self._thread(issue),
            "url": url,
            "html_url": html,
            "repository_url": f"{self.api}/repos/{repository.full_name}",
            **{f"{name}_url": f"{url}/{name}" for name in links},
            "node_id": f"I_{issue.id}",
            "comments": sum(comment.number == issue.number for comment in repository.comments.values()),
        }
        if issue.head_branch:
            body["pull_request"] = {
                "url": pull,
                "html_url": html,
                "diff_url": f"{html}.diff",
                "patch_url": f"{html}.patch",
            }
        return body

    def _thread(self, issue: Issue) -> dict[str, Any]:
        return {
            "id": issue.id,
            "number": issue.number,
            "state": issue.state,
            "locked": False,
            "title": issue.title,
            "user": self.account(issue.user),
            "body": issue.body,
            "labels": [],
            "assignee": None,
            "milestone": None,
            "created_at": stamp(issue.created_at),
            "updated_at": stamp(issue.updated_at),
            "closed_at": stamp(issue.closed_at),
            "author_association": "NONE",
        }

    def pull(self, repository: Repository, issue: Issue, *, full: bool = True) -> dict[str, Any]:
        url = f"{self.api}/repos/{repository.full_name}/pulls/{issue.number}"
        issue_url = f"{self.api}/repos/{repository.full_name}/issues/{issue.number}"
        html = f"{self.origin}/{repository.full_name}/pull/{issue.number}"
        head, base = pull_commits(repository, issue)
        links = {
            "comments": f"{issue_url}/comments",
            "commits": f"{url}/commits",
            "html": html,
            "issue": issue_url,
            "review_comment": f"{url}/comments{{/number}}",
            "review_comments": f"{url}/comments",
            "self": url,
            "statuses": f"{url}/statuses/{head}",
        }
        shown = ("comments", "commits", "issue", "review_comment", "review_comments", "statuses")
        body: dict[str, Any] = {
            **self._thread(issue),
            "node_id": f"PR_{issue.id}",
            "url": url,
            "html_url": html,
            "diff_url": f"{html}.diff",
            "patch_url": f"{html}.patch",
            **{f"{name}_url": links[name] for name in shown},
            "_links": {name: {"href": href} for name, href in links.items()},
            "head": self._end(issue.head_repository or repository, issue.head_branch or "", head),
            "base": self._end(repository, issue.base_branch, base),
            "draft": issue.draft,
            "merged_at": stamp(issue.merged_at),
            "merge_commit_sha": None,
            "auto_merge": None,
        }
        return body | (self._statistics(repository, issue, head, base) if full else {})

    def _end(self, repository: Repository, branch: str, sha: str) -> dict[str, Any]:
        return {
            "label": f"{repository.owner.login}:{branch}",
            "ref": branch,
            "sha": sha,
            "user": self.account(repository.owner),
            "repo": self.repository(repository),
        }

    def _statistics(self, repository: Repository, issue: Issue, head: str, base: str) -> dict[str, Any]:
        files = git.changed_files(repository, base, head)
        mergeable = issue.state == "open" and git.mergeable(repository, base, head)
        mine = [c for c in repository.comments.values() if c.number == issue.number]
        lines = [c for c in repository.review_comments.values() if c.number == issue.number]
        return {
            "additions": sum(file.additions for file in files),
            "deletions": sum(file.deletions for file in files),
            "changed_files": len(files),
            "comments": len(mine),
            "review_comments": len(lines),
            "commits": 1,
            "mergeable": mergeable,
            "mergeable_state": "clean" if mergeable else "dirty",
            "merged": issue.merged_at is not None,
            "merged_by": None,
            "maintainer_can_modify": False,
        }

    def comment(self, repository: Repository, comment: Comment) -> dict[str, Any]:
        base = f"{self.api}/repos/{repository.full_name}/issues"
        return {
            "id": comment.id,
            "node_id": f"IC_{comment.id}",
            "url": f"{base}/comments/{comment.id}",
            "html_url": f"{self.origin}/{repository.full_name}/issues/{comment.number}#issuecomment-{comment.id}",
            "issue_url": f"{base}/{comment.number}",
            "user": self.account(comment.user),
            "body": comment.body,
            "created_at": stamp(comment.created_at),
            "updated_at": stamp(comment.updated_at),
            "author_association": "NONE",
        }

    def review(self, repository: Repository, review: Review) -> dict[str, Any]:
        pull = f"{self.api}/repos/{repository.full_name}/pulls/{review.number}"
        html = f"{self.origin}/{repository.full_name}/pull/{review.number}#pullrequestreview-{review.id}"
        return {
            "id": review.id,
            "node_id": f"PRR_{review.id}",
            "user": self.account(review.user),
            "body": review.body,
            "state": review.state,
            "html_url": html,
            "pull_request_url": pull,
            "_links": {"html": {"href": html}, "pull_request": {"href": pull}},
            "submitted_at": stamp(review.submitted_at),
            "commit_id": review.commit,
            "author_association": "NONE",
        }

    def review_comment(self, repository: Repository, comment: ReviewComment) -> dict[str, Any]:
        base = f"{self.api}/repos/{repository.full_name}/pulls"
        html = f"{self.origin}/{repository.full_name}/pull/{comment.number}#discussion_r{comment.id}"
        pull = f"{base}/{comment.number}"
        body: dict[str, Any] = {
            "id": comment.id,
            "node_id": f"PRRC_{comment.id}",
            "url": f"{base}/comments/{comment.id}",
            "html_url": html,
            "pull_request_url": pull,
            "pull_request_review_id": comment.review,
            "diff_hunk": comment.hunk,
            "path": comment.path,
            "commit_id": comment.commit,
            "original_commit_id": comment.commit,
            "user": self.account(comment.user),
            "body": comment.body,
            "created_at": stamp(comment.created_at),
            "updated_at": stamp(comment.updated_at),
            "author_association": "NONE",
            "_links": {"self": {"href": html}, "html": {"href": html}, "pull_request": {"href": pull}},
            "start_line": comment.start_line,
            "original_start_line": comment.start_line,
            "start_side": comment.side if comment.start_line else None,
            "original_line": comment.line or 1,
            "side": comment.side,
            "subject_type": "line",
        }
        if comment.line is not None:
            body["line"] = comment.line
        if comment.in_reply_to is not None:
            body["in_reply_to_id"] = comment.in_reply_to
        return body

    def check_run(self, repository: Repository, run: CheckRun) -> dict[str, Any]:
        url = f"{self.api}/repos/{repository.full_name}/check-runs/{run.id}"
        output = {key: run.output.get(key) for key in ("title", "summary", "text")}
        return {
            "id": run.id,
            "node_id": f"CR_{run.id}",
            "name": run.name,
            "head_sha": run.head_sha,
            "external_id": run.external_id,
            "url": url,
            "html_url": f"{self.origin}/{repository.full_name}/runs/{run.id}",
            "details_url": run.details_url,
            "status": run.status,
            "conclusion": run.conclusion,
            "started_at": stamp(run.started_at),
            "completed_at": stamp(run.completed_at),
            "output": {**output, "annotations_count": len(run.annotations), "annotations_url": f"{url}/annotations"},
            "check_suite": {"id": run.id + 10**6},
            "app": self.app(run.app),
            "pull_requests": [],
        }

    def delivery(self, delivery: Delivery) -> dict[str, Any]:
        return {
            "id": delivery.id,
            "guid": delivery.guid,
            "delivered_at": stamp(delivery.delivered_at),
            "redelivery": delivery.redelivery,
            "duration": delivery.duration,
            "status": delivery.status,
            "status_code": delivery.status_code,
            "event": delivery.event,
            "action": delivery.event_action,
            "installation_id": delivery.installation.id,
            "repository_id": delivery.repository.id if delivery.repository else None,
        }


def pull_commits(repository: Repository, issue: Issue) -> tuple[str, str]:
    """Return the commits at the head and base of a pull request; closed ones keep their last."""
    source = issue.head_repository or repository
    head = git.head_of(source, issue.head_branch or "")
    base = git.head_of(repository, issue.base_branch)
    if issue.state == "open":
        issue.last_head, issue.last_base = head or issue.last_head, base or issue.last_base
    return issue.last_head, issue.last_base
