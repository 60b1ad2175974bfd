"""The words in which docs speak of the versions of an API."""

from __future__ import annotations

import re
from typing import Final

ABOUT: Final = re.compile(r"version|\bv\d+\b|application/vnd\.", re.IGNORECASE)
HEADING: Final = re.compile(r"\bversion(?:s|ing)?\b|\bapi[- ]versions?\b", re.IGNORECASE)
LABEL: Final = r"(?:v\d+(?:\.\d+)*(?:-?(?:alpha|beta|rc)\d*)?|\d{4}-\d{2}(?:-\d{2})?(?:\.[a-z]+)?)"
VERSION_HEADER: Final = re.compile(
    r"^(?:[A-Za-z0-9]+-)*(?:api-?)?version$|^(?:[A-Za-z0-9]+-)*api-(?:version|revision)$", re.IGNORECASE
)
HEADER_PAIR: Final = re.compile(
    r"(?:-H\s*[\"']|[\"'`]|^\s*)(?P<name>[A-Za-z]\w*-(?:\w+-){0,5}(?:[Vv]ersion"
    r"|VERSION))[\"'`]?\s*:\s*[\"'`]?(?P<value>[\w.-]*)",
    re.MULTILINE,
)
PLAIN_HEADER: Final = re.compile(
    r"[`*\"'](?P<name>version|revision|api_?version)[`*\"']+\s+(?:"
    r"(?:request\s+|HTTP\s+)*header\b|(?:field|parameter|value|key)\b[^.]{0,60}\bheaders?\b)"
    r"|\bheaders?\s+(?:field\s+)?(?:called|named|with (?:the )?(?:key|name):?)?\s*"
    r"[`*\"'“](?P<called>version|revision|api_?version)[`*\"'”]",
    re.IGNORECASE,
)
"""A header without a hyphen, where the headings speak of versions."""
PLAIN_PAIR: Final = re.compile(
    rf"[`\"'](?P<name>version|revision|api_?version)\s*:\s*(?P<value>{LABEL}|\d{{1,2}}(?:\.\d{{1,2}})?)[`\"']",
    re.IGNORECASE,
)
ACCEPT: Final = re.compile(
    r"(?<!content-type: )(?<!content-type:)\bapplication/vnd\.(?!your|my_?(?:app|company)|example)[\w-]+"
    r"(?:\.[\w-]+)*?(?:[.+-](?:json"
    r"|xml))?[.;+-]+\s*(?:(?:version|ver|v)=(?P<number>\d+(?:\.\d+)*)\b"
    r"|(?:(?:version|ver)=)?(?P<version>v\d+(?:\.\d+)*)\b|(?<=\.)(?P<bare>\d+(?:\.\d+)?)\+(?:json|xml)\b"
    r"|(?P<any>(?:version=)?v?(?:\$\w+|\{[\w ]+\}|<[\w ]+>)))"
    r"|\bAccept:\s*application/(?!vnd\.)(?:[\w-]+[.+-])?(?P<own>v\d+(?:\.\d+)*)\b"
    r"|(?:\bAccept:\s*|[`'\"])application/json;\s*(?:version|v)=(?P<plain>v?\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)
QUERY: Final = re.compile(
    r"[?&`](?P<name>api[-_]?version|version)=(?:(?P<value>[\w.-]+)|[<{][\w <>{}-]+[>}])", re.IGNORECASE
)
QUERY_NAME: Final = re.compile(
    r"\bquery[\s-]?(?:string|param(?:eter)?)s?\b[^.`]{0,30}`(?P<name>\w{0,20}api[-_]?version|version|v)`"
    r"|`(?P<before>\w{0,20}api[-_]?version|version|v)`\s+(?:\w+\s+)?(?:query|url|get)[\s-]?(?:string\s+)?param(?:eter)?\b",
    re.IGNORECASE,
)
"""Where prose says that the version is a parameter of the address."""
CURRENT: Final = (
    re.compile(rf"^\W*(?:current|latest|newest|stable)(?: (?:api )?version)?\W{{1,6}}(?P<v>{LABEL})\b", re.IGNORECASE),
    re.compile(
        r"\b(?:current|latest|newest|stable|recent|active|present)\b(?:\s+(?!of\b"
        rf"|to\b)[\w-]+){{0,5}}?\s+(?:version|release)\b[^.;|]{{0,60}}?\b(?:is"
        rf"|are|:|as|=)\s*(?:version\s+)?[`*\"']*(?P<v>{LABEL}|\d+(?:\.\d+)?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:version|api)\s+[`*\"']*(?P<v>{LABEL})[`*\"']*\s+(?:of the api\s+)?is\s+(?:\w+\s+){{0,3}}?"
        r"(?:current|latest|stable|newest|recommended)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:current|latest)(?: stable| api| rest api)?\s+version\s*[:(]?\s*[`*\"']*(?P<v>{LABEL}|\d+(?:\.\d+)?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:this (?:document(?:ation)?|guide|page|reference)|we are (?:now )?(?:on"
        r"|at)|the api is (?:currently )?(?:at"
        rf"|on|in))\b[^.]{{0,40}}?\b(?:version\s+)?[`*\"']*(?P<v>{LABEL})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\bdefault version in our )(?<!\bdefault version of the )"
        r"\bapi\b(?: itself)? is (?:currently |now |still |presently )?(?:at |in |on )?(?:version )?"
        rf"[`*\"']*(?P<v>{LABEL})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:endpoints|apis?|calls|requests|resources)\b[^.]{0,20}\b(?:currently|presently|now)"
        rf" (?:on|at|in|use|under)\s+(?:version\s+)?[`*\"']*(?P<v>{LABEL})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:^|(?<=\s))[`*\"'/]*(?P<v>v\d+)[`*\"'/]*,?\s+(?:in (?:the|this|its) \w+\s+)?"
        r"(?:means|is|denotes|indicates|stands for|refers to|represents|says|selects|identifies)\b[^.]{0,60}?"
        r"\bversion\b(?! (?:of|for) (?:the |our |your )?(?!(?:\w+ ){0,2}apis?\b))",
        re.IGNORECASE,
    ),
)
PATH_TALK: Final = re.compile(
    r"\b(?:version\w*)\b[^.]{0,80}\b(?:url|uri|path|route|endpoint|prefix)|\b(?:url|uri"
    r"|path|routes?|endpoint|prefix)\w*\b[^.]{0,80}\bversion|\bversion-specific routes?"
    r"|\bversion prefix|individually versioned",
    re.IGNORECASE,
)
PATH_VERSION: Final = re.compile(r"/(?P<v>v\d+(?:\.\d+)?)(?=[/\s`\"'?]|$)")
PATH_NUMBER: Final = re.compile(r"/(?:api|rest)/(?P<v>\d{1,2}(?:\.\d{1,2})?)(?=[/\s`\"'?]|$)", re.IGNORECASE)
"""A version without its letter, `/api/1/`."""
TITLED: Final = re.compile(
    r"\bAPIs?,?\s+\(?v(?:ersion\s)?(?P<after>\d+(?:\.\d+)?)\b|\bv(?P<before>\d+(?:\.\d+)?)\s+API\b", re.IGNORECASE
)
NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")
VERSION_WORD: Final = re.compile(r"(?<!text )\bversion(?:s|ed|ing)?\b", re.IGNORECASE)
IN_PATH: Final = re.compile(
    r"[`\"']/?(?P<v>v\d+(?:\.\d+)?)/?[`\"'] (?:\w+ ){0,2}?in (?:your|the|every|each) (?:\w+ ){0,2}(?:path|url|uri)",
    re.IGNORECASE,
)
"""``Use `v1` in your base path``."""
ROOT_OF: Final = re.compile(
    r"\b(?:root|base(?: path)?|prefix) (?:of|for) (?:the )?(?P<v>v\d+(?:\.\d+)?) (?:\w+ )?APIs?\b[^.`]{0,20}"
    r"`[^`\s]*/(?P=v)/?`",
    re.IGNORECASE,
)
"""``The root of the v2 API is `/api/v2```."""
PREFIXED: Final = re.compile(
    r"\b(?:all|every|each|any)\b[^.`]{0,40}\b(?:endpoints?|urls?|uris?|paths?|routes?|requests?|calls?|resources?)\b"
    r"[^.`]{0,40}\b(?:starts?|begins?|prefixed|preceded|prepended|rooted|under|below|beneath)\b[^.`]{0,25}"
    r"[`\"'](?:/[a-z]\w*){0,2}/(?P<v>v\d+(?:\.\d+)?)/?[`\"']",
    re.IGNORECASE,
)
"""``All endpoints start with `/v1/```."""
TO_PATH: Final = re.compile(
    r"\b(?:in|by|via|through|as part of)\s+(?:the|its|your)\s+(?:\w+\s+){0,2}[`*\"']*(?:url|uri|path)\b", re.IGNORECASE
)
"""What a list of the ways to choose a version says of paths."""
RECOMMENDED: Final = re.compile(r"\b(?:current|latest|newest|recommended)\b", re.IGNORECASE)
"""How a table of versions marks the one to take."""
UNMARKED: Final = re.compile(
    r"\b(?:not|no longer|formerly|until|in) (?:current|latest|newest|recommended)\b", re.IGNORECASE
)
ANSWERED: Final = re.compile(r"\bresponses? headers?\b", re.IGNORECASE)
"""What the API says of itself, and no way to choose."""
NOT_API: Final = re.compile(
    r"\b(?:sdk|librar|client version|app version|plugin|specification"
    r"|openapi|semver|semantic version|node(?:\.js)?|python|php|tls|ssl|http/|oauth"
    r"|ruby|wordpress|browser|android|ios|docker|database|legacy|json schema|library"
    r"|wc version)\b",
    re.IGNORECASE,
)
SELECTS: Final = re.compile(
    r"\b(?:header|specify|specif|set|pass|pin|send|request|includ|override|upgrade|select|choose|default)",
    re.IGNORECASE,
)
ADVICE: Final = re.compile(r"\b(?:patterns?|strateg(?:y|ies)|best practices|guidelines?|planner)\b", re.IGNORECASE)
"""A page that weighs ways to version APIs, and is not the docs of one."""
CHOICE: Final = re.compile(r"\W*(?:strateg(?:y|ies)|approach(?:es)?|patterns?)\W*", re.IGNORECASE)
"""The column of a table that weighs them."""
ASKED: Final = re.compile(
    r"\b(?:add|append|pass|includ|send|set|specify|us)(?:e|ed|ing)?\b[^.`]{0,20}`(?P<name>version|api[-_]?version)"
    r"=(?P<value>[\w.-]+)`[^.`]{0,20}\bquery\b",
    re.IGNORECASE,
)
"""``add `version=v2` to the query``."""
COMMON_WAYS: Final = re.compile(
    r"\b(?:common|popular|typical|usual)\s+(?:approaches|strategies|ways|methods|patterns)\b"
    r"|\badvantages and disadvantages?\b|\bpros and cons\b",
    re.IGNORECASE,
)
"""What is said of APIs in general."""
BASED: Final = re.compile(r"\b(?:url|uri|path)[- ]based\s+version(?:ing|ed)\b", re.IGNORECASE)
"""`We use URI-based versioning`: a way without a version."""
ADVISED: Final = re.compile(
    r"\bit is (?:best|good practice|recommended) to (?:require|provide|put|use)\b", re.IGNORECASE
)
"""How guides to the making of APIs speak."""
