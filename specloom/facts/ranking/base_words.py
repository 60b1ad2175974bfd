"""The words and shapes around an address that tell whether it is the base of an API."""

from __future__ import annotations

import re
from typing import Final

BASE: Final = re.compile(
    r"\b(?:base[- _]?(?:url|uri|path|address|endpoint|domain)|host[- _](?:url|uri))|\broot[- _]?(?:url|uri|endpoint)?\b"
    r"|\bapi[- _](?:url|uri|root|host|server|endpoint|address|base)\b",
    re.IGNORECASE,
)
ENDPOINT: Final = re.compile(
    r"\b(?:end-?points?|host(?:name)?s?|domains?|servers?|address|prefix|urls?|uris?)\b", re.IGNORECASE
)
ENVIRONMENT: Final = re.compile(
    r"\b(?:production|prod|live|sandbox|staging|stage|test(?:ing|net)?|uat|demo|playground|practice|development"
    r"|environments?|regions?|clusters?|data ?cent(?:er|re)s?)\b",
    re.IGNORECASE,
)
EVERY: Final = re.compile(
    r"\b(?:all|every|each|any)\b[^.]{0,60}\b(?:requests?|calls?|end-?points?|urls?|paths?|routes?|methods?)\b"
    r"|\b(?:requests?|calls?)\b[^.]{0,60}\b(?:to|at|against|via)\W*$"
    r"|\b(?:accessible|available|reachable|hosted|located|served|lives?|accessed|exposed|found|reached)\b"
    r"\W{0,9}(?:\w+\W{1,9}){0,3}$",
    re.IGNORECASE,
)
"""What is said of all requests, or of where the API is."""
CALL: Final = re.compile(
    r"\bcurl\b|\b(?:GET|POST|PUT|DELETE|PATCH)\b|\bfetch\(|\brequests\.|\bwget\b|\bhttp\.|\baxios\b|XMLHttp"
    r"|\burlopen\b|--url|\bhttpie\b|\.open\(|file_get_contents|HttpClient|\bajax\b",
    re.IGNORECASE,
)
ANSWER: Final = re.compile(r"\s*(?:HTTP/\d|[\[{<])")
"""How an answer begins."""
METHOD: Final = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\b[\s`'\":,|*-]{1,6}$")
QUOTED: Final = re.compile(r"`(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD) )?\Z")
ASSIGNED: Final = re.compile(r"(?P<name>[\w.-]{2,40})[\"']?\]?\s{0,9}(?:=|:=|:|=>)\s{0,9}[\"'`]?$")
CALLED_BASE: Final = re.compile(r"base|root|host|server|endpoint|(?:api|service)[_-]?(?:url|uri|addr)", re.IGNORECASE)
"""What programs call a variable that holds the base."""
PAGE: Final = re.compile(
    r"\b(?:see|visit|dashboard|documentation|docs|guide|website|site|page|log ?in|sign ?(?:up|in)|account|settings"
    r"|console|go to|register|download|example|source|repository|more (?:info|details)|blog|support)\b",
    re.IGNORECASE,
)
"""What leads to an address that is to be read."""
OTHERS: Final = re.compile(
    r"webhook|callback|redirect|oauth|authoriz|proxy|your (?:server|app|endpoint|site)|\bimages?\b|avatar|cdn|download",
    re.IGNORECASE,
)
CONTENT: Final = re.compile(
    r"\b(?:pictures?|images?|photos?|avatars?|thumbnails?|icons?|assets|e-?mails?)\b", re.IGNORECASE
)
"""What is looked at or sent, and not called."""
VERSION: Final = re.compile(r"v\d\w*(?:\.\d+){0,2}|\d{1,2}(?:\.\d+){1,2}|\d{4}-\d\d(?:-\d\d)?", re.IGNORECASE)
NUMBER: Final = re.compile(r"\d{1,2}")
"""A version, too, behind a part that is called after the API: `/api/2`."""
API: Final = re.compile(r"[\w-]*api[\w-]*|rest|graphql|gql|services?|public|ws|rpc|json|gateway|wp-json", re.IGNORECASE)
ACCESS: Final = re.compile(
    r"oauth|authori[sz]e|token|login|callback|webhook|redirect|signup|account|dashboard|settings", re.IGNORECASE
)
"""Parts of a path where people and keys go, not calls."""
MAIL: Final = re.compile(r"^(?:smtp|imap|s?ftp|mail|mx)\.", re.IGNORECASE)
NO_HOST: Final = re.compile(
    r"(?:^|\.)example\.(?:com|org|net)|(?:^|\.)(?:your|my)-?(?:api|app|domain|company|server|service|site)\.\w+$",
    re.IGNORECASE,
)
"""Hosts that stand for one of the reader's own."""
NOBODYS: Final = re.compile(r"example|your|(?:^|[.-])my|acme|foo\b|webhook\.site|ngrok", re.IGNORECASE)
ACCESS_HOST: Final = re.compile(
    r"(?:^|[.-])(?:o?auth\d?|login|signin|sso|accounts?|id|identity|idp)(?=[.-])", re.IGNORECASE
)
"""Where people sign in and tokens are given."""
PRIVATE: Final = re.compile(r"(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}(?![\w.])")
NUMBERED: Final = re.compile(r"\{\d{0,2}\}|%s")
"""A host that a program fills in."""
LOCAL: Final = re.compile(r"localhost|127\.0|0\.0\.0\.0", re.IGNORECASE)
LET_THROUGH: Final = re.compile(r"\ballow(?:-?list|ed)?\b|white-?list|firewall", re.IGNORECASE)
"""A heading above hosts that only must not be blocked."""
MADE_UP: Final = re.compile(
    r"\b(?:(?:might|could|may) (?:look like|be)|legacy|deprecated|obsolete|no longer|proxy(?:ing)?|you would|suppose"
    r"|imagine|let'?s say|if your (?:apis?|site|service))\b[^.]*$"
    r"|(?:return|callback|redirect|notif\w{1,8}|success|cancel|hook|logo|image|avatar)[_-]?ur[il]s?[\"']?"
    r"\s{0,3}(?:=>?|:)\s{0,3}[\"']?$",
    re.IGNORECASE,
)
"""What leads to an address that is an example, one of the past, or one of the caller's."""
API_HOST: Final = re.compile(r"(?:^|[.-])api(?:s|-\w+|\d+)?(?=[.-])|^[\w-]*api\d?\.", re.IGNORECASE)
