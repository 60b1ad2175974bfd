"""MDX and kin: components, imports and expressions become what a reader sees, and every line keeps its number."""

from __future__ import annotations

import re

FENCE = re.compile(r" {0,12}(`{3,}|~{3,})")
MODULE_LINE = re.compile(
    r"(?:import\b.*?(?:from\s*)?[\"'][^\"']*[\"'];?|export\s+(?:const|default|function|let|\*|\{).*)\s*$"
)
COMPONENT = re.compile(r"</?[A-Z]\w*[a-z]\w*(?:\.\w+)*(?=[\s/>])")
ATTRIBUTE = re.compile(r"([A-Za-z_][\w-]*)(?:=(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]?([^{}\"'`]*)[\"'`]?\s*\}))?")
NAMING = ("path", "query", "header", "body", "name", "param", "field")
PATHS = ("path", "url", "route", "endpoint", "uri", "href")
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
SAYING = ("title", "label", "summary")
TELLING = ("description", "desc")
SECTIONS = re.compile(r"<(?:\w*Section|Chapter|Heading)\b")
"""Components that head what stands inside them, as a heading would."""
COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
EMPTY = "<i></i>"
BLANK = "&nbsp;"
"""A line that a reader sees nothing of and that ends no paragraph."""
OPENED = "\x00"
"""Behind what the opening tag of a component shows, while its text is put together; no file holds it any more."""
LONGEST_TAG = 4000
MOST_UNCLOSED = 100
"""Tags without an end in one stretch of prose, after which it is taken for no MDX: each costs a look ahead."""


def without_components(text: str) -> str:
    """Replace components by their visible words, comments and module lines by nothing; newlines stay where they are.

    `<ParamField query="limit" type="integer" default="20">` reads "`limit` (query, type: integer, default: 20) ", since
    that is what such components show.
    """
    text = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    out: list[str] = []
    prose: list[str] = []
    fence = ""
    for line in text.split("\n"):
        within, fence = fence, _fence_behind(line, fence)
        if within:
            out.append(line)
        elif fence:
            out.extend(_prose(prose))
            prose = []
            out.append(line)
        else:
            prose.append("" if MODULE_LINE.match(line) else line)
    return "\n".join(_shifted([*out, *_prose(prose)]))


def _fence_behind(line: str, fence: str) -> str:
    """Return the fence that is open behind a line, given the one that is open before it, or nothing."""
    mark = FENCE.match(line)
    if not fence:
        return mark[1] if mark else ""
    closes = mark and mark[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _prose(lines: list[str]) -> list[str]:
    if not lines:
        return []
    text = "\n".join(lines)
    out: list[str] = []
    at = unclosed = 0
    while unclosed < MOST_UNCLOSED and (found := COMPONENT.search(text, at)):
        end = _tag_end(text, found.end())
        ticks = text.count("`", text.rfind("\n", 0, found.start()) + 1, found.start())
        if end is None or ticks % 2:
            out.append(text[at : found.end()])
            at = found.end()
            unclosed += end is None
            continue
        out.append(text[at : found.start()])
        shown = _visible(text[found.start() : end])
        out.append(shown if shown.strip() or not _in_table(text, found.start()) else f"{EMPTY}{shown}")
        out.append("" if found[0].startswith("</") or text.startswith("/>", end - 2) else OPENED)
        at = end
    return ("".join(out) + text[at:]).split("\n")


def _shifted(lines: list[str]) -> list[str]:
    """Move what stands in a component to the left: so far in, it would go on with a title or a list before it."""
    out: list[str] = []
    by: int | None = 0
    fence = ""
    for line in lines:
        plain = line.replace(OPENED, "")
        indent = len(plain) - len(plain.lstrip(" "))
        if plain.strip() and not fence:
            by = indent if by is None else by if indent >= by else 0
        out.append(plain[min(by or 0, indent) :])
        fence = _fence_behind(plain, fence)
        by = None if line.rstrip().endswith(OPENED) else by
    return out


def _in_table(text: str, at: int) -> bool:
    """Tell whether a table of HTML is open: a blank line would end it for Markdown."""
    return text.rfind("<table", 0, at) > text.rfind("</table", 0, at)


def _tag_end(text: str, start: int) -> int | None:
    """Return where the tag that is open at `start` ends: at a `>` outside quotes and braces."""
    depth, quoted = 0, ""
    for at in range(start, min(len(text), start + LONGEST_TAG)):
        char = text[at]
        if quoted:
            quoted = "" if char == quoted else quoted
        elif char in "\"'" or (char == "`" and depth):
            quoted = char
        elif char in "{}":
            depth += 1 if char == "{" else -1
        elif char == ">" and depth <= 0:
            return at + 1
    return None


def _visible(tag: str) -> str:
    """Say what a component shows, followed by the newlines that its tag spans."""
    given = {m[1]: next((g for g in m.groups()[1:] if g is not None), "true") for m in ATTRIBUTE.finditer(tag)}
    room = "\n" * tag.count("\n")
    if tag.startswith("</"):
        return room
    called = next((given[key] for key in PATHS if given.get(key, "").startswith(("/", "http"))), "")
    if called and given.get("method", "").upper() in METHODS:
        said = next((f" {given[key]}" for key in SAYING if given.get(key, "true") != "true"), "")
        return f"`{given['method'].upper()} {called}`{said} {room}"
    if given.get("method", "").upper() in METHODS and not tag.endswith("/>"):
        return f"{given['method'].upper()} {room}"  # the path stands inside
    if SECTIONS.match(tag) and given.get("title", "true") != "true":
        return f"## {given['title']}{room}"
    naming = next((key for key in NAMING if given.get(key, "true") != "true"), "")
    if not naming:
        said = next((given[key] for key in SAYING if given.get(key, "true") != "true"), "")
        return f"{said} {room}" if said else room
    shown = [naming] if naming in {"path", "query", "header", "body"} else []
    shown += [f"{key}: {given[key]}" for key in ("type", "default", "minimum", "maximum", "in") if key in given]
    shown += ["required"] * ("required" in given)
    details = f" ({', '.join(shown)})" if shown else ""
    name = f"`{given[naming]}`{details}"
    told = next((key for key in TELLING if given.get(key, "true") != "true"), "")
    return _told(tag, name, told, given[told]) if told else f"{name} {room}"


def _told(tag: str, name: str, key: str, text: str) -> str:
    """Put a description on the line of its attribute, so that the lines from the name to it are one item of a list."""
    above = tag[: tag.find(f"{key}=")].count("\n")
    rest = tag.count("\n") - above - text.count("\n")
    return f"- {name}: {f'{chr(10)}{BLANK}' * above}{text}{chr(10) * rest}"
