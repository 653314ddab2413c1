"""Elements of SVG as text: a name, attributes, what stands inside; all that people wrote is escaped."""

import html
from functools import cache

from django.utils.safestring import SafeString

FONT = "Golos Text Variable, Golos Text, Segoe UI, Arial, sans-serif"


def element(name: str, *inner: str, **attributes: object) -> SafeString:
    """«font_size» becomes «font-size»; an attribute that is None is left out; text inside is escaped."""
    said = "".join([f' {_named(key)}="{_said(value)}"' for key, value in attributes.items() if value is not None])
    held = "".join([part if isinstance(part, SafeString) else html.escape(part) for part in inner])
    return SafeString(f"<{name}{said}>{held}</{name}>" if held else f"<{name}{said}/>")


@cache
def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _said(value: object) -> str:
    """Numbers have nothing to escape, and are most of a picture."""
    return str(value) if isinstance(value, int | float) else html.escape(str(value))


def text(
    words: str,
    *,
    x: float | str,
    y: float,
    size: float,
    fill: str,
    weight: int = 400,
    anchor: str = "middle",
) -> SafeString:
    """A line in the middle of ``x``, or beginning or ending there, standing on ``y``."""
    return element("text", words, x=x, y=y, font_size=size, fill=fill, font_weight=weight, text_anchor=anchor)


def linked(url: str, title: str, *inner: str, tabindex: int | None = None) -> SafeString:
    """A mark as a link that says what it shows; without an address, the mark alone."""
    told = element("title", title)
    if not url:
        return element("g", told, *inner)
    return element("a", told, *inner, href=url, aria_label=title, tabindex=tabindex)
