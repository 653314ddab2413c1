"""The row of a plan-schedule: what is to be held, when, and who answers for it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from centers.importing.cells import Line
from centers.models import Department, Person
from events.models import PlanItem
from rcro_portal.lib import written_terms
from rcro_portal.lib.keeping.imports import RecordsForm
from rcro_portal.lib.registers.importing import contacts
from rcro_portal.lib.registers.importing.columns import Column

COLUMNS = (
    Column("number", "№", ("№ п/п", "номер", "№ пункта", "п/п")),
    Column(
        "title",
        "Мероприятие",
        (
            "наименование мероприятия",
            "название мероприятия",
            "название",
            "содержание",
            "содержание работы",
            "мероприятия",
        ),
        required=True,
    ),
    Column("section", "Раздел", ("направление", "направление работы")),
    Column("form", "Форма", ("форма проведения", "вид мероприятия")),
    Column("when_said", "Срок", ("дата", "сроки", "срок проведения", "дата проведения", "сроки проведения", "период")),
    Column("responsible", "Отвечает", ("ответственный", "ответственные", "исполнитель", "отвечают", "исполнители")),
    Column("audience", "Для кого", ("участники", "целевая аудитория", "аудитория", "категория участников")),
    Column("place", "Место", ("место проведения", "время и место", "время, место", "место и время", "место, время")),
    Column("remark", "Примечание", ("примечания",)),
    # A table of several plans says of each row in which year's it stands.
    Column("year", "План"),
)
NO_TERM = "Срока нет. Впишите его: «19.01.2027», «февраль 2027 г.», «по мере поступления»."
OF_A_TERM = ("first_on", "last_on", "precision")
NO_LONGER_DAYS = "В портале у пункта есть дни ({}), а здесь – только слова. Измените срок на карточке пункта."


class PlanRowForm(RecordsForm):
    """``found`` is the item of the plan; ``people`` and ``departments`` answer for it, ``unknown`` are not here."""

    number = Line(limit=20)
    title = Line(limit=300)
    form = Line(limit=150)
    when_said = Line(limit=150)
    responsible = Line(limit=1_000, between="\n")
    audience = Line(limit=300)
    place = Line(limit=300)
    remark = Line(limit=2_000)
    found: PlanItem | None = None
    people: list[Person]
    departments: list[Department]
    unknown: list[str]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["number"] = (cleaned.get("number") or "").rstrip(".) ")
        cleaned["section"] = " ".join((self.data.get("section") or self.section).split())[:300]
        if not cleaned.get("title"):
            self.add_error("title", "Мероприятие не названо.")
        if not cleaned.get("when_said"):
            self._take_month_of_section(cleaned)
        if not self.errors:
            self.found = self.kind.item(cleaned)
            cleaned |= self._days(cleaned)
            self._look_for_responsible(cleaned)
        return cleaned

    def _take_month_of_section(self, cleaned: dict[str, Any]) -> None:
        """Under «Январь» a row need not say when."""
        if written_terms.read(cleaned["section"], self.kind.year):
            cleaned["when_said"] = cleaned["section"]
        else:
            self.add_error("when_said" if "when_said" in self.data else "title", NO_TERM)

    def _days(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        said, found = cleaned["when_said"], self.found
        term = written_terms.read(said, self.kind.year)
        self.kind.note_term(term)
        if term is None and found and found.first_on:
            if said == found.when_said:
                # Words that say no day, beside days that somebody put down: the plan's own table says nothing new.
                return {"when_said": said, **{name: getattr(found, name) for name in OF_A_TERM}}
            self.add_error("when_said", NO_LONGER_DAYS.format(found.when_said))
        return PlanItem.term_columns(said, term)

    def _look_for_responsible(self, cleaned: Mapping[str, Any]) -> None:
        self.people, self.departments, self.unknown = [], [], []
        for part in (cleaned.get("responsible") or "").split(";"):
            self._look_for_part(self._without_departments(part))

    def _look_for_part(self, part: str) -> None:
        """People with their posts; a part that names nobody stays as it is."""
        told = contacts.read(part)
        if not told and part:
            self.unknown.append(" ".join(part.split()))
        for one in told:
            try:
                self._look_for_person(one)
            except ValidationError as doubt:
                self.add_error("responsible", doubt)

    def _without_departments(self, part: str) -> str:
        """A department is a whole part, or a whole line of one."""
        if self._is_department(part):
            return ""
        return "\n".join(line.strip() for line in part.split("\n") if not self._is_department(line))

    def _is_department(self, text: str) -> bool:
        department = self.kind.department(text)
        if department:
            self.departments.append(department)
        return department is not None

    def _look_for_person(self, told: contacts.Contact) -> None:
        """Whom the portal does not know stays in the plan by name: nobody is made of a plan."""
        name = contacts.parts(told.name)
        person = self.kind.responsible(name) if name else None
        if person:
            self.people.append(person)
        else:
            self.unknown.append(told.name)
