"""The words in which docs say where an API is."""

from __future__ import annotations

import re
from typing import Final

ABOUT: Final = re.compile(
    r"https?://|\bbase (?:url|uri|path)|\bendpoints?\b|\bhosts?\b|\bdomain\b|\bservers?\b|\.(?:com|org|net|io|dev)\b",
    re.IGNORECASE,
)
URL: Final = re.compile(
    r"(?P<url>(?:https?|http\(s\))://(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/(?:[\w.~%/-]|\{{1,2}\w*version\w*\}{1,2})*)?"
    r"|https?://(?:(?:[\w-]{0,40}(?:\{\{?\s?|[<%:]))?[\w-]{1,60}(?:\s?\}\}?|[>%])?[\w-]{0,40}\.){1,8}[a-z]{2,}(?::\d+)?[\w./{}<>-]*"
    r"|https?://[{<][\w .-]{1,40}[}>](?::(?:\d+|[{<][\w -]{1,40}[}>]))?(?:/[\w.{}<>/-]*)?)",
    re.IGNORECASE,
)
STATES: Final = re.compile(
    r"^\W*(?:endpoint|base|host)\b[^.:]{0,20}:|\bbase[\s_-]?(?:url|uri|path|address|endpoint)|\broot[\s_-](?:url|uri"
    r"|endpoint)|\bapi[\s_-](?:root|endpoint|url|base|host(?:name)?|server)\b|\bentry ?point"
    r"|\bserver url\b|\bservice (?:url|endpoint)|\bhost(?:name)?\s*:|"
    r"\bapi\b[^.]{0,20}\blives? (?:at|on|under)\b|"
    r"\b(?:endpoints|resources|methods)\b[^.]{0,40}\blocated (?:at|on|under)\b|"
    r"\b(?:urls?|endpoints|requests|paths|resources)\b[^.]{0,30}\b(?:follow|have|take|use)\b[^.]{0,20}"
    r"\b(?:pattern|form|format|structure|scheme)\b|"
    r"\bmethods?\b[^.]{0,30}\blives? (?:at|on|under)\b|"
    r"\b(?:all|every|each)\b[^.]{0,40}\b(?:requests?|calls?|endpoints?|urls?"
    r"|paths?|access|routes?)\b[^.]{0,60}\b(?:start|begin|prefix|relative"
    r"|made (?:to|at|via)|sent|go(?:es)? to|https|from|against|served|hosted|accessed|made)\b|"
    r"\b(?:apis?|services?|it|(?:sandbox|test|testing|staging|production|live|demo"
    r"|development)(?:\s+(?:environment|server|system|instance|api))?)"
    r"\s+(?:is|are|can be)\s+(?:\w+\s+){0,2}?(?:accessible"
    r"|available|reachable|hosted|located|served|accessed|exposed|found"
    r"|reached)\b|\baccessing its root|"
    r"\b(?:send|make|direct|point|issue)\b[^.]{0,40}\b(?:requests?|calls?)\b[^.]{0,30}\bto\b"
    r"|\b(?:requests?|calls?)\s+(?:\w+\s+){0,2}?(?:made|sent|directed|addressed|issued|routed)\s+(?:\w+\s+)?to\b"
    r"|\bfollowing base\b|\bhost urls?\b"
    r"|\b(?:endpoint|host(?:name)?|server|address) (?:of|for) (?:the |our |this )?[\w -]{1,30}? is\b"
    r"|\breach\b[^.]{0,30}\bapi\b[^.]{0,20}\b(?:at|on|under|via)\b"
    r"|\bapi\b[^.]{0,60}\bcan be (?:reached|accessed|called|found)\b"
    r"|\b(?:address|url|location) (?:of|for) (?:the|our|this) (?:\w+ ){0,2}api\b"
    r"|\b(?:rest|web ?service) (?:url|address)\b"
    r"|\bpoint\b[^.]{0,20}\b(?:clients?|sdk|apps?|application|code|requests?)\b[^.]{0,12}\b(?:at|to)\b"
    r"|\bappend\b[^.]{0,40}\b(?:paths?|endpoint|method)\b[^.]{0,30}\bto\b"
    r"|\b(?:regions?|clouds?|data ?cent(?:er|re)s?|clusters?|environments?)\s+(?:is|are)\s+"
    r"(?:hosted|served|located|reachable|available|reached|accessible)\s+(?:at|on|from|under|via)\b"
    r"|\bendpoint is\b|\brelative to\b|\bprefixed? (?:with|by)\b|\bproduction (?:url"
    r"|endpoint|server|api)\b|\bfor interacting with\b|\bgraphql endpoint\b"
    r"|\b(?:requests?|calls?)\b[^.]{0,30}\b(?:use|uses|target|go to|go through)\b[^;]{0,80}"
    r"\b(?:domain|host(?:name)?|server|base url)\b",
    re.IGNORECASE,
)
ENVIRONMENT: Final = re.compile(
    r"(?:^|[;,.|:]|\b(?:and|or)\b)\W*(?:production|live|sandbox|test(?:ing|net)?|mainnet|staging|demo|development)"
    r"(?:[\s-]+(?:environment|server|api|url|endpoint|base|mode|system|host))*\s*[`*_\"']*\s*(?:[:=|(–—-]"
    r"|is\b)+[\s`*<\"']*(?=https?://)",
    re.IGNORECASE,
)
"""`Sandbox: https://…`: an environment and its address, and nothing between them."""
HEADING: Final = re.compile(
    r"\bbase[\s_-]?(?:url|uri|path)|\broot[\s_-](?:url|endpoint)|^endpoints?$"
    r"|\bapi[\s_-](?:endpoint|root|url|host)s?\b|^servers?$|\benvironments?\b|\bhosts?\b"
    r"|^(?:service |regional )?(?:urls?|regions?)$|\bschema\b|\bdomain",
    re.IGNORECASE,
)
BASE_WORD: Final = re.compile(
    r"\b(?:base|root|server|service|api|regional)[\s_-](?:urls?|uris?|endpoints?|hosts?(?:names?)?|servers?)\b"
    r"|\b(?:environments|regions)\b",
    re.IGNORECASE,
)
BASE_COLUMN: Final = re.compile(
    r"\b(?:base|root|server|api|host)[\s_-](?:urls?|uris?|endpoints?|hosts?)\b", re.IGNORECASE
)
PLACE_COLUMN: Final = re.compile(
    r"\W*(?:api |server )?(?:environments?|env\.?|regions?|servers?|stages?|clusters?|data ?cent(?:er|re)s?|networks?"
    r"|modes?)\W*",
    re.IGNORECASE,
)
ADDRESS_COLUMN: Final = re.compile(
    r"\W*(?:api |base |root |server |rest |http )*(?:ur[il]s?|endpoints?|address(?:es)?|domains?|hosts?)\W*",
    re.IGNORECASE,
)
"""The columns of a table that says where the API is, for each environment."""
OF_REQUEST: Final = re.compile(
    r"\b(?:GET|POST|PUT|PATCH|DELETE)\b[^.]{0,20}\b(?:requests?|calls?)\b[^.]{0,20}\b(?:to|at)\b[^.]{0,30}$"
)
"""What leads to the address of one endpoint: `make a POST request to the endpoint at`."""
BARE_HOST: Final = re.compile(
    r"`(?P<host>(?:[\w-]+\.)+(?:com|org|net|io|dev|app|co|gov|ai|cloud|eu|us|uk|de)(?:/[\w./-]*)?)`"
    r"|(?<![\w./@:-])(?P<named>(?:[\w-]+-)?api[\w-]*\.(?:[\w-]+\.)+[a-z]{2,6}(?:/[\w.-]+)*)(?![\w@-])",
    re.IGNORECASE,
)
ENVIRONMENTS: Final = (
    ("sandbox", r"\bsandbox"),
    ("testnet", r"\btest-?net"),
    ("staging", r"\bstaging|\bstage\b"),
    ("test", r"\btest(?:ing)?\b"),
    ("futurenet", r"\bfuture-?net"),
    ("demo", r"\bdemo\b"),
    ("eu", r"\beu\b|europe"),
    ("us", r"\bus\b|united states"),
    ("production", r"\bproduction\b|\blive\b|\bprod\b"),
)
CALL: Final = re.compile(r"\bcurl\b|\b(?:GET|POST|PUT|PATCH|DELETE)\b|--url|\bfetch\b|\brequests\.")
CALLED: Final = re.compile(r"\W*(?:GET|POST|PUT|PATCH|DELETE)\s+http")
"""An address behind a method is that of one endpoint."""
ADDRESS: Final = re.compile(r"https?://\S+")
FROM_EXAMPLE: Final = 0.75
LEAST_SHARE: Final = 0.6
ALONE: Final = re.compile(r"\W*http\S+\W*")
"""A paragraph that is nothing but an address."""
OWN_BASE: Final = re.compile(
    r"\bapi(?:['’]s)? base (?:url|uri)\b[^.]{0,20}?https?://|\boauth base (?:url|uri)\W{1,6}https?://", re.IGNORECASE
)
"""`the Webhooks API base URL is https://…`: an address of an API, whatever the page is about."""
PATH_ONLY: Final = re.compile(
    r"\b(?:api(?:['’]s)?(?:\s+(?:endpoint|root|base))?|graphql endpoint|base (?:path|url)|root (?:path|url))\s+"
    r"(?:is|are|can be)\s+(?:\w+\s+){0,2}?(?:available|accessible|reachable|located|served|found|exposed|reached)?\s*"
    r"(?:at|on|under|from|via|:)?\s*`(?P<path>/[\w-]+(?:/[\w.-]+){0,2}/?)`",
    re.IGNORECASE,
)
LABEL: Final = re.compile(
    r"\W*(?:(?:our|the|one|single|graphql|api|base|root|production)\s+)*(?:endpoint|base[\s-]?url"
    r"|base[\s-]?uri|root url|api url|host)\W*",
    re.IGNORECASE,
)
FOR_EXAMPLE: Final = re.compile(r"\bfor (?:example|instance)\W*$", re.IGNORECASE)
OF_ENDPOINT: Final = re.compile(
    r"\b(?:for example|such as|like)\b[^.]*\bendpoint\b|\bfor (?:example|instance)\b[^.]*$", re.IGNORECASE
)
OF_CALL: Final = re.compile(
    r"(?:/(?:[{<:]\s*(?:\w+_)?(?:resource|method|endpoint|path|action|object|operation|entity|controller|command"
    r"|function|id)\w*[}>]?"
    r"|METHOD(?:_NAME)?|RESOURCE|ENDPOINT)(?:\.\w+)?)+$",
    re.IGNORECASE,
)
"""What a pattern of addresses leaves open for each call."""
TOP_LEVEL: Final = re.compile(r"(?<=\w)\.[a-z]{2,6}(?=[/:]|$)")
"""`.us` is a place only where it is not the end of a name."""
VERSIONED: Final = re.compile(r"/v\d")
OTHERS: Final = re.compile(
    r"webhook|callback|redirect|oauth|authorize|proxy|your (?:server|app|endpoint)", re.IGNORECASE
)
OUR_URL: Final = re.compile(
    r"\b(?:our|the|this)\s+(?:(?:test|main)-?net|testing|test|sandbox|staging|demo|live|production|prod|beta|api)"
    r"\s+(?:urls?|address|host|server)\s*:\W*$",
    re.IGNORECASE,
)
"""`For tests, use our sandbox URL:`: what leads to an address and nothing else."""
OF_CONTENT: Final = re.compile(
    r"\bfor\b[^.:]{0,40}\b(?:thumbnails?|avatars?|icons?|images|static (?:files|assets)|user[- ]generated content)\W*$",
    re.IGNORECASE,
)
"""A base of what is only looked at is not that of calls."""
HOST_OF: Final = re.compile(
    r"\b(?P<env>production|live|staging|sandbox|test|testing|demo)\s+(?:environment|server|system|host|api)"
    r"[\s:(`]{1,4}(?:(?:is|at)\s+`?)?(?P<host>(?:[\w-]+-)?api[\w-]*\.(?:[\w-]+\.)+[a-z]{2,6})(?![\w@/-])",
    re.IGNORECASE,
)
"""`a staging environment (api.…)`"""
VARIABLE: Final = re.compile(
    r"\b(?:[A-Z0-9]+_)*(?:BASE_?UR[LI]|API_?(?:UR[LI]|ROOT|HOST|BASE|ENDPOINT))[\"']?\]?\s*(?:=|:=|:|=>)\s*[\"'`]"
    r"(?P<url>https?://[^\s\"'`]+)[\"'`]",
    re.IGNORECASE,
)
"""A variable that is called the base, in a program that calls it."""
METHOD: Final = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE)[`*\s]{1,4}\Z")
METHOD_PATH: Final = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE)\s+(?P<path>/[\w{}<>:./-]+)")
TITLE_OF_BASE: Final = re.compile(r"\b(?:api|rest)[\s_-](?:paths?|root|address|domain)\b", re.IGNORECASE)
"""What a block of nothing but an address is called."""
POINTS_BACK: Final = re.compile(r"\W*(?:these|those|they|this|it)\s+(?:are|is)\b", re.IGNORECASE)
"""What goes on from a sentence about where calls go: `These are https://… for …`."""
FOR_PLACE: Final = re.compile(
    r"[`\"'*)]*\s*(?:for|in|\()\s*(?:the\s+|our\s+|your\s+)?(?P<of>[\w-]+(?:\s+(?:environment|region|cloud|server|api))?)",
    re.IGNORECASE,
)
REGION: Final = re.compile(r"\b(?P<region>[A-Z]{2})\b[ -](?:[Rr]egion|[Cc]loud|[Cc]luster|[Dd]ata ?[Cc]ent(?:er|re))\b")
"""A region with a code of its own: `the DE region`."""
ASIDE: Final = re.compile(r"\([^()/]*\)")
HOST_COLUMN: Final = re.compile(
    r"\W*(?:[\w-]{2,12} )?(?:host(?:name)?|domain|endpoint|server|url|uri|address)(?:e?s)?(?: name)?\W*",
    re.IGNORECASE,
)
HOST: Final = r"(?:(?:[\w-]|[{<\[]\w{1,40}[}>\]]){1,60}\.){2,4}[a-z]{2,6}(?:/[\w.-]+)*"
LONE_HOST: Final = re.compile(rf"\W*(?P<host>{HOST})/?\W*", re.IGNORECASE)
HOST_BEHIND: Final = re.compile(
    r"(?:^|[\s;,|*])(?P<env>production|live|sandbox|test(?:ing)?|staging|demo|development|europe|eu|us)[`*\"']*"
    r"(?:\s+(?:environment|server|api|url|endpoint|host))?\s*[`*\"']*\s*[:=|]\s*[`*\"']*"
    rf"(?P<host>{HOST})(?![\w@/-])",
    re.IGNORECASE,
)
"""`Sandbox: sandbox.acme.com`, below a heading about environments."""
SERVERS: Final = re.compile(r"^\s*[{]?\s*[\"']?servers[\"']?\s*:", re.MULTILINE)
SERVER: Final = re.compile(
    r"\burl[\"']?\s*:\s*[\"']?(?P<url>https?://[^\s\"',]+)[\"']?(?:,?\s*[\"']?description[\"']?\s*:\s*(?P<of>[^\n]+))?"
)
"""An entry of an OpenAPI document that the docs show."""
MESSAGE: Final = re.compile(
    r"^(?:GET|POST|PUT|PATCH|DELETE)\s+(?P<path>/\S*)(?:\s+HTTP/[\d.]+)?\n(?:[\w-]+:.*\n){0,6}?"
    r"Host:[ \t]*(?P<host>[\w-]+(?:\.[\w-]+)+)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""An HTTP message, whose host has a line of its own."""
SHOWN: Final = re.compile(r"`(?:(?:GET|POST|PUT|PATCH|DELETE)\s+)?(?P<url>https?://[^\s`]+)`")
LET_THROUGH: Final = re.compile(
    r"\ballow|white-?list|firewall|\bcdn\b|\bmail|smtp|\bcustom\b|\bcookies?\b|trusted|network", re.IGNORECASE
)
"""What a table of hosts is about that are not called."""
EXAMPLE_COLUMN: Final = re.compile(r"\W*(?:e\.g\.|examples?|samples?)\b", re.IGNORECASE)
IS_HOST: Final = re.compile(
    rf"\b(?:endpoint|host(?:name)?|server|domain|address|base url)\b[^.]{{0,40}}\b(?:is|are)[:\s`*]+(?P<host>{HOST})"
    r"(?![\w@-])",
    re.IGNORECASE,
)
"""`The endpoint of the service is eu.acme.cloud`: a host, whatever it is called."""
SETTING: Final = re.compile(r"\W*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\W*")
"""A variable of an environment, which says what a program calls and not where it is called."""
SHOWS: Final = re.compile(
    r"\b(?:for example|for instance|(?:might|could|may) (?:look like|be)|looks? like this)\b[^.]*$"
    r"|(?:→|⇒|->|=>)\W*$",
    re.IGNORECASE,
)
"""What leads to an address that is shown as an example."""
LEFT_OPEN: Final = re.compile(r"[{<][\w .-]+[}>]")
"""What an address leaves to its reader."""
REST_OF_CALL: Final = re.compile(
    r"\{{1,2}\s*(?:\w+_)?(?:resource|method|endpoint|path|action|operation)\w*\s*\}{1,2}", re.IGNORECASE
)
"""What follows a base in a pattern of addresses."""
LEGACY: Final = re.compile(r"\b(?:legacy|deprecated|obsolete|no longer)\b[^.]*$", re.IGNORECASE)
"""What leads to an address that is not to be used any more."""
OF_PAGE: Final = re.compile(
    r"(?:\b(?:see|visit|dashboard|documentation|guide|example|such as|status page|pages?)\b|\be\.g\.)[^.]*$",
    re.IGNORECASE,
)
"""What leads to an address that is to be read."""
ENVIRONMENT_ALONE: Final = re.compile(
    r"\W*(?:production|live|sandbox|stag(?:e|ing)|test(?:ing)?|uat|qa|demo|development|integration testing)"
    r"(?: (?:environment|server|system))?\W*",
    re.IGNORECASE,
)
