"""Two rows that are one person become one: the other goes into the archive, what hung on it to the row that stays.

Every relation that points at people is walked, of whatever app. A model whose rows must say what they said
(``stays_when_merged``) keeps naming the archived row, as do printed letters and the log of changes. The undoing of a
merge gives everything back, as long as nobody has changed it since.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from centers import powers
from centers.models import Person, PersonMerge, User
from centers.people.unique_rows import taken
from rcro_portal.lib import records
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal, require

FIELDS = ("surname", "given_name", "patronymic", "gender", "email", "phone")
Moved = list[tuple[str, str, list[int]]]


class NotTwo(Refusal):
    words = "Одна из этих записей уже в архиве или объединена с другой. Откройте список заново."


class TwoAccounts(Refusal):
    words = "У обеих записей есть вход в портал или приглашение. Сначала закройте один из них."


class GivesRights(Refusal):
    words = (
        "Вход – у одной записи, а должность или полномочия – у другой: объединение дало бы входу новые права. "
        "Сначала прекратите эти полномочия или передайте их записи, у которой есть вход."
    )


class Collides(Refusal):
    """Both rows stand in something that takes a person once: which, the words say."""


class ChangedSince(Refusal):
    words = "После объединения эти записи изменили, поэтому отменить его нельзя. Исправьте карточку вручную."


def held(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in FIELDS} | {"archived_at": person.archived_at}


def refusal(one: Person, other: Person, user: User) -> str:
    """Why this user may not make one of the two; nothing where they may."""
    if "administrator" in user.roles:
        return ""
    return powers.reserved(one) or powers.reserved(other)


def relations() -> list[Any]:
    """The foreign keys of all apps that follow a merge."""
    return [one for one in powers.relations() if not getattr(one.model, "stays_when_merged", False)]


@transaction.atomic
def merge(*, kept: Person, gone: Person, chosen: Mapping[str, Any], by: User, at: datetime.datetime) -> PersonMerge:
    """``chosen`` are the values of the row that stays, by ``FIELDS``; both rows are as their reader found them.

    Raises NotTwo, TwoAccounts, GivesRights, Collides; Moved where somebody has changed either row; PermissionDenied.
    """
    _hold(kept, gone)
    require(not (words := refusal(kept, gone, by)), words)
    _refuse_new_rights(kept, gone, at)
    if collisions := [words for one in relations() for words in taken(one, gone, kept)]:
        raise Collides(f"Обе записи уже есть здесь: {'; '.join(collisions)}. Уберите одну из них и повторите.")
    former, became = held(kept), {name: chosen.get(name, getattr(kept, name)) for name in FIELDS}
    with authorship.explain(f"Объединение: {gone.surname_first}", by=by.pk):
        moved = _carry(gone, kept)
        records.change(kept, held=former, **became)
        reason = f"объединён с записью {quoted(kept.full_name)}"[:300]
        records.change(gone, held=held(gone), archived_at=at, archive_reason=reason)
        kept_words = {name: former[name] for name in FIELDS}
        return PersonMerge.objects.create(
            kept=kept, gone=gone, former=kept_words, became=became, moved=moved, by=by, at=at
        )


@transaction.atomic
def undo(*, merge: PersonMerge, by: User, at: datetime.datetime) -> None:
    """Raises ChangedSince where the row that stayed, or anything that came to it, is another by now."""
    kept, gone = merge.kept, merge.gone
    _hold(kept)
    require(not (words := refusal(kept, gone, by)), words)
    if PersonMerge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=at, undone_by=by) != 1:
        raise ChangedSince("Это объединение уже отменено.")
    with authorship.explain("Отмена объединения", by=by.pk):
        try:
            records.change(kept, held=merge.became | {"archived_at": None}, **merge.former)
        except records.Moved as moved:
            raise ChangedSince from moved
        records.change(gone, held={"archived_at": gone.archived_at}, archived_at=None, archive_reason="")
        _give_back(merge)


def _hold(*rows: Person) -> None:
    """Nobody hangs anything on them meanwhile. Raises NotTwo."""
    kept = Person.objects.kept().select_for_update(of=("self",))
    if len(kept.filter(pk__in=[row.pk for row in rows]).order_by("pk")) != len(rows):
        raise NotTwo


def _refuse_new_rights(kept: Person, gone: Person, at: datetime.datetime) -> None:
    """An account never finds itself with more rights than it had: not even by the administrator's hand, unnoticed."""
    if powers.may_come_in(kept, at) and powers.may_come_in(gone, at):
        raise TwoAccounts
    for one, other in ((kept, gone), (gone, kept)):
        if powers.may_come_in(one, at) and powers.gives_rights(other, timezone.localdate(at)):
            raise GivesRights


def _carry(gone: Person, kept: Person) -> Moved:
    """What was moved, by model and relation."""
    moved: Moved = []
    for one in relations():
        rows = one.model._base_manager.filter(**{one.name: gone})
        if pks := sorted(rows.values_list("pk", flat=True)):
            _point(rows.filter(pk__in=pks), one.name, kept)
            moved.append((one.model._meta.label_lower, one.name, pks))
    return moved


def _give_back(merge: PersonMerge) -> None:
    """Raises ChangedSince where a row is gone, or names somebody else by now."""
    for label, name, pks in merge.moved:
        rows = apps.get_model(label)._base_manager.filter(pk__in=pks, **{name: merge.kept})
        if _point(rows, name, merge.gone) != len(pks):
            raise ChangedSince


def _point(rows: models.QuerySet, name: str, person: Person) -> int:
    """A rule that only the database keeps speaks up here. Raises Collides."""
    try:
        with transaction.atomic():
            return rows.update(**{name: person})
    except IntegrityError as error:
        raise Collides(
            f"База данных не разрешает перенести: {rows.model._meta.verbose_name_plural}. "
            "Сверьте сроки и повторы в обеих карточках."
        ) from error
