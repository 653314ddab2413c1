"""Full-text search through letters as printed: by PostgreSQL's Russian dictionary, elsewhere by every word as typed."""

import re
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from rcro_portal.russian import search_key
from reports.models import Letter
from reports.models.letter import SIGNED

BEGIN, END = "\u2983", "\u2984"  # brackets that no letter may hold: the letter's typeface lacks them
NUMBER = re.compile(r"[\w/.-]*\d[\w/.-]*")
SHOWN_BEFORE, SHOWN_AFTER = 60, 160  # characters of a snippet around the first word found


class Piece(NamedTuple):
    """A part of a snippet; ``found`` is what was looked for."""

    text: str
    found: bool


def letters() -> QuerySet[Letter]:
    """What the archive holds: signed letters, replaced ones too."""
    return Letter.objects.filter(status__in=SIGNED)


def search(rows: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    """Rows with these words in what they printed, or with this number; each with ``rank`` and ``headline``."""
    if not words.strip():
        return rows
    if connection.vendor == "postgresql":
        return _by_dictionary(rows, words)
    return _by_words(rows, words)


def _by_dictionary(rows: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    """Any form of a word finds its other forms; «"в кавычках"», «или» as ``or`` and «-без» as the websearch syntax."""
    from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector

    vector = SearchVector("printed_text", config="russian")
    query = SearchQuery(words, config="russian", search_type="websearch")
    headline = SearchHeadline(
        "printed_text", query, config="russian", start_sel=BEGIN, stop_sel=END, max_words=30, min_words=15
    )
    found = rows.annotate(vector=vector, rank=SearchRank(vector, query), headline=headline)
    return found.filter(Q(vector=query) | _numbered(words))


def _by_words(rows: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    held = Q()
    for word in search_key(words).split():
        held &= Q(printed_key__contains=word)
    found = rows.annotate(rank=Value(0.0), headline=F("printed_text"))
    return found.filter(held | _numbered(words))


def _numbered(words: str) -> Q:
    """Asked of the join only where a number was typed: else the index of the text would be of no use."""
    return Q(entry__number=words.strip()) if NUMBER.fullmatch(words.strip()) else Q()


def snippet(headline: str, words: str) -> list[Piece]:
    """The line under a letter that was found, cut at what was looked for."""
    return _marked(headline) if BEGIN in headline else _cut(headline, words)


def _marked(headline: str) -> list[Piece]:
    parts = re.split(f"({BEGIN}.*?{END})", headline)
    return [Piece(part.strip(BEGIN + END), part.startswith(BEGIN)) for part in parts if part]


def _cut(text: str, words: str) -> list[Piece]:
    key = text.lower().replace("ё", "е")
    wanted = [re.escape(word) for word in search_key(words).split()]
    first = re.search("|".join(wanted), key) if wanted else None
    if first is None:
        return [Piece(_words_of(text[: SHOWN_BEFORE + SHOWN_AFTER]), False)]
    start = max(text.rfind(" ", 0, max(first.start() - SHOWN_BEFORE, 0)) + 1, 0)
    shown = slice(start, first.end() + SHOWN_AFTER)
    return list(_split(text[shown], key[shown], "|".join(wanted)))


def _split(text: str, key: str, pattern: str) -> Any:
    place = 0
    for match in re.finditer(pattern, key):
        yield Piece(text[place : match.start()], False)
        yield Piece(text[match.start() : match.end()], True)
        place = match.end()
    yield Piece(_words_of(text[place:]), False)


def _words_of(text: str) -> str:
    """Without the word that a cut may have broken."""
    return text.rsplit(" ", 1)[0] if len(text) >= SHOWN_AFTER else text
