"""One way to search on both databases: what people type is read once, and looked for in folded text.

A request is words, all of which must be there; «или» between them begins another choice. Quotes of any keyboard make
a phrase that must stand exactly so, a leading dash of any kind excludes. A word is found in any part of a word, a
number only whole («7» is not in «17»), and what is joined without a space («СОШ-7», «план-график», «В.П.») stands
together, the beginnings of its words in their order.
"""

import re
from collections.abc import Iterable
from itertools import batched, pairwise, product
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from rcro_portal.lib.russian import search_key, sort_key
from rcro_portal.lib.text import LINE_LIMIT, clean_text

_QUOTES = '"«»„“”‟‹›❝❞〝〞＂'
_DASHES = "-‐‑‒–—―−﹣－"
_PART = re.compile(
    rf"(?P<dash>[{_DASHES}]?)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<words>[^\s{_QUOTES}]+))"
)
_OR = frozenset({"или", "or"})


class Term(NamedTuple):
    """Something that must be there, or, ``excluded``, must not: words and numbers of a search key.

    Several are one joined word or, ``exact``, a phrase in quotes.
    """

    words: tuple[str, ...]
    exact: bool = False
    excluded: bool = False


type Request = list[list[Term]]


def typed(text: str) -> str:
    """What is left of a search when it is cleaned; nothing is an empty search, and damaged text is nothing."""
    try:
        return clean_text(text)[:LINE_LIMIT]
    except ValidationError:
        return ""


def parse(text: str) -> Request:
    """The choices of a request, each with all that it wants; empty where no word and no number was typed."""
    choices: Request = [[]]
    for part in _PART.finditer(text):
        if (part["words"] or "").casefold() in _OR and not part["dash"]:
            choices.append([])
            continue
        exact = part["phrase"] is not None
        if words := tuple(search_key(part["phrase"] if exact else part["words"]).split()):
            choices[-1].append(Term(words, exact, bool(part["dash"])))
    return [choice for choice in choices if choice]


def pattern(term: Term) -> str:
    """A regular expression over search keys that both databases read alike."""
    if term.exact:
        return f"(^| ){' '.join(term.words)}( |$)"
    between = "".join(word + (" " if word.isdecimal() else "[^ ]* ") for word in term.words[:-1])
    whole_from = "(^| )" if len(term.words) > 1 or term.words[0].isdecimal() else ""
    return f"{whole_from}{between}{term.words[-1]}{'( |$)' if term.words[-1].isdecimal() else ''}"


def in_key(column: str, term: Term) -> Q:
    """Rows whose search key in this column holds the words of the term; ``excluded`` is the caller's to turn round."""
    if len(term.words) == 1 and not term.exact and not term.words[0].isdecimal():
        return Q(**{f"{column}__contains": term.words[0]})
    return Q(**{f"{column}__regex": pattern(term)})


# -- Columns that have no key --------------------------------------------------------------------------------------

_DRAWN_ALIKE = {"е": "ёeë", "а": "a", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x"} | {
    "к": "k",
    "м": "m",
    "т": "t",
    "в": "b",
    "н": "h",
}
_LETTER, _DIGIT, _GAP = "[a-zA-Zа-яА-ЯёЁ]", "[0-9]", "[^a-zA-Zа-яА-ЯёЁ0-9]"


def in_text(column: str, term: Term) -> Q:
    """As ``in_key``, for a column that holds the text itself: the pattern says every spelling of each letter."""
    return Q(**{f"{column}__regex": _raw_pattern(term)})


def _raw_pattern(term: Term) -> str:
    """Between words stands whatever is no letter and no figure; figures begin wherever letters end («И945а»)."""
    whole = term.exact or len(term.words) > 1
    parts = [_edge(term.words[0], whole, "(?<!{})")]
    for word, following in pairwise((*term.words, "")):
        parts.append("".join(_any_spelling(letter) for letter in word))
        if following:
            parts.append("" if term.exact or word.isdecimal() else f"{_LETTER}*")
            parts.append(_GAP + ("+" if word.isdecimal() == following.isdecimal() else "*"))
    return "".join(parts) + _edge(term.words[-1], term.exact, "(?!{})")


def _edge(word: str, whole: bool, look: str) -> str:
    """A number is always whole, a word where it is said."""
    if word.isdecimal():
        return look.format(_DIGIT)
    return look.format(_LETTER) if whole else ""


def marker(request: Request) -> re.Pattern[str] | None:
    """What marks in a text the words that were looked for; nothing where only exclusions were."""
    wanted = [_raw_pattern(term) for choice in request for term in choice if not term.excluded]
    return re.compile("|".join(wanted)) if wanted else None


def _any_spelling(letter: str) -> str:
    drawn = letter + _DRAWN_ALIKE.get(letter, "")
    both = "".join(dict.fromkeys(drawn + drawn.upper()))
    return f"[{both}]" if len(both) > 1 else both


# -- Rows -------------------------------------------------------------------------------------------------------------


def held(request: Request, keys: Iterable[str] = (), texts: Iterable[str] = ()) -> Q:
    """Rows of which any choice holds, every term in one of the columns: ``keys`` hold search keys, ``texts`` do not."""
    keys, texts = list(keys), list(texts)

    def somewhere(term: Term) -> Q:
        places = [*(in_key(column, term) for column in keys), *(in_text(column, term) for column in texts)]
        return any_of(places)

    return chosen(request, somewhere)


def chosen(request: Request, somewhere: Any) -> Q:
    """Any choice with all of its terms, where ``somewhere(term)`` says which rows hold one."""
    return any_of(
        all_of(~somewhere(term) if term.excluded else somewhere(term) for term in choice) for choice in request
    )


def any_of(conditions: Iterable[Q]) -> Q:
    found = Q()
    for one in conditions:
        found |= one
    return found


def all_of(conditions: Iterable[Q]) -> Q:
    found = Q()
    for one in conditions:
        found &= one
    return found


class SearchQuerySet(models.QuerySet):
    """Rows with a ``search_key``."""

    def matching(self, words: str) -> "SearchQuerySet":
        """Rows that hold what is asked for, in any case; all of them where nothing is."""
        return narrowed(self, words, keys=["search_key"])


def narrowed(rows: Any, words: str, *, keys: Iterable[str] = (), texts: Iterable[str] = ()) -> Any:
    """The rows that hold what is asked for: all of them for an empty search, none for one without word or number."""
    words = typed(words)
    if not words:
        return rows
    request = parse(words)
    return rows.filter(held(request, keys, texts)) if request else rows.none()


class SearchKeyField(models.TextField):
    """The search key of the named columns, written anew whenever the row is saved with this column among its fields."""

    key = staticmethod(search_key)

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        super().__init__(editable=False, **kwargs)

    def deconstruct(self) -> Any:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, list(self.sources), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002
        key = self.key(" ".join(str(getattr(model_instance, source) or "") for source in self.sources))
        setattr(model_instance, self.attname, key)
        return key


class SortKeyField(SearchKeyField):
    """By what rows are listed: as their names are shown, numbers by their size, alike on both databases."""

    key = staticmethod(sort_key)

    def db_parameters(self, connection: Any) -> Any:
        """Compared character by character: PostgreSQL's own order weighs spaces and depends on its system."""
        return super().db_parameters(connection) | {"collation": "C" if connection.vendor == "postgresql" else None}


def write_keys(model: Any) -> None:
    """Write the keys of all rows anew: for a migration that adds a key or changes what it holds."""
    keys = [field for field in model._meta.fields if isinstance(field, SearchKeyField)]
    for rows in batched(model._default_manager.order_by("pk").iterator(chunk_size=500), 500):
        for row, field in product(rows, keys):
            field.pre_save(row, add=False)
        model._default_manager.bulk_update(rows, [field.name for field in keys])
