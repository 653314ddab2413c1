"""A form that may arrive twice – a double click, «Back», a broken connection – and must act once: it carries a key."""

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.db import transaction
from django.db.models import Model

from rcro_portal.lib.refusals import Refusal


class SentAlready(Refusal):
    words = "Эта форма уже отправлена и второй раз ничего не делает. Для новой записи откройте форму заново."


class Once(forms.Form):
    """A form that makes something and must make it once, however often it is sent: its key comes back with it."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    @staticmethod
    def sent_key(data: Any) -> str:
        """The key that came with a form, before the form is judged; nonsense counts as none."""
        try:
            return str(uuid.UUID(data.get("key", "")))
        except ValueError:
            return ""

    def take_key(self) -> str:
        """The key, taken out of ``cleaned_data``: what is left are the columns of the row."""
        return str(self.cleaned_data.pop("key", None) or "")


def once[Row: Model](act: Callable[[], Row], *, key: str, by: Any, at: datetime.datetime) -> tuple[Row, bool]:
    """What ``act`` makes, and whether this call made it; a form that was sent before finds its row.

    A form without a key acts whenever it comes. Raises SentAlready where the row has been taken away since.
    """
    rows, is_new = once_for_all(lambda: [act()], key=key, by=by, at=at)
    return rows[0], is_new


@transaction.atomic
def once_for_all[Row: Model](
    act: Callable[[], Sequence[Row]], *, key: str, by: Any, at: datetime.datetime
) -> tuple[Sequence[Row], bool]:
    """The same for a form that makes several rows at once.

    The key is written first: of two requests at the same moment the second waits for it. What ``act`` refuses takes the
    key back with it.
    """
    if not key:
        return act(), True
    form, is_new = _sent_forms().get_or_create(by=by, key=key, defaults={"at": at})
    if not is_new:
        return _rows(form), False
    rows = act()
    form.made = {"model": rows[0]._meta.label_lower, "rows": [row.pk for row in rows]}
    form.save(update_fields=["made"])
    return rows, True


def made(key: str, by: Any) -> Any:
    """The row that this person's form has made already, if it has; asked before the form is judged anew."""
    form = _sent_forms().filter(by=by, key=key).first() if key else None
    return _rows(form)[0] if form else None


def take_back(*, key: str, by: Any) -> None:
    """What the form made was undone, since the rest of its work failed: it may be sent again."""
    _sent_forms().filter(by=by, key=key).delete()


def _sent_forms() -> Any:
    """The rows of ``rcro_portal.models.SentForm``, which a machine does not import."""
    return apps.get_model("rcro_portal", "SentForm")._default_manager.all()


def _rows(form: Any) -> Sequence:
    model = apps.get_model(form.made["model"])
    rows = list(model._default_manager.filter(pk__in=form.made["rows"]).order_by("pk"))
    if not rows:
        raise SentAlready
    return rows
