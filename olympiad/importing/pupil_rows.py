"""A row of a list of pupils: its columns as offices call them, and its form. What else a file says is not read."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from centers.importing.cells import Line
from centers.models import Organization
from olympiad.pupils.pupils import not_in_force
from projects.importing.projects import ListsForm
from rcro_portal.lib.registers.importing import contacts
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.fields import Day, Text

YES, NO = ("да", "+", "1"), ("нет", "-", "–", "0")
NOT_A_NAME = "Здесь нужны фамилия и имя одного человека."
NOT_WHOLE = "Нужно имя целиком, а не инициалы."
NOT_A_GRADE = "Класс не прочитан: нужно число от 1 до 11."
NOT_YES_OR_NO = "Здесь нужно «да» или «нет»."
NO_CONSENT = (
    "Без согласия родителей имя не вносится: впишите, когда согласие дано и по какой день действует, "
    "или уберите строку – в числах смены обучающийся останется."
)
ENDS_BEFORE = "Согласие кончается раньше, чем дано."
_GRADE = re.compile(r"(\d{1,2})\s*[«\"']?[А-Яа-яЁё]?[»\"']?(?:\s*(?:кл|класс)\.?)?")

COLUMNS = (
    Column(
        "full_name",
        "Фамилия и имя",
        ("фио", "фамилия, имя", "фамилия имя", "ф.и.о.", "обучающийся", "ученик", "участник", "фио обучающегося"),
        required=True,
        instead=("surname", "given_name"),
    ),
    Column("surname", "Фамилия"),
    Column("given_name", "Имя"),
    Column("grade", "Класс", ("класс обучения", "параллель"), required=True),
    Column(
        "organization",
        "Школа",
        ("образовательная организация", "оо", "организация", "наименование оо", "учреждение", "место учёбы"),
        required=True,
    ),
    Column("new", "Впервые в сезоне", ("впервые",)),
    Column("namesake", "Тёзка", ("это тёзка",)),
    Column("consent_on", "Согласие дано", ("дата согласия", "согласие от", "согласие получено"), required=True),
    Column(
        "consent_until",
        "Согласие действует по",
        ("согласие до", "срок согласия", "согласие действует до", "действует по", "согласие по"),
        required=True,
    ),
)


class PupilRowForm(ListsForm):
    """``school`` is the organisation of the portal; a patronymic in the cell of the name is left there."""

    full_name = Line(limit=300)
    surname = Line(limit=100)
    given_name = Line(limit=100)
    grade = Line(limit=30)
    organization = Line(limit=300)
    # Of a line «нет» is nothing; here it is said.
    new = Text(limit=10)
    namesake = Text(limit=10)
    consent_on = Day(required=False)
    consent_until = Day(required=False)
    school: Organization | None = None

    def clean_grade(self) -> int:
        found = _GRADE.fullmatch(self.cleaned_data["grade"].strip())
        if not found or not 1 <= int(found[1]) <= 11:
            raise ValidationError(NOT_A_GRADE)
        return int(found[1])

    def clean_new(self) -> bool | None:
        return _yes(self.cleaned_data["new"])

    def clean_namesake(self) -> bool:
        return bool(_yes(self.cleaned_data["namesake"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._name(cleaned)
        self._consent(cleaned)
        self.school = self._asked("organization", lambda: self.kind.school(cleaned["organization"]))
        return cleaned

    def _name(self, cleaned: dict[str, Any]) -> None:
        column = "full_name" if cleaned.get("full_name") else "surname"
        said = cleaned.get("full_name") or f"{cleaned.get('surname', '')} {cleaned.get('given_name', '')}"
        if {"full_name", "surname", "given_name"} & set(self.errors):
            return
        name = contacts.parts(said)
        if name is None or not name.given_name:
            self.add_error(column, NOT_A_NAME)
        elif name.by_initials:
            self.add_error(column, NOT_WHOLE)
        else:
            cleaned |= {"surname": name.surname, "given_name": name.given_name}

    def _consent(self, cleaned: dict[str, Any]) -> None:
        given, until = cleaned.get("consent_on"), cleaned.get("consent_until")
        if {"consent_on", "consent_until"} & set(self.errors):
            return
        if not given or not until:
            self.add_error("consent_on" if not given else "consent_until", NO_CONSENT)
        elif until < given:
            self.add_error("consent_until", ENDS_BEFORE)
        else:
            for name, words in not_in_force(given, until, self.kind.today):
                self.add_error(name, words)


def _yes(said: str) -> bool | None:
    word = said.strip().lower()
    if word and word not in (*YES, *NO):
        raise ValidationError(NOT_YES_OR_NO)
    return word in YES if word else None
