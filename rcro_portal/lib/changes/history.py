"""The log of changes in words: who, when, what was and what became of it, why. Two queries for a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from rcro_portal.lib.changes import names, words
from rcro_portal.lib.changes.declared import Recorded, declaration, tables
from rcro_portal.lib.text import whole_number

PER_PAGE, AT_A_GLANCE = 20, 5
PORTAL, SOMEBODY = "портал", "другой пользователь портала"


@dataclass(frozen=True)
class Line:
    """One column; of a personal one neither value is known."""

    label: str
    before: str = ""
    after: str = ""
    is_personal: bool = False


@dataclass(frozen=True)
class Entry:
    title: str
    who: str
    at: Any
    why: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """``older``: the key before which the next page begins, none where this is the last one."""

    entries: list[Entry]
    older: int | None


def page(changes: Any, *, before: int | None = None, reader: Any = None, most: int = PER_PAGE) -> Page:
    """The newest of these rows of the log, or those before the given one.

    ``reader``: a user who is told no other names than their own; nothing for one who may know them all.
    """
    rows = changes.filter(pk__lt=before) if before else changes
    found = list(rows.select_related("by__person").order_by("-pk")[: most + 1])
    shown = found[:most]
    known = names.today(shown, reader)
    entries = [_entry(change, known, reader) for change in shown]
    return Page(entries, shown[-1].pk if len(found) > most else None)


def of_row(model: type[models.Model], key: str, *, before: str | None) -> Page | None:
    """Of a row that is known by its table and key alone, as in Django's admin; for those who may see all names.

    Nothing where the table is not recorded. A part of another row may have stood on several cards.
    """
    table = tables().get(model._meta.db_table)
    if table is None:
        return None
    log: Any = apps.get_model("rcro_portal", "RecordChange")
    record = whole_number(key)
    itself = Q(owner_table=table.owner_table, table=table.table, record=record)
    parts = Q(owner_table=table.table, owner=record)
    return page(log.objects.filter(itself | parts), before=whole_number(before))


def _entry(change: Any, known: dict[tuple[str, Any], str], reader: Any) -> Entry:
    model = names.models_by_table().get(change.table)
    lines = [_line(one, change, known) for one in _told(model, change)]
    personal = [Line(words.label(one), is_personal=True) for one in _named(model, change.personal.split())]
    title = words.title(model, change.get_act_display())
    return Entry(title, _who(change, reader), change.at, change.why, [*lines, *personal])


def _who(change: Any, reader: Any) -> str:
    if change.by_id is None:
        return PORTAL
    return str(change.by) if reader in (None, change.by) else SOMEBODY


def _told(model: type[models.Model] | None, change: Any) -> Iterable[models.Field]:
    """Columns that a person is told of: neither the key, nor the row on whose card the change stands, nor emptiness."""
    said = {**(change.before or {}), **(change.after or {})}
    declared = (declaration(model) if model else None) or Recorded()
    for one in _named(model, said):
        values = [(state or {}).get(str(one.column)) for state in (change.before, change.after)]
        silent = one.primary_key or one.name in (declared.part_of, *declared.untold)
        if not silent and any(map(words.says, values)):
            yield one


def _named(model: type[models.Model] | None, columns: Iterable[str]) -> list[models.Field]:
    """What a later version of the portal has no column for is left out."""
    known = names.fields(model)
    wanted = set(columns)
    return [one for column, one in known.items() if column in wanted]


def _line(one: models.Field, change: Any, known: dict[tuple[str, Any], str]) -> Line:
    before, after = ((state or {}).get(str(one.column)) for state in (change.before, change.after))
    return Line(words.label(one), words.value(one, before, known), words.value(one, after, known))
