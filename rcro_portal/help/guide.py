"""The guide's pages: Markdown (CommonMark) to HTML, each once in a process; every page of the portal asks for headings.

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
    "registers", "import", "sessions", "results", "certificates", "check", "open", "files", "trouble",
)  # fmt: skip
TOKENS_OF_TITLE = 3  # a heading begins, its words, a heading ends
_HEADING = re.compile(r"(?:^<!-- about: (?P<about>[^>]+?) -->\n)?^(?P<level>##?) (?P<title>.+)$", re.MULTILINE)
_NOT_IN_ANCHORS = re.compile(r"[^\w -]")


class Section(NamedTuple):
    """A heading, its anchor (the page's own title has none), and the portal's pages that it is about, as patterns."""

    title: str
    anchor: str
    about: tuple[str, ...] = ()


class Page(NamedTuple):
    """A file of the guide; the first of its sections is the page itself."""

    slug: str
    text: str
    sections: tuple[Section, ...]

    @property
    def html(self) -> SafeString:
        return html_of(self)

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
    return Page(slug, text, tuple(_sections(text)))


def _sections(text: str) -> Iterator[Section]:
    """The headings of the first two levels."""
    for found in _HEADING.finditer(text):
        anchor = anchor_of(found["title"]) if found["level"] == "##" else ""
        yield Section(found["title"], anchor, tuple((found["about"] or "").split()))


@cache
def html_of(page: Page) -> SafeString:
    """Without the page's title; headings of sections have their anchors."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable("table")
    # Written by those who write the portal; the only raw HTML is their comments, which stay here, as does the title.
    shown = [one for one in markdown.parse(page.text) if one.type != "html_block"][TOKENS_OF_TITLE:]
    for token, after in pairwise(shown):
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", anchor_of(after.content))
        for part in after.children or ():
            _lead(part)
    return mark_safe(markdown.renderer.render(shown, markdown.options, {}))  # noqa: S308


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
