"""The words by which a passage about paging is known."""

from __future__ import annotations

import re
from typing import Final

HEADING: Final = re.compile(
    r"paginat|\bpaging\b|page through|\bpages? (?:of|arguments|parameters)|cursors?\b"
    r"|\boffset\b|result controls|^lists?$|^pages?$|^batching$|^listing"
    r"|list(?:ing)? (?:results|resources|options)|iterat",
    re.IGNORECASE,
)
SPEAKS: Final = re.compile(
    r"paginat|\bpaging\b|\bnext page\b|\bpage of results\b|\bcursor-based\b|\bper[ _]page\b"
    r"|multiple pages|large (?:result|data) ?sets?|more results|page number|\brel=\\?\"?next",
    re.IGNORECASE,
)
ABOUT: Final = re.compile(HEADING.pattern + "|" + SPEAKS.pattern + r"|\bcursor\b|\boffset\b|\bpage\b", re.IGNORECASE)
CALL: Final = re.compile(r"[\w/}>.`]\?[\w.\[\]%=&{}<>$*:,+-]{3,300}")
GRAPHQL: Final = re.compile(r"\$?\b(?P<name>first|last|after|before)\s*:")
LINK: Final = re.compile(
    r"[`'\"]?\bLink[`'\"]?(?:\s+HTTP)?(?:\s+response)?\s+headers?\b"
    r"|\bheaders?\b[^.|]{0,40}[`\"]Link[`\"]|^\s*<?\s*link:\s*<http|\bRFC ?(?:5988|8288)\b",
    re.IGNORECASE | re.MULTILINE,
)
PAIR: Final = re.compile(r"\brel=|\bLink[`\"*]* header|RFC ?(?:5988|8288)|pagination", re.IGNORECASE)
NEXT_LINK: Final = re.compile(
    r"[\"']?(?:next|next_?(?:page|url|link|page_?url))[\"']?\s*:\s*[\"'](?P<url>[^\"'\n]*\?[^\"'\n]*)[\"']",
    re.IGNORECASE,
)
ANSWERED: Final = re.compile(r"^\W*(?:is )?(?:the )?(?:number of the )?current page\b(?! to)", re.IGNORECASE)
"""What an answer tells of itself."""
ANSWERS: Final = re.compile(r"\brespons|\bresponds|\banswers?\b|\boutput|\breturned\b", re.IGNORECASE)
HOLDER: Final = re.compile(
    r"`(_?links|meta(?:data)?|paging|pagination|page_?info|cursors|response_?meta(?:data)?"
    r"|result_?info)`",
    re.IGNORECASE,
)
"""Objects of an answer that hold what leads on."""
PAGE_ABOUT: Final = re.compile(r"(?:^|/)[^/]*\b(?:pagination|paging|paginate|paginating)\b[^/]*$", re.IGNORECASE)
"""A file that is about paging by its name, whatever its headings."""
WAY_ON: Final = re.compile(
    r"respon|attribute|field|object|return|header|contain|value|pass|include|propert|retrieve|link", re.IGNORECASE
)
"""What a sentence has that names a member of an answer."""
MOST_NAMES: Final = 40
STEPPED: Final = re.compile(
    r"\bpaginat\w+\b[^.]*\b(?:add|pass|use|set|send|include|increment|specify|provide)\b[^.]*"
    r"\b(?:page|offset|cursor)\b[`\"'*]*\s+(?:query[\s-]*(?:string\s+)?|url\s+|request\s+|get\s+)?param(?:eter)?\b",
    re.IGNORECASE,
)
"""`As the list is paginated, add the page parameter`."""
NEXT_STEP: Final = re.compile(
    r"\bnext (?:page|batch|set|chunk)\b[^.]*\b(?:add|pass|use|set|send|includ|increment|specify|provid"
    r"|supply)\w*\b[^.]*"
    r"`(?:page|offset|cursor|page_?token|next_?token|after|marker)`[^.]*\b(?:request|param|query|call)"
    r"|\b(?:add|pass|use|set|send|includ|increment|specify|provid|supply)\w*\b[^.]*"
    r"`(?:page|offset|cursor|page_?token|next_?token|after|marker)`[^.]*\b(?:request|param|query|call)\w*\b[^.]*"
    r"\bnext (?:page|batch|set|chunk)\b",
    re.IGNORECASE,
)
"""`To get the next page, include offset in the next request`."""
ORDER: Final = re.compile(r"^(?:order|direction|sort_?order|order_?dir(?:ection)?)$", re.IGNORECASE)
PATHS: Final = re.compile(
    r"(?<![/\w])((?:_?links?|meta(?:data)?|paging|pagination|pages?|page_?info|response_?meta(?:data)?|result_?info"
    r"|cursors?)(?:\.(?!(?:mdx?|html?|rst|txt|json|ya?ml)\b)[A-Za-z_]+)+)\b"
)
