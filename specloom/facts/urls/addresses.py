"""What an address tells of itself: a base that paths can be added to, a page, or one endpoint."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

PAGE: Final = re.compile(
    r"\b(?:docs?|help|support|blog|status|dashboard|console|login|signup|sign-up|wiki|settings|account|portal"
    r"|community|forum|developers?|tools|ietf|w3|learn|images?|cdn|static)\b",
    re.IGNORECASE,
)
PAGE_ENDING: Final = re.compile(r"\.(?:html?|png|jpe?g|svg|gif|pdf|ya?ml|json|md|js|css|zip|xml|txt)$", re.IGNORECASE)
VERSION_PATH: Final = re.compile(
    r"^(?:/(?:apis?|rest|graphql|v\d+(?:\.\d+)?|\d+\.\d+|wp-json|public|services?|gateway"
    r"|(?<=api/)\d{1,2}|latest|\d{4}-\d{2}(?:-\d{2})?|[a-z]{2,12}(?=/(?:v\d|apis?(?:/|$)))|\{\w*version\w*\})(?=[/?#]|$))*",
    re.IGNORECASE,
)
BRACKETED: Final = re.compile(r"https?://[\w.-]*(?:\[[A-Za-z][\w-]*\][\w.-]*)+")
WHOLE_HOST: Final = re.compile(r"https?://[{<][\w .-]+[}>](?::(?:\d+|[{<][\w -]+[}>]))?/[\w{<]")
"""An API that everybody runs on a host of their own, with the path below it."""
PLACE: Final = re.compile(r"\{\{\s*([\w-]+)\s*\}\}|%([A-Za-z_]+)%|(?<=//):([A-Za-z][\w-]*)(?=\.)|\[([A-Za-z][\w-]*)\]")


def template(url: str) -> str:
    """Write what an address leaves open in one way, `{name}`, however its docs mark it."""
    return PLACE.sub(lambda found: "{" + next(filter(None, found.groups())) + "}", url.replace("http(s)", "https"))


def opened(text: str) -> str:
    """Write what hosts leave open in brackets in braces: `https://[shop].acme.com`."""
    return BRACKETED.sub(lambda found: re.sub(r"\[([A-Za-z][\w-]*)\]", r"{\1}", found.group()), text)


INSTANCE: Final = re.compile(r"/\d{5,}/?$")
"""The end of the address of one thing among many."""
GRANTS: Final = re.compile(r"/(?:(?:access_|refresh_)?tokens?|authori[sz]e)/?$", re.IGNORECASE)
"""The end of an address where tokens are given out."""


def is_plain(url: str) -> bool:
    """Tell an address that paths can be added to from a page, a query and another site's documentation."""
    url = template(url)
    parts = urlsplit(url.replace("{", "").replace("}", "").replace("<", "").replace(">", ""))
    host = re.sub(r"[{<][^}>]*[}>]", "", urlsplit(url).netloc).strip(".").lower() or parts.netloc.lower()
    if "." not in re.sub(r"[{<][^}>]*[}>]", "", urlsplit(url).netloc).strip(".") and not WHOLE_HOST.match(url):
        return False
    if (
        (PAGE.search(host.replace("developer.", "developers-")) and not host.startswith("api."))
        or PAGE_ENDING.search(parts.path)
        or GRANTS.search(parts.path)
        or re.search(
            r"example\.(?:com|org)|localhost|yourapp|mysite|(?:^|\.)(?:your|my)(?:api|domain|company|server"
            r"|service)\.(?:com|io|net|org)$",
            host,
        )
    ):
        return False
    return (
        "?" not in url and len(parts.path.strip("/").split("/")) <= 5 and not PAGE.search(parts.path.replace("/", " "))
    )


def is_endpoint(url: str) -> bool:
    """Tell whether a path goes on beyond what bases have: a version, `api`, a region."""
    path = urlsplit(url).path.rstrip("/")
    found = VERSION_PATH.match(path)
    return len(path[found.end() if found else 0 :].strip("/").split("/")) > 1 or path.count("/") > 4
