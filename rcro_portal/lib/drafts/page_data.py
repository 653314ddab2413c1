"""A page of an editor as data, by what its form declares: kept as JSON, read by people, given back to the verb.

A field that names rows of a register keeps their names beside their keys, so that nothing is looked up to be read.
A page that was kept before a field was there says nothing of it.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.dateparse import parse_date

from rcro_portal.lib import russian
from rcro_portal.lib.drafts.fields import OneOf, Version
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal

type Page = dict[str, Any]
# A class of forms, which the stubs do not let say what it declares.
type Form = Any
type Known = dict[str, dict[Any, Model]]

FLAT = (str, int, bool, type(None))


class NoLongerKnown(Refusal):
    """A kept page names a row that its register has not any more."""


def fields(form: Form) -> dict[str, forms.Field]:
    """What the page says, by name: all that its form has, but for the version."""
    return {name: field for name, field in form.base_fields.items() if not isinstance(field, Version)}


def is_several(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelMultipleChoiceField)


def names_a_row(field: forms.Field) -> bool:
    return isinstance(field, OneOf | forms.ModelChoiceField) and not is_several(field)


# -- From the form to what is kept ------------------------------------------------------------------


def as_data(form: Form, row: Page) -> Page:
    """What a form gives, in JSON."""
    return {key: value for name, field in fields(form).items() for key, value in _kept(name, field, row.get(name))}


def _kept(name: str, field: forms.Field, value: Any) -> Iterable[tuple[str, Any]]:
    if is_several(field):
        # In one order, whatever the database's: a page that says the same is the same.
        rows = sorted(value or [], key=str)
        yield name, [row.pk for row in rows]
        yield f"{name}_names", [str(row) for row in rows]
    elif names_a_row(field):
        yield name, value.pk if value else None
        if not getattr(field, "named_by", ""):
            yield f"{name}_name", str(value or "")
    elif isinstance(field, forms.DateField):
        yield name, value.isoformat() if value else ""
    elif _is_text(field):
        yield name, "" if value is None else str(value)
    else:
        yield name, value if isinstance(value, FLAT) else str(value)


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField | forms.ChoiceField)


# -- To people --------------------------------------------------------------------------------------


def words(name: str, field: forms.Field, page: Page) -> str:
    """What a kept page says in one field, as people read it."""
    value = page.get(name)
    if is_several(field):
        return ", ".join(page.get(f"{name}_names", []))
    if names_a_row(field):
        return str(page.get(f"{name}_name", ""))
    if isinstance(field, forms.DateField):
        return russian.short_date(datetime.date.fromisoformat(value)) if value else ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value or ""))
    if isinstance(field, forms.BooleanField):
        return "да" if value else "нет"
    return "" if value is None else str(value)


def said(form: Form, row: Page) -> dict[str, str]:
    """Each field of a kept row that people see, in words."""
    return {name: words(name, field, row) for name, field in fields(form).items() if not field.widget.is_hidden}


def row_words(form: Form, row: Page) -> str:
    """A whole row: its only field, or each that is filled after its label."""
    told = said(form, row)
    if len(told) == 1:
        return "".join(told.values())
    return "\n".join(f"{form.base_fields[name].label}: {text}" for name, text in told.items() if text)


# -- Back to the verb -------------------------------------------------------------------------------


def keywords(form: Form, rows: list[Page]) -> list[Page]:
    """Kept rows as a form gives them; each register is asked once. Raises NoLongerKnown."""
    declared = fields(form)
    known = {name: _found(name, field, rows) for name, field in declared.items() if _model(field)}
    return [{name: _given(name, field, row, known) for name, field in declared.items()} for row in rows]


def _model(field: forms.Field) -> Any:
    if isinstance(field, OneOf):
        return field.model
    return field.queryset.model if isinstance(field, forms.ModelChoiceField) else None


def _found(name: str, field: forms.Field, rows: list[Page]) -> dict[Any, Model]:
    keys: set[Any] = set()
    for row in rows:
        keys.update((row.get(name) or []) if is_several(field) else filter(None, [row.get(name)]))
    return _model(field)._default_manager.in_bulk(keys) if keys else {}


def _given(name: str, field: forms.Field, row: Page, known: Known) -> Any:
    value = row.get(name)
    if is_several(field):
        names = row.get(f"{name}_names", [])
        return [_known(known[name], key, called) for key, called in zip(value or [], names, strict=True)]
    if names_a_row(field):
        called = row.get(getattr(field, "named_by", "") or f"{name}_name", "")
        return _known(known[name], value, called) if value else None
    if isinstance(field, forms.DateField):
        return parse_date(value) if value else None
    if _is_text(field):
        return value or ""
    return field.to_python(value)


def _known(rows: dict[Any, Model], key: Any, name: str) -> Model:
    if key not in rows:
        raise NoLongerKnown(f"В этом варианте есть {quoted(name)}, а в справочнике такой записи больше нет.")
    return rows[key]
