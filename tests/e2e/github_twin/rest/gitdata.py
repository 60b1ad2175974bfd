"""The Git Data API over the same bare repository that git itself talks to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pygit2

from github_twin import git
from github_twin.call import Answer, Call, Route, decode_base64, invalid
from github_twin.render import stamp
from github_twin.state import Refusal, Repository

MODES = {"100644": 0o100644, "100755": 0o100755, "040000": 0o040000, "160000": 0o160000, "120000": 0o120000}
KINDS = {0o100644: "blob", 0o100755: "blob", 0o120000: "blob", 0o040000: "tree", 0o160000: "commit"}
MOST_ENTRIES = 100_000


def create_blob(call: Call) -> Answer:
    repository = call.repository("contents", "write")
    content = call.body["content"]
    data = decode_base64(content) if call.body.get("encoding") == "base64" else content.encode()
    sha = str(repository.git.create_blob(data))
    return Answer(
        status=201, body={"sha": sha, "url": f"{call.render.api}/repos/{repository.full_name}/git/blobs/{sha}"}
    )


def _tree_body(call: Call, repository: Repository, tree: pygit2.Tree, *, recursive: bool) -> dict[str, Any]:
    base = f"{call.render.api}/repos/{repository.full_name}/git"
    rows: list[dict[str, Any]] = []

    def walk(node: pygit2.Tree, prefix: str) -> None:
        for entry in node:
            kind = KINDS[entry.filemode]
            row = {"path": prefix + entry.name, "mode": f"{entry.filemode:06o}", "type": kind, "sha": str(entry.id)}
            row["url"] = f"{base}/{kind}s/{entry.id}"
            if isinstance(entry, pygit2.Blob):
                row["size"] = entry.size
            rows.append(row)
            if recursive and isinstance(entry, pygit2.Tree):
                walk(entry, f"{prefix}{entry.name}/")

    walk(tree, "")
    body = {"sha": str(tree.id), "url": f"{base}/trees/{tree.id}", "tree": rows[:MOST_ENTRIES]}
    return body | {"truncated": len(rows) > MOST_ENTRIES}


def get_tree(call: Call) -> Answer:
    repository = call.repository("contents", "read")
    name = call.params["tree_sha"]
    oid = git.head_of(repository, name) or name
    try:
        tree = repository.git[oid].peel(pygit2.Tree)
    except (KeyError, ValueError):
        raise Refusal(404, "Not Found") from None
    return Answer(body=_tree_body(call, repository, tree, recursive="recursive" in call.query))


def create_tree(call: Call) -> Answer:
    repository = call.repository("contents", "write")
    store = repository.git
    index = pygit2.Index()
    if base := call.body.get("base_tree"):
        try:
            index.read_tree(store[base].peel(pygit2.Tree))
        except (KeyError, ValueError):
            raise Refusal(404, "Not Found") from None
    for entry in call.body["tree"]:
        _place(store, index, entry)
    tree = store[index.write_tree(store)]
    return Answer(status=201, body=_tree_body(call, repository, tree, recursive=False))


def _place(store: pygit2.Repository, index: pygit2.Index, entry: dict[str, Any]) -> None:
    path = entry["path"]
    if not path or path.startswith("/") or ".." in path.split("/") or ".git" in path.split("/"):
        raise Refusal(422, f"tree.path contains a malformed path component: {path}")
    if "content" in entry:
        oid = store.create_blob(entry["content"].encode())
    elif entry.get("sha") is None:
        if path not in index:
            raise Refusal(422, "GitRPC::BadObjectState")
        index.remove(path)
        return
    else:
        oid = pygit2.Oid(hex=entry["sha"])
        if oid not in store:
            raise Refusal(422, f"tree.sha {oid} is not a valid blob")
    index.add(pygit2.IndexEntry(path, oid, MODES[entry["mode"]]))


def create_commit(call: Call) -> Answer:
    repository = call.repository("contents", "write")
    store = repository.git
    author = call.body.get("author")
    person = author or {"name": call.user.login, "email": f"{call.user.id}+{call.user.login}@users.noreply.github.test"}
    when = int(call.world.now())
    if author and "date" in author:
        when = int(dt.datetime.fromisoformat(author["date"]).timestamp())
    signature = pygit2.Signature(person["name"], person["email"], when, 0)
    committer = signature if author else pygit2.Signature("GitHub", "noreply@github.test", when, 0)
    try:
        parents = [store[oid].id for oid in call.body.get("parents", ())]
        oid = store.create_commit(None, signature, committer, call.body["message"], call.body["tree"], parents)
    except (KeyError, ValueError, pygit2.GitError):
        raise Refusal(422, "Tree SHA does not exist") from None
    if author is None and call.token.app is not None:
        repository.signed.add(str(oid))
    return Answer(status=201, body=commit_body(call, repository, str(oid)))


def commit_body(call: Call, repository: Repository, oid: str) -> dict[str, Any]:
    """Render a commit of the Git Data API; `verification` says whether GitHub would have signed it."""
    commit = git.commit_of(repository, oid)
    base = f"{call.render.api}/repos/{repository.full_name}/git"
    signed = oid in repository.signed
    people = {
        role: {"name": who.name, "email": who.email, "date": stamp(who.time)}
        for role, who in (("author", commit.author), ("committer", commit.committer))
    }
    return {
        "sha": oid,
        "node_id": f"C_{oid}",
        "url": f"{base}/commits/{oid}",
        "html_url": f"{call.render.origin}/{repository.full_name}/commit/{oid}",
        **people,
        "tree": {"sha": str(commit.tree_id), "url": f"{base}/trees/{commit.tree_id}"},
        "message": commit.message,
        "parents": [{"sha": str(p), "url": f"{base}/commits/{p}", "html_url": ""} for p in commit.parent_ids],
        "verification": {
            "verified": signed,
            "reason": "valid" if signed else "unsigned",
            "signature": "-----BEGIN PGP SIGNATURE-----" if signed else None,
            "payload": "tree" if signed else None,
            "verified_at": None,
        },
    }


def get_commit(call: Call) -> Answer:
    repository = call.repository("contents", "read")
    return Answer(body=commit_body(call, repository, call.params["commit_sha"]))


def _ref_body(call: Call, repository: Repository, ref: str, oid: str) -> dict[str, Any]:
    base = f"{call.render.api}/repos/{repository.full_name}/git"
    target = {"type": "commit", "sha": oid, "url": f"{base}/commits/{oid}"}
    return {"ref": ref, "node_id": f"REF_{ref}", "url": f"{base}/{ref}", "object": target}


def get_ref(call: Call) -> Answer:
    repository = call.repository("contents", "read")
    ref = f"refs/{call.params['ref']}"
    oid = git.ref_of(repository, ref)
    if oid is None:
        raise Refusal(404, "Not Found")
    return Answer(body=_ref_body(call, repository, ref, oid))


def create_ref(call: Call) -> Answer:
    repository = call.repository("contents", "write")
    ref, sha = call.body["ref"], call.body["sha"]
    if not ref.startswith("refs/") or ref.count("/") < 2:
        raise Refusal(422, "Reference name must start with 'refs/'.")
    if git.ref_of(repository, ref) is not None:
        raise Refusal(422, "Reference already exists")
    if sha not in repository.git:
        raise Refusal(422, "Object does not exist")
    git.set_ref(repository, ref, sha)
    call.hooks.pushed(repository, {ref: (git.ZERO, sha)}, call.user)
    return Answer(status=201, body=_ref_body(call, repository, ref, sha))


def update_ref(call: Call) -> Answer:
    repository = call.repository("contents", "write")
    ref, sha = f"refs/{call.params['ref']}", call.body["sha"]
    before = git.ref_of(repository, ref)
    if before is None:
        raise Refusal(422, "Reference does not exist")
    if sha not in repository.git:
        raise Refusal(422, "Object does not exist")
    if not call.body.get("force") and not git.is_ancestor(repository, before, sha):
        raise invalid("Reference", "sha", "custom", "Update is not a fast forward")
    git.set_ref(repository, ref, sha)
    call.hooks.pushed(repository, {ref: (before, sha)}, call.user)
    return Answer(body=_ref_body(call, repository, ref, sha))


def delete_ref(call: Call) -> Answer:
    repository = call.repository("contents", "write")
    ref = f"refs/{call.params['ref']}"
    before = git.ref_of(repository, ref)
    if before is None:
        raise Refusal(422, "Reference does not exist")
    git.set_ref(repository, ref, None)
    call.hooks.pushed(repository, {ref: (before, git.ZERO)}, call.user)
    return Answer(status=204)


ROUTES = (
    Route("POST", "/repos/{owner}/{repo}/git/blobs", create_blob),
    Route("GET", "/repos/{owner}/{repo}/git/trees/{tree_sha}", get_tree),
    Route("POST", "/repos/{owner}/{repo}/git/trees", create_tree),
    Route("POST", "/repos/{owner}/{repo}/git/commits", create_commit),
    Route("GET", "/repos/{owner}/{repo}/git/commits/{commit_sha}", get_commit),
    Route("GET", "/repos/{owner}/{repo}/git/ref/{ref:.+}", get_ref),
    Route("POST", "/repos/{owner}/{repo}/git/refs", create_ref),
    Route("PATCH", "/repos/{owner}/{repo}/git/refs/{ref:.+}", update_ref),
    Route("DELETE", "/repos/{owner}/{repo}/git/refs/{ref:.+}", delete_ref),
)
