"""The registry of figures: named queries over all apps that a letter may quote, none of them typed by hand.

Beside it are their nouns in every case as data, what they were at filing and are now (``frozen``), and marks of who
came that were changed after a letter had counted them.
"""

import contextlib
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet, Value

from events.models import DataQuestion, Event
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal
from reports.figures import (
    commitments,
    events,
    letters,
    narrowing,
    network,
    olympiad,
    plan,
    projects,
    requests,
    results,
    session_people,
    spread,
)
from reports.figures.query import PARAMETERS, Count, Query, Quoted, Row
from reports.figures.spread import Spread

__all__ = [
    "GROUPS",
    "PARAMETERS",
    "QUERIES",
    "Count",
    "Query",
    "Quoted",
    "Row",
    "Spread",
    "UnknownFigure",
    "against",
    "count",
    "counts",
    "query",
]

# As the list of choice shows them: the areas of the portal, in each its figures.
GROUPS: Mapping[str, Mapping[str, Query]] = {
    "Мероприятия": events.QUERIES,
    "План-график": plan.QUERIES,
    "Сеть РВЦИ": network.QUERIES,
    "Проекты и кластеры": projects.QUERIES,
    "Поручения": commitments.QUERIES,
    "Запросы сведений": requests.QUERIES,
    "Олимпиадная подготовка": {**olympiad.QUERIES, **session_people.QUERIES},
    "Итоги олимпиад": results.QUERIES,
    "Письма": letters.QUERIES,
}
QUERIES: Mapping[str, Query] = {code: known for group in GROUPS.values() for code, known in group.items()}


class UnknownFigure(Refusal):
    """The text quotes a figure that the registry does not know, or with parameters that make no sense."""


def query(code: str) -> Query:
    """Raises UnknownFigure."""
    if code not in QUERIES:
        raise UnknownFigure(f"Показателя «{code}» нет в портале. Удалите его из текста и вставьте другой.")
    return QUERIES[code]


def count(code: str, parameters: Mapping[str, Any]) -> Count:
    """What the query gives now. ``parameters`` as stored: year, event as numbers, since, until, day as ISO days."""
    return _asked(code, parameters, query(code).count)


def behind(code: str, parameters: Mapping[str, Any]) -> QuerySet:
    """What the query counts now. Raises UnknownFigure."""
    return _asked(code, parameters, query(code).asked)


def list_url(code: str, parameters: Mapping[str, Any]) -> str:
    """The list of the portal that shows exactly these rows; nothing where none does."""
    return query(code).list_url(code, parameters)


def parted(code: str, parameters: Mapping[str, Any], by: Sequence[str]) -> dict[tuple[Any, ...], Spread]:
    """The figure over a period, parted by years and by what may narrow it: one query for all parts.

    By the values of ``by`` («year», or names of ``Query.narrowed``), what ``count`` gives for each of them alone; the
    parts of which nothing is counted are not there. Raises UnknownFigure.
    """
    known = query(code)
    read = _read(known, parameters)
    years = range(read["since"].year, read["until"].year + 1)
    columns = {name: known.narrowed[name].column for name in by if name != spread.YEAR}
    rows = _asked(code, parameters, known.asked)
    part = spread.Part(columns, known.dated_by, years, known.column, known.middle)
    return spread.parts(rows, by, part)


def over_years(code: str, years: Iterable[int], more: Mapping[str, Any]) -> dict[int, int]:
    """What ``count`` gives over each of these years, narrowed by ``more``: one query for a figure that has terms."""
    known = query(code)
    if known.terms is None:
        return {year: count(code, {"year": year, **more}).value for year in years}
    return known.terms.by_years(years, more)


def counts(asked: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Count | None]:
    """The same of many in their order, by one query; None for what the registry does not know any more."""
    found: list[Count | None] = [None] * len(asked)
    keyed: dict[int, QuerySet] = {}
    for place, (code, parameters) in enumerate(asked):
        with contextlib.suppress(UnknownFigure):
            keyed[place] = _asked(code, parameters, query(code).keyed).annotate(place=Value(place))
    numbers: dict[int, list[tuple[int, int]]] = {place: [] for place in keyed}
    for pk, number, place in _together(list(keyed.values())):
        numbers[place].append((pk, number))
    for place, rows in numbers.items():
        found[place] = query(asked[place][0]).counted(rows)
    return found


def _together(parts: list[QuerySet]) -> Iterable[tuple[int, int, int]]:
    return parts[0].union(*parts[1:], all=True) if parts else ()


def rows(code: str, keys: Iterable[int]) -> list[Row]:
    """What was counted, named and in order; a key whose row is gone gives none. Raises UnknownFigure."""
    return query(code).named(keys)


def against(code: str, parameters: Mapping[str, Any]) -> list[str]:
    """Why the number would not be right, in words; nothing where nothing is known. Raises UnknownFigure."""
    known = query(code)
    asked = {name: parameters[name] for name in PARAMETERS[known.over] if name in parameters}
    return _asked(code, asked, known.against) if known.against else []


def _asked[Found](code: str, parameters: Mapping[str, Any], ask: Callable[..., Found]) -> Found:
    known = query(code)
    try:
        return ask(**_read(known, parameters))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnknownFigure(f"У показателя {quoted(known.title)} {_LACKS[known.over]}. Вставьте его заново.") from error


_LACKS = {
    "year": "не указан год",
    "period": "не указан период",
    "day": "не указан день",
    "event": "не указано мероприятие",
    "question": "не указан вопрос запроса",
}


def _read(known: Query, parameters: Mapping[str, Any]) -> dict[str, Any]:
    names = [*PARAMETERS[known.over], *(name for name in known.narrowed if name in parameters)]
    return {name: _READERS.get(name, narrowing.number)(parameters[name]) for name in names}


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "since": datetime.date.fromisoformat,
    "until": datetime.date.fromisoformat,
    "day": datetime.date.fromisoformat,
    "municipality": narrowing.code,
    "subject": narrowing.code,
}


def words(code: str, value: int, case: str) -> str:
    """As printed: «47 образовательных организаций», «9 общеобразовательным предметам»."""
    return query(code).noun.after(value, case)


def over_words(code: str, parameters: Mapping[str, Any]) -> str:
    """What the figure was counted over: «за 2019 год», «с 01.09.2025 по 18.03.2026», «на 01.03.2026», the event."""
    known = query(code)
    asked = {name: value for name, value in parameters.items() if name not in known.narrowed}
    said = _asked(code, asked, _OVER_WORDS[known.over])
    read: dict[str, Any] = _asked(code, parameters, dict)
    return ", ".join([said, *narrowing.words({name: read[name] for name in known.narrowed if name in read})])


def _event_words(*, event: int) -> str:
    known = Event.objects.filter(pk=event).first()
    return str(known) if known else "мероприятие, которого больше нет"


def _question_words(*, question: int) -> str:
    known = DataQuestion.objects.filter(pk=question).select_related("request").first()
    return f"{quoted(known.label)}, {known.request}" if known else "вопрос, которого больше нет"


_OVER_WORDS: Mapping[str, Callable[..., str]] = {
    "year": lambda *, year: f"за {year} год",
    "period": lambda *, since, until: f"с {russian.short_date(since)} по {russian.short_date(until)}",
    "day": lambda *, day: f"на {russian.short_date(day)}",
    "event": _event_words,
    "question": _question_words,
}
