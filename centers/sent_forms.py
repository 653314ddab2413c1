"""A form that may arrive twice – a double click, «Back», a broken connection – and must act once: it carries a key."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from centers.models import SentForm, User
from rcro_portal.lib.refusals import Refusal


class SentAlready(Refusal):
    words = "Эта форма уже отправлена и второй раз ничего не делает. Для новой записи откройте форму заново."


def once[Row: Model](act: Callable[[], Row], *, key: str, by: User, at: datetime.datetime) -> tuple[Row, bool]:
    """What ``act`` makes, and whether this call made it; a form that was sent before finds its row.

    A form without a key acts whenever it comes. Raises SentAlready where the row has been taken away since.
    """
    rows, is_new = once_for_all(lambda: [act()], key=key, by=by, at=at)
    return rows[0], is_new


@transaction.atomic
def once_for_all[Row: Model](
    act: Callable[[], Sequence[Row]], *, key: str, by: User, at: datetime.datetime
) -> tuple[Sequence[Row], bool]:
    """The same for a form that makes several rows at once.

    The key is written first: of two requests at the same moment the second waits for it. What ``act`` refuses takes the
    key back with it.
    """
    if not key:
        return act(), True
    form, is_new = SentForm.objects.get_or_create(by=by, key=key, defaults={"at": at})
    if not is_new:
        return _rows(form), False
    rows = act()
    form.made = {"model": rows[0]._meta.label_lower, "rows": [row.pk for row in rows]}
    form.save(update_fields=["made"])
    return rows, True


def made(key: str, by: User) -> Any:
    """The row that this person's form has made already, if it has; asked before the form is judged anew."""
    form = SentForm.objects.filter(by=by, key=key).first() if key else None
    return _rows(form)[0] if form else None


def take_back(*, key: str, by: User | None) -> None:
    """What the form made was undone, since the rest of its work failed: it may be sent again."""
    SentForm.objects.filter(by=by, key=key).delete()


def _rows(form: SentForm) -> Sequence:
    model = apps.get_model(form.made["model"])
    rows = list(model._default_manager.filter(pk__in=form.made["rows"]).order_by("pk"))
    if not rows:
        raise SentAlready
    return rows
