"""A finding: what is wrong in a letter, in words, the place that it leads to and the words that stand there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from events.outcomes import outcomes
from reports.composing import wording_lint

QUOTED = re.compile(r"«([^«»]+)»")


@dataclass(frozen=True)
class Act:
    """What one press mends: a button whose form posts the fields."""

    label: str
    url: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """What is wrong, in words; the anchor of the place in the editor, or the address of another page.

    What does not block is advice: the author may file with it. ``place`` names the anchor for people («Решение 4»),
    ``quote`` is what stands there, where the words do not quote it themselves.
    """

    words: str
    anchor: str = ""
    blocks: bool = True
    url: str = ""
    act: Act | None = field(default=None, compare=False)
    place: str = field(default="", compare=False)
    quote: str = field(default="", compare=False)

    @property
    def said(self) -> str:
        """In one sentence, where no page shows the place apart."""
        return f"{self.place}: {self.words}" if self.place else self.words


@dataclass(frozen=True)
class Place:
    """A text that people wrote, the anchor of its field in the editor, and what people call it.

    ``counts``: it tells what there was, its numbers with it, and not what there should be. ``followed``: what it
    asks until a day is followed by the portal.
    """

    anchor: str
    text: str
    name: str = ""
    counts: bool = True
    followed: bool = True


def at(place: Place, words: str, *, blocks: bool) -> Finding:
    """A finding that leads to the text itself."""
    return Finding(words, place.anchor, blocks=blocks, place=place.name, quote=_quoted(words, place))


def placed(found: Iterable[Finding], places: Mapping[str, Place]) -> Iterator[Finding]:
    """Each finding with the name of its place and a quotation; ``places`` by anchor, of fields and of whole rows."""
    for finding in found:
        place = places.get(finding.anchor) or places.get("-".join(finding.anchor.split("-")[:2]))
        if finding.place or not place:
            yield finding
        else:
            yield replace(finding, place=place.name, quote=_quoted(finding.words, place))


def _quoted(words: str, place: Place) -> str:
    """The beginning of the text, where the words do not quote it themselves; a figure by its name."""
    if any(part.strip("…") in place.text for part in QUOTED.findall(words)):
        return ""
    text = outcomes.TOKEN.sub(r"[\1]", place.text)
    return wording_lint.short(text.replace("\n", " "))
