"""Every format becomes passages with exact lines, and what a reader does not see is no evidence."""

from __future__ import annotations

import pytest

from specloom.facts.markup import is_prose, markup
from specloom.facts.passages import document, is_documentation, read_documents
from specloom.model.diagnostic import Diagnostic
from specloom.model.files import FileTree
from specloom.model.passage import Document, Passage, PassageKind


def cut(path: str, text: str | bytes) -> tuple[Passage, ...]:
    """Cut one file."""
    made = document(path, text if isinstance(text, bytes) else text.encode())
    assert isinstance(made, Document)
    return made.passages


def spans(passages: tuple[Passage, ...]) -> list[tuple[str, int, int, str]]:
    """Return kind, lines and the first words of each passage."""
    return [(one.kind.value, one.start, one.end, one.text.split("\n")[0]) for one in passages]


MARKDOWN = """---
title: Ships
secret: front matter
---

# Ships

A paragraph with `code`
over two lines.

<!-- hidden: 10 requests per minute -->

- one
- two
  with more

| Name | Meaning |
|---|---|
| `a` | first |
| `b` | second |

```json
{"a": 1}
```
"""


def test_markdown_keeps_lines_and_headings() -> None:
    """Paragraphs, items, tables and code have the lines on which they stand."""
    found = cut("a.md", MARKDOWN)
    assert [
        ("paragraph", 8, 9, "A paragraph with `code`"),
        ("list item", 13, 13, "one"),
        ("list item", 14, 15, "two"),
        ("table", 17, 20, "Name | Meaning"),
        ("code block", 23, 23, '{"a": 1}'),
    ] == spans(found)
    assert ("Ships", "Ships") == found[0].headings
    assert [(19, ("`a`", "first")), (20, ("`b`", "second"))] == [(row.start, row.cells) for row in found[3].rows]
    assert "json" == found[4].language


def test_hidden_content_is_never_a_passage() -> None:
    """Front matter, comments, scripts, styles and invisible elements are no evidence."""
    text = MARKDOWN + (
        "\n<script>5 requests per second</script>\n\n<style>p {}</style>\n\n"
        '<div hidden>7 requests per second</div>\n\n<p style="display: none">8 requests per second</p>\n'
    )
    everything = " ".join(one.text for one in cut("a.md", text))
    for hidden in ("front matter", "10 requests", "5 requests", "7 requests", "8 requests"):
        assert hidden not in everything


def test_html_tables_inside_markdown_have_rows_with_lines() -> None:
    """A table written in HTML is a table, with a row's own lines."""
    text = (
        "# A\n\n<table>\n <tr><th>Name</th><th>Default</th></tr>\n"
        " <tr>\n  <td><code>limit</code></td>\n  <td>20</td>\n </tr>\n</table>\n"
    )
    (table,) = cut("a.md", text)
    assert PassageKind.TABLE is table.kind
    assert ("Name", "Default") == table.header
    assert [(6, 7, ("`limit`", "20"))] == [(row.start, row.end, row.cells) for row in table.rows]


def test_an_html_page() -> None:
    """Headings, paragraphs, items, definitions and code keep their lines, with entities and unclosed tags."""
    text = (
        "<html><head><title>no</title></head><body>\n<h1>Ships &amp; more</h1>\n<p>First\nparagraph.\n"
        "<ul>\n<li>one\n<li>two\n</ul>\n<dl><dt>limit</dt>\n<dd>how many</dd></dl>\n"
        "<pre>\nGET /ships\n</pre>\n</body></html>\n"
    )
    found = cut("a.html", text)
    assert [
        ("paragraph", 3, 4, "First paragraph."),
        ("list item", 6, 6, "one"),
        ("list item", 7, 7, "two"),
        ("definition", 10, 10, "limit: how many"),
        ("code block", 12, 12, "GET /ships"),
    ] == spans(found)
    assert ("Ships & more",) == found[0].headings


def test_mdx_shows_what_components_show() -> None:
    """Imports and expressions vanish, a component's text stays, and a parameter component names its parameter."""
    text = (
        "import X from 'x'\n\n# Lists\n\n<Tip>\n    Pages are short.\n</Tip>\n\n{/* 9 requests per second */}\n\n"
        '<ParamField query="limit" type="integer" default="20">\n  How many.\n</ParamField>\n\n'
        '```js\nimport kept from "y"\n<Tip>\n```\n'
    )
    found = cut("a.mdx", text)
    assert [
        ("paragraph", 6, 6, "Pages are short."),
        ("paragraph", 11, 12, "`limit` (query, type: integer, default: 20)"),
        ("code block", 16, 17, 'import kept from "y"'),
    ] == spans(found)


RST = """Ships
=====

A paragraph with ``code``
over two lines.

.. note::

   A note inside.

.. http:get:: /ships/

   :query int limit: how many, default is 20

   .. sourcecode:: json

      {"a": 1}

.. tabs::

   .. tab:: One

      Text in a tab, see :ref:`this <that>`.

.. raw:: html

   <p>raw</p>

.. include:: /etc/passwd
"""


def test_rst_reads_unknown_directives_for_their_content() -> None:
    """Sphinx's directives and roles are read, raw blocks and includes are not, and lines are exact."""
    found = cut("a.rst", RST)
    assert [
        ("paragraph", 4, 5, "A paragraph with `code`"),
        ("paragraph", 9, 9, "A note inside."),
        ("definition", 13, 13, "query int limit: how many, default is 20"),
        ("code block", 17, 17, '{"a": 1}'),
        ("paragraph", 23, 23, "Text in a tab, see this."),
    ] == spans(found)
    assert ("Ships", "GET /ships/") == found[2].headings


def test_rst_forgets_the_names_of_a_file() -> None:
    """A directive that one file brings along is unknown again afterwards."""
    from docutils.parsers.rst import directives

    before = dict(directives._directives)  # type: ignore[attr-defined] # noqa: SLF001 - what must not grow
    cut("a.rst", ".. surprising-thing::\n\n   text\n")
    assert before == directives._directives  # type: ignore[attr-defined] # noqa: SLF001


def test_prose_inside_a_description_has_the_lines_of_the_file() -> None:
    """Block scalars are Markdown with their own lines; parameters and servers are definitions."""
    text = (
        "openapi: 3.0.0\ninfo:\n  title: Ships\n  description: |\n    # Limits\n\n    At most 90 requests per minute.\n"
        "servers:\n  - url: https://api.tide.dev/v1\npaths:\n  /ships:\n    get:\n      parameters:\n"
        "        - name: limit\n"
        "          in: query\n          description: How many\n          schema: {type: integer, default: 20}\n"
        "components:\n  schemas:\n    Ship:\n      description: Not read\n"
    )
    found = cut("a.yaml", text)
    assert ("paragraph", 7, 7, "At most 90 requests per minute.") in spans(found)
    assert ("definition", 9, 9, "Server URL: `https://api.tide.dev/v1`") in spans(found)
    assert ("definition", 14, 17, "`limit` (query, default: 20): How many") in spans(found)
    assert not any("Not read" in one.text for one in found)


def test_api_blueprint_is_markdown_with_metadata() -> None:
    """The metadata is no prose, and each parameter of a list stands for itself."""
    text = (
        "FORMAT: 1A\ntitle: Ships\n\n# Ships\n\n+ Parameters\n    + limit (number, optional) - How many.\n"
        "        + Default: 20\n    + page (number, optional) - Which.\n"
    )
    found = cut("a.apib", text)
    assert ("list item", 7, 8, "limit (number, optional) - How many.") in spans(found)
    assert ("list item", 9, 9, "page (number, optional) - Which.") in spans(found)
    assert not any("1A" in one.text for one in found)


def test_a_moved_passage_keeps_its_digest_and_an_edited_one_does_not() -> None:
    """Line numbers are no part of the content, headings and text are."""
    one, moved, edited, reheaded = (
        cut("a.md", text)[0].digest
        for text in ("# A\n\ntext\n", "# A\n\n\n\ntext\n", "# A\n\ntexts\n", "# B\n\ntext\n")
    )
    assert one == moved
    assert 3 == len({one, edited, reheaded})


@pytest.mark.parametrize("content", [b"\x00\x01binary", b"x" * 2_000_001], ids=["binary", "giant"])
def test_what_is_no_documentation_costs_that_file(content: bytes) -> None:
    """A file that is not read is named, and the others are read."""
    documents, diagnostics = read_documents(FileTree({"a.md": content, "b.md": b"text\n"}), ["a.md", "b.md", "c.png"])
    assert ["b.md"] == [one.path for one in documents]
    assert ["a.md"] == [one.span.path for one in diagnostics if one.span]


def test_only_documentation_is_read() -> None:
    """The ending decides, in any case."""
    assert [True, True, False, False] == [is_documentation(path) for path in ("a/B.MD", "x.apib", "a.png", "Makefile")]


def test_a_diagnostic_says_what_to_do() -> None:
    """A refused file ends in the next step."""
    made = document("a.md", b"\x00")
    assert isinstance(made, Diagnostic)
    assert "leave it out" in made.message


def test_complaints_of_the_parser_are_no_text_of_the_docs() -> None:
    """What docutils says about a cell of a table is not what its author wrote."""
    text = "======  =====\nname    says\n======  =====\nlimit   ====\n        x\nother   y\n======  =====\n"
    read = document("a.rst", text.encode())
    assert isinstance(read, Document)
    assert "Unexpected" not in "".join(passage.text for passage in read.passages)
    assert all(passage.start <= passage.end for passage in read.passages)


@pytest.mark.parametrize(("path", "around"), [("a.md", "{}"), ("a.html", "<p>{}</p>"), ("b.html", "<td>{}</td>")])
def test_a_paragraph_of_a_megabyte_is_cut_off(path: str, around: str) -> None:
    """Nobody wrote it, and patterns would take their time."""
    read = document(path, around.format("at most 5 requests per second\n" * 30_000).encode())
    assert isinstance(read, Document)
    assert read.passages
    assert all(len(passage.text) <= 6_000 for passage in read.passages)


@pytest.mark.parametrize(
    ("path", "written_in"),
    [
        ("source/index.html.md.erb", "markdown"),
        ("docs/a.rst.j2", "rst"),
        ("app/views/show.html.erb", ""),
        ("chart/values.yaml.tmpl", ""),
        ("a/B.MKD", "markdown"),
        ("doc/rest.txt", "text"),
        ("erb", ""),
    ],
)
def test_a_name_tells_what_a_file_is_written_in(path: str, written_in: str) -> None:
    """Of a template, the ending before the last counts, where it is one of pages."""
    assert written_in == markup(path)


def test_a_text_is_read_by_its_headings() -> None:
    """Sphinx takes `.txt` too, and some write Markdown into it; without headings it is no documentation."""
    rst = "Rate limits\n===========\n\nAt most 5 calls::\n\n    GET /ships\n"
    found = {
        path: cut(path, text)
        for path, text in (("a.txt", rst), ("b.txt", "# Limits\n\nAt most 5.\n"), ("c.txt", "aiohttp==3\nredis\n"))
    }
    assert [("Rate limits",), ("Rate limits",)] == [one.headings for one in found["a.txt"]]
    assert [("Limits",)] == [one.headings for one in found["b.txt"]]
    assert () == found["c.txt"]


def test_what_a_template_runs_is_not_read() -> None:
    """Only what it shows is, on its own line, with whatever is not closed."""
    text = "# Ships\n\n<% for x in\n  y %>\nAt most <%= most %> calls <% if\n"
    assert [(5, "At most  calls <% if")] == [(one.start, one.text) for one in cut("a.md.erb", text)]


def test_what_is_taken_for_documentation_where_none_is_named() -> None:
    """Most texts outside of folders of docs are lists, and descriptions are read as such."""
    assert all(is_prose(path) for path in ("docs/a.txt", "llms-full.txt", "README.txt", "a.html", "docs/a.md.erb"))
    assert not any(is_prose(path) for path in ("robots.txt", "a.yaml", "a.html.erb", "docs"))


def test_what_stands_in_a_component_is_no_part_of_its_title_or_of_a_list_before_it() -> None:
    """Lists, code and tables stand as far in as their tabs; a note behind a list is none of its items."""
    text = (
        '<Tabs>\n  <Tab title="Free">\n    - read: 200\n    - write: 90\n\n    ```json\n    {}\n    ```\n\n'
        "    | a | b |\n    |---|---|\n    | 1 | 2 |\n  </Tab>\n</Tabs>\n- last\n\n<Note>\n  More on demand.\n</Note>\n"
    )
    assert [
        ("paragraph", 2, 2, "Free"),
        ("list item", 3, 3, "read: 200"),
        ("list item", 4, 4, "write: 90"),
        ("code block", 7, 7, "{}"),
        ("table", 10, 12, "a | b"),
        ("list item", 15, 15, "last"),
        ("paragraph", 18, 18, "More on demand."),
    ] == spans(cut("a.mdx", text))
