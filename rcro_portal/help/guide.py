"""The guide's pages: Markdown (CommonMark) to HTML, once in a process.

A section begins with a heading of the second level, its page with one of the first. Before each may stand a comment
that says which pages of the portal it is about, by the names of their addresses (``*`` as in ``fnmatch``)::

    <!-- about: events:event-list events:event-* -->
    ## Внести мероприятие в план

Pictures and other pages are named by files, so that the text reads the same wherever the repository is shown.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it.token import Token

FOLDER = Path(__file__).parent / "pages"
# As they are listed: who reads, then what they do, then what concerns everybody.
ORDER = (
    "log-in", "coordinator", "methodist", "head", "director", "clerk", "administrator",
    "registers", "import", "sessions", "results", "certificates", "check", "files", "trouble",
)  # fmt: skip
TOKENS_OF_TITLE = 3  # a heading begins, its words, a heading ends
_ABOUT = re.compile(r"<!-- about: (.+?) -->", re.DOTALL)
_NOT_IN_ANCHORS = re.compile(r"[^\w -]")


class Section(NamedTuple):
    """A heading, its anchor (the page's own title has none), and the portal's pages that it is about, as patterns."""

    title: str
    anchor: str
    about: tuple[str, ...] = ()


class Page(NamedTuple):
    """A file of the guide; the first of its sections is the page itself."""

    slug: str
    sections: tuple[Section, ...]
    html: SafeString

    @property
    def title(self) -> str:
        return self.sections[0].title

    @property
    def contents(self) -> tuple[Section, ...]:
        return self.sections[1:]

    @property
    def url(self) -> str:
        return reverse("help-page", args=[self.slug])

    def address_of(self, section: Section) -> str:
        return f"{self.url}#{section.anchor}" if section.anchor else self.url


@cache
def pages() -> dict[str, Page]:
    """Every page by its slug, in the order in which they are listed."""
    return {slug: _made(slug, (FOLDER / f"{slug}.md").read_text(encoding="utf-8")) for slug in ORDER}


@cache
def section_about(url_name: str) -> str:
    """The address of the section about a page of the portal: of the closest pattern; the guide's own where none is."""
    found = [
        (len(pattern.rstrip("*")), page.address_of(section))
        for page in pages().values()
        for section in page.sections
        for pattern in section.about
        if fnmatchcase(url_name, pattern)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else reverse("help")


def _made(slug: str, text: str) -> Page:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(text)
    sections = tuple(_sections(tokens))
    for token in tokens:
        for part in token.children or ():
            _lead(part)
    # Written by those who write the portal; the only raw HTML is their comments, which stay here, as does the title.
    shown = [one for one in tokens if one.type != "html_block"][TOKENS_OF_TITLE:]
    html = markdown.renderer.render(shown, markdown.options, {})
    return Page(slug, sections, mark_safe(html))  # noqa: S308


def _sections(tokens: "list[Token]") -> Iterator[Section]:
    """The headings of the first two levels; those of the second get their anchors."""
    about: tuple[str, ...] = ()
    for token, after in pairwise(tokens):
        if said := _ABOUT.match(token.content) if token.type == "html_block" else None:
            about = tuple(said[1].split())
        elif token.type == "heading_open" and token.tag in ("h1", "h2"):
            anchor = anchor_of(after.content) if token.tag == "h2" else ""
            if anchor:
                token.attrSet("id", anchor)
            yield Section(after.content, anchor, about)
            about = ()


def anchor_of(title: str) -> str:
    """As those who show Markdown make it of a heading: small letters, hyphens for spaces, no punctuation."""
    return _NOT_IN_ANCHORS.sub("", title.lower()).replace(" ", "-")


def _lead(part: "Token") -> None:
    """Links to other pages lead to them, pictures come from the portal's own files."""
    if part.type == "image":
        part.attrSet("src", static(f"help/{PurePosixPath(str(part.attrGet('src'))).name}"))
        part.attrSet("loading", "lazy")
    elif part.type == "link_open":
        file, mark, anchor = str(part.attrGet("href")).partition("#")
        if file.endswith(".md"):
            part.attrSet("href", f"{reverse('help-page', args=[file.removesuffix('.md')])}{mark}{anchor}")
