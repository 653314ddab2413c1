"""A letter for a small screen: its words from the addressee to the signatory, as text that flows."""

from typing import Any

from reports.typesetting.sheet import Content

# The letterhead says who writes, the page's own heading what about; neither is read again.
READ = {
    "addressee",
    "salutation",
    "paragraph",
    "item",
    "table",
    "closing",
    "appendix",
    "signatory_post",
    "signatory_name",
}


def text(content: Content) -> str:
    """Paragraphs with an empty line between them, rows of a table with their cells between « | »."""
    return "\n\n".join(_words(value) for element, value in content if element in READ and value)


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "\n".join(line if isinstance(line, str) else " | ".join(line) for line in value)
