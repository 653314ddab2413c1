"""An import of records is taken back: what it changed holds again what it held, what it made is gone."""

from collections.abc import Mapping, Sequence

from django.db.models import Model

from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.held import give_back, held
from rcro_portal.lib.registers.importing.kinds import CannotUndo, Written

NAMED = 5


def take_back(tables: Sequence[type[Model]], written: Sequence[Written]) -> tuple[int, int]:
    """How many rows were deleted, how many hold again what they held. ``tables`` in the order of making.

    Raises CannotUndo; then nothing may be left of the transaction.
    """
    by_table = {model: [one for one in written if one.table == model._meta.db_table] for model in tables}
    rows = {model: model._default_manager.in_bulk([one.pk for one in own]) for model, own in by_table.items()}
    _refuse_changed(by_table, rows)
    removed = given_back = 0
    for model in reversed(tables):
        for one in by_table[model]:
            if one.was is not None:
                give_back(rows[model][one.pk], one.was)
                given_back += 1
        made = [one.pk for one in by_table[model] if one.was is None]
        _refuse_used(model, rows[model], made)
        model._default_manager.filter(pk__in=made).delete()
        removed += len(made)
    return removed, given_back


def _refuse_changed(by_table: Mapping[type[Model], list[Written]], rows: Mapping[type[Model], Mapping]) -> None:
    changed = []
    for model, own in by_table.items():
        for one in own:
            row = rows[model].get(one.pk)
            if row is None or held(row, one.now) != one.now:
                changed.append(str(row) if row else f"строка {one.row} файла (записи уже нет)")
    if changed:
        raise CannotUndo(
            f"После загрузки это изменили: {_named(changed)}. "
            "Отменить её целиком уже нельзя: исправьте записи по одной."
        )


def _refuse_used(model: type[Model], rows: Mapping[int, Model], made: Sequence[int]) -> None:
    """What was made with it is gone by now; whatever else points to it came later."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        field = relation.field
        others = field.model._base_manager.filter(**{f"{field.name}__in": made})
        if used := sorted(set(others.values_list(field.attname, flat=True)[:NAMED])):
            named = _named([str(rows[pk]) for pk in used])
            raise CannotUndo(
                f"На внесённое уже ссылаются другие записи ({field.model._meta.verbose_name_plural}): {named}. "
                "Отменить загрузку целиком уже нельзя."
            )


def _named(texts: Sequence[str]) -> str:
    return ", ".join(quoted(text) for text in texts[:NAMED]) + (" и другое" if len(texts) > NAMED else "")
