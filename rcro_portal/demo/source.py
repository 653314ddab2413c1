"""Reading the demo's data: files, days, moments by Tomsk's clocks, people by their full names."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

from django.utils import timezone

from centers.models import Center, Department, Person, User

DATA = Path(__file__).parent / "data"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def read(name: str) -> Any:
    return _parse(DATA / f"{name}.json")


def read_all(folder: str) -> list[Any]:
    return [_parse(file) for file in sorted((DATA / folder).glob("*.json"))]


def _parse(file: Path) -> Any:
    return typed(json.loads(file.read_text(encoding="utf-8")))


def typed(value: Any) -> Any:
    """«2020-09-18» becomes a day, «2020-09-18T15:00» a moment in Tomsk, wherever they stand."""
    if isinstance(value, dict):
        return {key: typed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [typed(part) for part in value]
    if isinstance(value, str) and DAY.fullmatch(value):
        return datetime.date.fromisoformat(value)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return timezone.make_aware(datetime.datetime.fromisoformat(value))
    return value


def named(full_name: str) -> dict[str, str]:
    """«Белова Анна Сергеевна» as the columns of a person."""
    surname, given_name, *patronymic = full_name.split(" ")
    return {"surname": surname, "given_name": given_name, "patronymic": " ".join(patronymic)}


def picked(row: dict, *names: str) -> dict[str, Any]:
    """The named columns that the row has."""
    return {name: row[name] for name in names if name in row}


def people() -> dict[str, Person]:
    return {person.full_name: person for person in Person.objects.all()}


def users() -> dict[str, User]:
    return {user.person.full_name: user for user in User.objects.select_related("person")}


def departments() -> dict[str, Department]:
    return {department.name: department for department in Department.objects.all()}


def centers() -> dict[str, Center]:
    """By the short name of the organisation."""
    rows = Center.objects.select_related("organization").order_by("pk")
    return {center.organization.short_name: center for center in rows}
