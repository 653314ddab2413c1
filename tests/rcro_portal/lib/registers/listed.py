"""A list to try the machine on: Django's own table of permissions, since the machine knows no app of ours."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import QueryDict

from rcro_portal.lib.registers import Column, Empty, Filter, Register

NAMES = {"b": "лицей томск", "a": "школа томск", "c": "школа асино"}


def made(names: dict[str, str] | None = None) -> QuerySet:
    kind = ContentType.objects.create(app_label="school", model="school")
    for codename, name in (NAMES if names is None else names).items():
        Permission.objects.create(content_type=kind, codename=codename, name=name)
    return Permission.objects.filter(content_type=kind)


def by_first_letter(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(name__startswith=value)


COLUMNS = (
    Column("code", "Код", "codename", order="codename", names_row=True, link=lambda row: f"/schools/{row.codename}/"),
    Column("name", "Школа", "name", order=("name", "codename"), width=30),
    Column(
        "kind",
        "Вид",
        lambda row: row.name.split()[0],
        filter=Filter([("л", "Лицеи"), ("ш", "Школы")], by_first_letter),
    ),
)


def listed(rows: QuerySet, query: str = "", **more: Any) -> Register:
    described = {
        "url_name": "centers:center-list",
        "title": "Школы",
        "nouns": ("школа", "школы", "школ"),
        "columns": COLUMNS,
        "default": "code",
        "empty": Empty("Школ пока нет", "Внесите первую."),
        "search": "name",
    }
    return Register(rows, QueryDict(query), **{**described, **more})


def codes(register: Register) -> str:
    return "".join(row.codename for row in register.page)
