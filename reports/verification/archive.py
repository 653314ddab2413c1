"""Full-text search through letters as printed, with their numbers, days and signatories.

Words are found in the folded text, in any part of a word, on both databases; PostgreSQL finds other forms of them by
its Russian dictionary as well. The dictionary alone is not enough: to it «Сафонову» is another word than «Сафонов».
"""

import re
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from rcro_portal.lib import search as searching
from rcro_portal.lib import written_days
from reports.composing import written_numbers
from reports.models import Letter
from reports.models.letter import SIGNED

BEGIN, END = "\u2983", "\u2984"  # brackets that no letter may hold: the letter's typeface lacks them
SHOWN_BEFORE, SHOWN_AFTER = 60, 160  # characters of a snippet around the first word found


class SnippetPiece(NamedTuple):
    """A part of a snippet; ``found`` is what was looked for."""

    text: str
    found: bool


def letters() -> QuerySet[Letter]:
    """What the archive holds: signed letters, replaced ones too."""
    return Letter.objects.filter(status__in=SIGNED)


def search(rows: QuerySet[Letter], words: str, *, headlines: bool = True) -> QuerySet[Letter]:
    """Rows with these words in what they printed, or of this number; each with ``rank`` and its ``headline``.

    An empty search finds all of them, one of signs alone nothing. Without ``headlines`` no printed text is read.
    """
    request = searching.parse(words)
    marks = _by_dictionary_of_postgresql(request) if connection.vendor == "postgresql" and request else PLAIN
    if headlines:
        found = rows.annotate(**marks)
    else:
        found = rows.annotate(rank=marks["rank"]).defer("printed_text", "printed_key")
    if not request:
        return found.none() if searching.typed(words) else found
    return found.filter(searching.chosen(request, _somewhere) | written_numbers.borne(words, "entry__"))


def _somewhere(term: searching.Term) -> Q:
    """In the text, or in what is added to it late: number, day, signatory."""
    found = searching.in_key("printed_key", term) | searching.in_text("signatory_name", term)
    if connection.vendor == "postgresql" and not term.exact:
        # Asked apart, by its index; beside another condition the dictionary would read every letter anew.
        found |= Q(pk__in=Letter.objects.alias(vector=_vector()).filter(vector=_query(term)).values("pk"))
    if any(word.isdecimal() for word in term.words):
        found |= searching.in_text("entry__number", term)
    if len(term.words) == 3 and (day := written_days.read(".".join(term.words))):
        found |= Q(entry__registered_on=day)
    return found


# -- PostgreSQL's dictionary ------------------------------------------------------------------------------------------


def _vector() -> Any:
    from django.contrib.postgres.search import SearchVector

    return SearchVector("printed_key", config="russian")


def _query(term: searching.Term) -> Any:
    """Words of a joined one stand side by side, each in any of its forms."""
    from django.contrib.postgres.search import SearchQuery

    return SearchQuery(" ".join(term.words), config="russian", search_type="phrase")


PLAIN: dict[str, Any] = {"rank": Value(0.0), "headline": F("printed_text")}


def _by_dictionary_of_postgresql(request: searching.Request) -> dict[str, Any]:
    """Every word that is wanted counts for the rank and is marked."""
    from django.contrib.postgres.search import SearchHeadline, SearchRank

    wanted = [_query(term) for choice in request for term in choice if not term.excluded]
    if not wanted:
        return PLAIN
    query = wanted[0]
    for other in wanted[1:]:
        query |= other
    headline = SearchHeadline(
        "printed_text", query, config="russian", start_sel=BEGIN, stop_sel=END, max_words=30, min_words=15
    )
    return {"rank": SearchRank(_vector(), query), "headline": headline}


# -- The line under a letter ------------------------------------------------------------------------------------------


def snippet(headline: str, words: str, text: str = "") -> list[SnippetPiece]:
    """Cut at what was looked for: by the dictionary's marks where it has any, else from the text itself."""
    return _marked(headline) if BEGIN in headline else _cut(text or headline, words)


def _marked(headline: str) -> list[SnippetPiece]:
    parts = re.split(f"({BEGIN}.*?{END})", headline)
    return [SnippetPiece(part.strip(BEGIN + END), part.startswith(BEGIN)) for part in parts if part]


def _cut(text: str, words: str) -> list[SnippetPiece]:
    """The text around the first word found, every word that was found marked."""
    wanted = searching.marker(searching.parse(words))
    first = wanted.search(text) if wanted else None
    if wanted is None or first is None:
        return [SnippetPiece(_words_of(text[: SHOWN_BEFORE + SHOWN_AFTER]), False)]
    start = max(text.rfind(" ", 0, max(first.start() - SHOWN_BEFORE, 0)) + 1, 0)
    return list(_split(text[start : first.end() + SHOWN_AFTER], wanted))


def _split(text: str, wanted: re.Pattern[str]) -> Any:
    place = 0
    for match in wanted.finditer(text):
        yield SnippetPiece(text[place : match.start()], False)
        yield SnippetPiece(match[0], True)
        place = match.end()
    yield SnippetPiece(_words_of(text[place:]), False)


def _words_of(text: str) -> str:
    """Without the word that a cut may have broken."""
    return text.rsplit(" ", 1)[0] if len(text) >= SHOWN_AFTER else text
