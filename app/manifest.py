"""Registering an App by manifest: what we ask for, and the `.env` that comes out of it.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

import html
import json
import os
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

PERMISSIONS: Final = {
    "checks": "write",
    "contents": "write",
    "issues": "write",
    "metadata": "read",
    "pull_requests": "write",
}
"""The least that the work needs; `workflows` is not among it, because we never write there."""

EVENTS: Final = (
    "check_run",
    "check_suite",
    "issue_comment",
    "merge_group",
    "pull_request",
    "pull_request_review_comment",
    "push",
)

PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Set Specloom up</title>
<style>body {{ font: 1rem/1.5 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }}</style>
<h1>{title}</h1>
{body}
</html>
"""


def manifest(*, public_url: str, name: str = "Specloom") -> dict[str, Any]:
    """Return the manifest of an App whose webhook is this server."""
    root = public_url.rstrip("/")
    return {
        "name": name,
        "url": root,
        "description": "Keeps SDKs, servers, tests and docs in step with an API description, by pull request.",
        "hook_attributes": {"url": f"{root}/webhook", "active": True},
        "redirect_url": f"{root}/setup/callback",
        "public": False,
        "default_permissions": PERMISSIONS,
        "default_events": list(EVENTS),
    }


def registration_page(*, git_url: str, public_url: str, state: str) -> str:
    """Return a page with a button that takes the manifest to GitHub; an organisation may be named."""
    value = html.escape(json.dumps(manifest(public_url=public_url)), quote=True)
    root = html.escape(git_url, quote=True)
    body = f"""<p>GitHub will show what Specloom asks for, and bring you back here.</p>
<form method="post" action="{root}/settings/apps/new?state={html.escape(state, quote=True)}">
<input type="hidden" name="manifest" value="{value}">
<button>Register for my account</button>
</form>
<p>For an organisation, post the same form to <code>{root}/organizations/NAME/settings/apps/new?state=…</code>:
use <code>/setup?organization=NAME&amp;token=…</code> here.</p>"""
    return PAGE.format(title="Register a GitHub App", body=body)


def organization_page(page: str, *, git_url: str, organization: str) -> str:
    """Point a registration page at an organisation instead of the person's own account."""
    root = html.escape(git_url, quote=True)
    return page.replace(f"{root}/settings/apps/new", f"{root}/organizations/{organization}/settings/apps/new")


def done_page(*, path: Path, install_url: str) -> str:
    """Say what was written, and what to do next; secrets are not shown."""
    body = f"""<p>The credentials are in <code>{html.escape(str(path))}</code>. Restart the server with them, then
<a href="{html.escape(install_url, quote=True)}">install the App</a> on your repositories.</p>"""
    return PAGE.format(title="Specloom is registered", body=body)


def environment(answer: dict[str, Any], *, public_url: str) -> str:
    """Return the lines of a `.env` for a converted manifest."""
    pem = str(answer["pem"]).strip().replace("\n", "\\n")
    lines = {
        "SPECLOOM_APP_ID": str(answer["id"]),
        "SPECLOOM_WEBHOOK_SECRET": str(answer["webhook_secret"]),
        "SPECLOOM_PRIVATE_KEY": pem,
        "SPECLOOM_PUBLIC_URL": public_url,
    }
    return "".join(f'{name}="{value}"\n' for name, value in lines.items())


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; raises FileExistsError rather than replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
