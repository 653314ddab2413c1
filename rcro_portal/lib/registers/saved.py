"""Views of lists that people save, and the columns that they keep: the verbs, and what a page shows of them.

A view is a name for an address line. Those of a department are written by whoever leads or runs it
(``User.departments_on``), and shown to all who work there.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.http import QueryDict

from rcro_portal.lib.refusals import Refusal, require
from rcro_portal.lib.registers.asked import COLUMNS

AT_MOST = 20
# Who may show a view to the whole department.
SHARED_BY = ("methodist", "head")
# What belongs to one look at a list and not to a view of it.
PASSING = ("page", "csrfmiddlewaretoken")


class TooManyViews(Refusal):
    words = f"В одном списке у вас уже {AT_MOST} сохранённых видов. Удалите ненужный и сохраните снова."


class TooLong(Refusal):
    words = "В этом виде отмечено слишком много. Снимите часть отметок и сохраните снова."


@dataclass(frozen=True)
class View:
    """A saved view as the tabs above a list show it."""

    pk: int
    name: str
    query: str
    is_shared: bool
    may_delete: bool
    is_current: bool


@dataclass(frozen=True)
class Kept:
    """What a reader keeps for one list: views, and the names of columns («name,status»)."""

    views: tuple[View, ...] = ()
    columns: str = ""
    may_share: bool = False

    @property
    def current(self) -> View | None:
        return next((view for view in self.views if view.is_current), None)


nothing_kept = Kept()


def of(user: Any, list_name: str, query: str, day: datetime.date) -> Kept:
    """One query; ``query`` is the address line of the page, by which the view on screen is known."""
    rows = _rows().visible_to(user, day).filter(list=list_name).order_by("name", "pk")
    shares = bool(user.roles & set(SHARED_BY))
    views, columns = [], ""
    for row in rows:
        if row.name:
            mine = row.owner_id == user.pk
            may_delete = mine or (shares and row.department is not None)
            views.append(View(row.pk, row.name, row.query, row.department is not None, may_delete, row.query == query))
        elif row.owner_id == user.pk:
            columns = QueryDict(row.query).get(COLUMNS, "")
    return Kept(tuple(views), columns, shares)


@transaction.atomic
def save(
    *, list_name: str, name: str, query: str, is_shared: bool, by: Any, at: datetime.datetime, day: datetime.date
) -> None:
    """A view of that name, new or in the place of the one that its owner has. Raises TooManyViews, TooLong."""
    department = None
    if is_shared:
        department = next(iter(by.departments_on(day, *SHARED_BY)), None)
        require(department is not None, "Показать вид всему отделу может его методист или начальник.")
    _write(list_name, name, query, by, at, department=department)
    if by.saved_views.filter(list=list_name).exclude(name="").count() > AT_MOST:
        raise TooManyViews


@transaction.atomic
def keep_columns(*, list_name: str, columns: Iterable[str], by: Any, at: datetime.datetime) -> None:
    """What the list shows to this person from now on; none: what it shows to everybody."""
    chosen = ",".join(columns)
    if chosen:
        _write(list_name, "", f"{COLUMNS}={chosen}", by, at, department=None)
    else:
        by.saved_views.filter(list=list_name, name="").delete()


def delete(*, pk: int, by: Any, day: datetime.date) -> None:
    """One's own, or one of a department that this person leads or runs. Raises DoesNotExist for what is not seen."""
    row = _rows().visible_to(by, day).get(pk=pk)
    if row.owner_id != by.pk:
        leads = row.department in by.departments_on(day, *SHARED_BY)
        require(leads, "Этот вид сохранил другой сотрудник. Удалить его может методист или начальник отдела.")
    row.delete()


def passing_left_out(query: str) -> str:
    """The address line without what belongs to one look, in the form in which it is kept and compared."""
    params = QueryDict(query.lstrip("?"), mutable=True)
    for name in PASSING:
        params.pop(name, None)
    for name in [name for name, values in params.lists() if not any(values)]:
        del params[name]
    return params.urlencode(safe=",")


def _write(list_name: str, name: str, query: str, by: Any, at: datetime.datetime, *, department: int | None) -> None:
    if len(query) > _rows().model._meta.get_field("query").max_length:
        raise TooLong
    values = {"query": query, "department": department, "saved_at": at}
    by.saved_views.update_or_create(list=list_name, name=name, defaults=values)


def _rows() -> Any:
    return apps.get_model("rcro_portal", "SavedView")._default_manager.all()
