"""The versions that a draft went through: kept at every save, listed, compared.

Knows no draft: ``rows`` are its revisions (a queryset or manager of ``models.Revision``), ``parts`` says what people
read in a page.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from rcro_portal.lib.drafts import differences
from rcro_portal.lib.drafts.differences import Part
from rcro_portal.lib.drafts.models import Revision

# Saves of one person in the same ten minutes by the clock make one revision.
SPAN_MINUTES = 10
# A save that leaves less than this share of the text, or of one of its rows, stands apart: what it threw away can be
# brought back.
KEPT_SHARE = 0.8
PER_PAGE = 20

type Parts = Callable[[dict[str, Any]], list[Part]]


class Entry(NamedTuple):
    """A row of the history: the revision, the one that it followed, and what changed in words."""

    revision: Revision
    before: Revision | None
    changed: str
    current: bool


def keep(
    rows: Any, *, page: dict[str, Any], version: int, by: Any, at: datetime.datetime, apart: bool = False
) -> Revision:
    """The text as just saved; call it in the transaction of the save.

    It replaces the newest revision of the same person and span, unless it stands ``apart``, is much shorter or lacks
    one of its rows; a save that changed nothing makes no revision.
    """
    newest = current(rows)
    # What was not kept yet when the newest was written, cannot have changed in it.
    if newest and {**page, **newest.page} == page:
        return newest
    if newest and not apart and _continues(newest, page, by, at):
        newest.page, newest.version, newest.at = page, version, at
        newest.save(update_fields=["page", "version", "at"])
        return newest
    return rows.create(page=page, version=version, by=by, at=at)


def keep_aside(rows: Any, *, page: dict[str, Any], version: int, by: Any, at: datetime.datetime, again: int = 0) -> Any:
    """The text of who lost a race, begun from that version; the very same text is kept once.

    ``again`` is the key of the row that the same open page made: what was written on takes its place.
    """
    mine = rows.filter(aside=True, by=by, version=version)
    newest = mine.order_by("-pk").first()
    if newest and newest.page == page:
        return newest
    if mine.filter(pk=again).update(page=page, at=at):
        return rows.get(pk=again)
    return rows.create(page=page, version=version, by=by, at=at, aside=True)


def _continues(newest: Revision, page: dict[str, Any], by: Any, at: datetime.datetime) -> bool:
    same_span = _span(newest.at) == _span(at)
    much_stays = _length(page) >= KEPT_SHARE * _length(newest.page)
    return newest.by_id == by.pk and same_span and much_stays and not _loses_a_row(newest.page, page)


def _loses_a_row(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """A row that is in the page before and, edited or not, nowhere among the rows after."""
    return any(
        _is_lost(_texts(rows), _texts(after.get(name) or [])) for name, rows in before.items() if isinstance(rows, list)
    )


def _texts(rows: list[Any]) -> list[str]:
    return [" ".join(_strings(row)) for row in rows]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
    elif isinstance(value, str) and value:
        yield value


def _is_lost(before: list[str], after: list[str]) -> bool:
    """Each row after takes the place of one row before; those that are the same find each other first."""
    free = list(after)
    edited = []
    for text in before:
        free.remove(text) if text in free else edited.append(text)
    for text in edited:
        found = next((one for one in free if _is_edited(text, one)), None)
        if found is None:
            return True
        free.remove(found)
    return False


def _is_edited(before: str, after: str) -> bool:
    """Most of the row is still there: around one place that was written in, or word by word."""
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    words, left = Counter(before.split()), Counter(after.split())
    stay = max((start + end) / max(len(before), 1), (words & left).total() / max(words.total(), 1))
    return stay >= KEPT_SHARE


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _span(at: datetime.datetime) -> int:
    return int(at.timestamp()) // (SPAN_MINUTES * 60)


def _length(value: Any) -> int:
    """How many characters people wrote, wherever they stand in the page."""
    return sum(map(len, _strings(value)))


def history(rows: Any, parts: Parts, *, skip: int = 0) -> tuple[list[Entry], bool]:
    """A page of the newest entries, and whether there are older ones. An aside follows what was current then."""
    found = list(rows.select_related("by__person").order_by("-at", "-pk")[skip : skip + PER_PAGE + 1])
    now = current(rows)
    entries = [
        _entry(revision, found[index + 1 :], rows, parts, now) for index, revision in enumerate(found[:PER_PAGE])
    ]
    return entries, len(found) > PER_PAGE


def _entry(revision: Revision, older: list[Revision], rows: Any, parts: Parts, now: Revision | None) -> Entry:
    before = next((one for one in older if not one.aside), None) or previous(rows, revision)
    changed = differences.in_words(compare(before, revision, parts)) if before else ""
    return Entry(revision, before, changed, revision == now)


def current(rows: Any) -> Revision | None:
    """What was saved last; nothing before the first save."""
    return rows.filter(aside=False).order_by("-at", "-pk").first()


def previous(rows: Any, revision: Revision) -> Revision | None:
    """The saved revision that this one followed, or None for the first."""
    older = rows.filter(aside=False, at__lte=revision.at).exclude(pk=revision.pk)
    return older.select_related("by__person").order_by("-at", "-pk").first()


def compare(before: Revision, after: Revision, parts: Parts) -> list[differences.Pair]:
    return differences.aligned(parts(before.page), parts(after.page))


def differing(pairs: Iterable[differences.Pair]) -> list[tuple[int, differences.Pair]]:
    """Only what differs, with its place among all."""
    return [(index, pair) for index, pair in enumerate(pairs) if pair.differs]


def side(pair: differences.Pair, base: list[Part] | None) -> str:
    """Whose side of a difference to propose: «mine» (after) or «theirs» (before); nothing where nobody can know.

    ``base`` is what both began from: who left it as it was has changed nothing there.
    """
    if base is None:
        return ""
    known = {(part.field, part.text) for part in base}
    mine, theirs = pair.after, pair.before
    if mine and (mine.field, mine.text) in known:
        return "theirs"
    if theirs is None or (theirs.field, theirs.text) in known:
        return "mine"
    return ""
