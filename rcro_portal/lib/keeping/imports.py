"""Kinds of imports that fill kept tables: each row found or made, changed in what differs, and taken back as a whole.

Rows are written by the verbs of ``writing``, as forms write them.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ForeignKey, Model

from rcro_portal.lib import rules, russian
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing import taking_back
from rcro_portal.lib.registers.importing.fields import RowForm
from rcro_portal.lib.registers.importing.held import held
from rcro_portal.lib.registers.importing.kinds import Fault, Judgement, Kind, Read, Written
from rcro_portal.lib.registers.importing.sessions import NotReady


@dataclass(frozen=True)
class Ref:
    """In the values of a step: the row that another step of the same row of the file becomes."""

    key: Hashable


@dataclass(frozen=True)
class Step:
    """A row of a table as the file wants it. ``key`` is the same wherever the file speaks of the same row.

    Of ``values``, by the names of fields, empty ones say nothing: a file does not empty what is there.
    """

    key: Hashable
    model: type[Model]
    values: Mapping[str, Any]
    held: Model | None = None


@dataclass(frozen=True)
class Wish:
    """What one row of the file wants: steps in the order in which they are made; ``main`` is what the row is about."""

    main: Step
    steps: Sequence[Step]


@dataclass(eq=False)
class Planned:
    """A step as all rows of the file together want it, and the row that it has become."""

    row: int
    model: type[Model]
    held: Model | None
    values: dict[str, Any] = field(default_factory=dict)
    made: Model | None = None

    @property
    def instance(self) -> Model:
        found = self.held or self.made
        assert found is not None, "rows are made in the order of the kind's tables"
        return found

    @property
    def stands_on_held(self) -> bool:
        return all(value.held is not None for value in self.values.values() if isinstance(value, Planned))

    def differences(self) -> dict[str, Any]:
        """What of the values the row does not hold yet."""
        if self.held is None:
            return self.values
        return {name: value for name, value in self.values.items() if not _holds(self.held, name, value)}

    def clashes(self, values: Mapping[str, Any]) -> list[str]:
        """The fields of which another row of the file says something else."""
        told = {name: value for name, value in values.items() if _is_said(value) and not isinstance(value, Ref)}
        return [name for name, value in told.items() if self.values.get(name, value) != value]

    def add(self, values: Mapping[str, Any]) -> bool:
        fresh = {name: value for name, value in values.items() if _is_said(value) and name not in self.values}
        self.values |= fresh
        return any(self.held is None or not _holds(self.held, name, value) for name, value in fresh.items())


class RecordsForm(RowForm):
    """The form of a row that looks for the rows it means: its kind knows them."""

    def __init__(self, cells: Mapping[str, str], *, kind: Any, section: str = "") -> None:
        self.kind = kind
        super().__init__(cells, section=section)


class RecordsKind(Kind):
    """``tables`` in the order in which their rows are made; ``row_form`` reads a row, ``wish`` says what it wants."""

    tables: ClassVar[Sequence[type[Model]]]
    # The column that is at fault where a row of this table breaks a rule.
    told_by: ClassVar[Mapping[type[Model], str]] = {}
    row_form: ClassVar[type[RecordsForm]]
    # What a row without faults wants of the tables, where that is one thing; a kind of more says ``items``.
    wish: Callable[[Any], Wish]
    undo_words = (
        "То, что появилось в портале из этого файла, будет удалено, а то, что файл изменил, станет прежним. "
        "Если на внесённое уже что-то ссылается или его правили, портал откажет и назовёт что."
    )

    def form(self, cells: Mapping[str, str], *, section: str) -> RowForm:
        return self.row_form(cells, kind=self, section=section)

    def items(self, form: RowForm) -> Iterator[Any]:
        yield self.wish(form)

    def lock(self) -> None:
        """On SQLite a transaction that writes is alone already."""
        if connection.vendor == "postgresql":
            named = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in self.tables)
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {named} IN SHARE ROW EXCLUSIVE MODE")

    @classmethod
    def changes(cls, what: Any) -> Iterable[tuple[str, str, str]]:
        return [told for plan in what for told in _told(plan)]

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        plans: dict[Hashable, Planned] = {}
        for one in (one for one in read if not one.is_known):
            wish: Wish = one.what
            if fault := self._clash(one.row, wish, plans):
                judgement.faults.append(fault)
                continue
            is_new = wish.main.held is None and wish.main.key not in plans
            adds = [plan for step in wish.steps if (plan := _plan(step, one.row, plans))]
            judgement.faults += [fault for plan in adds if (fault := self._breach(one.row, plan))]
            if is_new:
                judgement.new.append(Read(one.row, adds))
            elif adds:
                judgement.changed.append(Read(one.row, adds))
            else:
                judgement.same.append(one.row)

    def _clash(self, row: int, wish: Wish, plans: Mapping[Hashable, Planned]) -> Fault | None:
        """Two rows of the file that say of one record what cannot both be so."""
        before = plans.get(wish.main.key)
        clashes = before.clashes(wish.main.values) if before else []
        if not before or not clashes:
            return None
        column = next((one for one in self.columns if one.name in clashes), self.columns[0])
        words = f"В строке {before.row} о том же сказано иначе: {quoted(_in_words(before.values[clashes[0]]))}."
        return Fault(row, column.heading, words, column.name)

    def _breach(self, row: int, plan: Planned) -> Fault | None:
        """What rules of its terms say of a new row, as far as rows that are there can break them."""
        if plan.held or not issubclass(plan.model, rules.Ruled) or not plan.stands_on_held:
            return None
        try:
            plan.model(**{name: _resolved(value) for name, value in plan.values.items()}).validate_constraints()
        except ValidationError as error:
            name = self.told_by.get(plan.model, self.columns[0].name)
            return Fault(row, self.heading(name), " ".join(error.messages), name)
        return None

    def write(self, judgement: Judgement) -> list[Written]:
        adds = [plan for one in (*judgement.new, *judgement.changed) for plan in one.what]
        plans = sorted(dict.fromkeys(adds), key=lambda plan: plan.row)
        return [written for model in self.tables for written in _written(model, plans, self.by)]

    def undo(self, written: Sequence[Written]) -> str:
        """Raises CannotUndo where somebody has changed one of the rows since, or something points to a new one."""
        removed, given_back = taking_back.take_back(self.tables, written)
        told = [f"удалено записей – {russian.grouped(removed)}"] if removed else []
        told += [f"прежними стали – {russian.grouped(given_back)}"] if given_back else []
        return f"Загрузка отменена: {', '.join(told)}."


def _plan(step: Step, row: int, plans: dict[Hashable, Planned]) -> Planned | None:
    """What the step adds to what rows above want already, if it does."""
    values = {
        name: plans[value.key] if isinstance(value, Ref) else value
        for name, value in step.values.items()
        if _is_said(value)
    }
    if plan := plans.get(step.key):
        return plan if plan.add(values) else None
    plans[step.key] = plan = Planned(row, step.model, step.held, values)
    return plan if plan.held is None or plan.differences() else None


def _told(plan: Planned) -> Iterator[tuple[str, str, str]]:
    """The fields that change; of a row to be made what it is called."""
    if plan.held is None:
        noun = str(plan.model._meta.verbose_name)
        said = ", ".join(_in_words(value) for value in plan.values.values() if not isinstance(value, Planned))
        yield noun[:1].upper() + noun[1:], "", said
        return
    for name, value in plan.differences().items():
        field = plan.model._meta.get_field(name)
        heading = str(getattr(field, "verbose_name", name))
        yield f"{plan.held}: {heading}", _shown(field, getattr(plan.held, name)), _shown(field, value)


def _written(model: type[Model], plans: Iterable[Planned], by: Any) -> Iterator[Written]:
    mine = [plan for plan in plans if plan.model is model]
    new = [plan for plan in mine if plan.held is None]
    for plan in new:
        plan.made = model(**{name: _resolved(value) for name, value in plan.values.items()})
        with _of_row(plan.row):
            writing.validate_new(plan.made)
    writing.create_many(model, [plan.instance for plan in new], by=by)
    for plan in new:
        yield Written(plan.row, plan.instance.pk, None, held(plan.instance, plan.values), model._meta.db_table)
    for plan in mine:
        if plan.held is not None:
            yield _changed(plan, plan.held, by)


def _changed(plan: Planned, row: Model, by: Any) -> Written:
    fields = {name: _resolved(value) for name, value in plan.differences().items()}
    was = held(row, fields)
    with _of_row(plan.row):
        writing.change(row, by=by, **fields)
    return Written(plan.row, row.pk, was, held(row, fields), row._meta.db_table)


@contextmanager
def _of_row(number: int) -> Iterator[None]:
    """What a row may not be, in words; nothing of the file is written then."""
    try:
        yield
    except ValidationError as error:
        raise NotReady(f"Строка {number}: {' '.join(error.messages)}") from error


def _holds(row: Model, name: str, value: Any) -> bool:
    if isinstance(row._meta.get_field(name), ForeignKey):
        value = value.held if isinstance(value, Planned) else value
        return value is not None and getattr(row, row._meta.get_field(name).attname) == value.pk
    return bool(getattr(row, name) == value)


def _resolved(value: Any) -> Any:
    return value.instance if isinstance(value, Planned) else value


def _is_said(value: Any) -> bool:
    return value not in (None, "")


def _shown(field: Any, value: Any) -> str:
    """As cards show it: a telephone, a choice by its label."""
    if choices := dict(getattr(field, "flatchoices", ())):
        return str(choices.get(value, value))
    return str(field.in_words(value)) if hasattr(field, "in_words") else _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, Planned):
        return str(value.held or value.values.get("short_name", ""))
    if isinstance(value, bool):
        return "да" if value else "нет"
    return russian.short_date(value) if isinstance(value, datetime.date) else "" if value is None else str(value)
