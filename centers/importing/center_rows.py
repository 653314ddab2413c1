"""The row of a table of centres: its organisations, the act that gives the status, the coordinator."""

from typing import Any

from django.core.exceptions import ValidationError

from centers.importing.cells import Email, Line, Phone
from centers.importing.organizations import NAME_COLUMNS, OrganizationForm
from centers.importing.people import NOT_TOLD
from centers.models import Coordinator, Organization, Person
from rcro_portal.lib import personal_names, russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing import contacts, lists
from rcro_portal.lib.registers.importing.asking import WITHOUT, Choice, Doubtful, question
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.fields import Day
from rcro_portal.lib.registers.importing.finding import Ways

COLUMNS = (
    Column(
        "short_name",
        "Центр",
        (*NAME_COLUMNS[0].synonyms, NAME_COLUMNS[0].heading, "РВЦИ", "наименование центра", "организация (центр)"),
        required=True,
        instead=("full_name",),
    ),
    *NAME_COLUMNS[1:],
    Column("act_number", "Номер распоряжения", ("№ распоряжения", "распоряжение", "приказ", "№ приказа", "номер акта")),
    Column("act_on", "Дата распоряжения", ("дата приказа", "от", "дата акта")),
    Column("since", "Статус с", ("действует с", "начало статуса", "дата начала")),
    Column("until", "Статус по", ("действует по", "окончание статуса", "срок действия", "дата окончания")),
    Column(
        "coordinator",
        "Координатор",
        ("ФИО координатора", "координатор центра", "координатор рвци", "куратор центра", "контактное лицо"),
    ),
    Column("coordinator_title", "Должность координатора", ("должность",)),
    Column("coordinator_phone", "Телефон координатора", ("телефон", "телефоны", "контактный телефон")),
    Column("coordinator_email", "Почта координатора", ("электронная почта координатора", "почта", "e-mail", "email")),
    Column("coordinator_since", "Координатор с", ("координирует с",)),
    Column("coordinator_until", "Координатор по", ("координирует по",)),
)
WAYS = Ways(new="Это другой человек, внести его", without="Внести центр без координатора")
SEVERAL = "В ячейке несколько человек: {}. Кто из них координатор?"
NOBODY = "Фамилия, имя и отчество координатора не прочитаны."
NO_ACT_DAY = "У распоряжения нет даты."
ENDS_BEFORE = "Последний день статуса раньше первого."
NO_FIRST_DAY = "Укажите и первый день координатора: столбец «Координатор с»."
LEFT_BEFORE = "Последний день координатора раньше первого."
OTHER_THEN = "С {} координатор центра {} – {}. Сверьте имя и день."
OTHER_END = "В портале последний день этого координатора – {}. Срок меняют на карточке центра."


class CenterRowForm(OrganizationForm):
    """``centers`` are the organisations that the row names, ``person`` its coordinator where the portal knows them."""

    short_name = Line(limit=400, between="\n")
    act_number = Line(limit=50)
    act_on = Day(required=False)
    since = Day(required=False)
    until = Day(required=False)
    coordinator = Line(limit=600, between="\n")
    coordinator_title = Line(limit=300)
    coordinator_phone = Phone()
    coordinator_email = Email()
    coordinator_since = Day(required=False)
    coordinator_until = Day(required=False)
    centers: list[tuple[str, Organization | None]]
    person: Person | None = None
    named: contacts.Named | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._check_act(cleaned)
            self._check_term(cleaned)
            self._look_for_coordinator(cleaned)
        elif cleaned.get("coordinator"):
            self._ask_who(cleaned["coordinator"])
        return cleaned

    def _ask_who(self, cell: str) -> None:
        """Beside what else is asked of the row, so that all of it is answered at once."""
        try:
            self._contact(cell)
        except ValidationError as error:
            self.add_error("coordinator", error)

    def _find(self, cleaned: dict[str, Any]) -> Organization | None:
        """Of several organisations the first; the others are sought as well."""
        cell = cleaned.get("short_name") or cleaned.get("full_name") or ""
        try:
            names = lists.one_or_several(cell, self.kind.answers)
        except Doubtful as doubt:
            self.add_error(self.kind.name_column(self.data), doubt)
            return None
        told = cleaned if len(names) == 1 else {"municipality": cleaned.get("municipality")}
        self.centers = []
        for name in names:
            self.centers.append((name, super()._find({**told, "short_name": name})))
        cleaned["short_name"] = names[0] if len(names) == 1 else ""
        return None if any(there is None for _, there in self.centers) else self.centers[0][1]

    def _complete(self, cleaned: dict[str, Any]) -> None:
        if not self.found and not self.errors and not cleaned.get("municipality"):
            super()._complete(cleaned)
        for name, _ in [] if self.errors else self.centers:
            if len(name) > 150:
                self.add_error(self.kind.name_column(self.data), "Длиннее 150 знаков.")

    def _check_act(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("act_number") and not cleaned.get("act_on"):
            self.add_error("act_on" if "act_on" in self.data else "act_number", NO_ACT_DAY)
        if cleaned.get("until") and cleaned.get("since") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", ENDS_BEFORE)

    def _check_term(self, cleaned: dict[str, Any]) -> None:
        since, until = cleaned.get("coordinator_since"), cleaned.get("coordinator_until")
        if until and not since:
            self.add_error("coordinator_until", NO_FIRST_DAY)
        elif until and until < since:
            self.add_error("coordinator_until", LEFT_BEFORE)

    def _look_for_coordinator(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("coordinator") or "coordinator_until" in self.errors:
            return
        try:
            told = self._contact(cleaned["coordinator"])
            self.named = contacts.parts(told.name) if told else None
            if told and self.named:
                self._fill(told, cleaned)
                self.person = self.kind.coordinator(self.named, cleaned, self.centers)
                self._check_person(cleaned)
        except ValidationError as error:
            self.add_error("coordinator", error)

    def _contact(self, cell: str) -> contacts.Contact | None:
        """Raises Doubtful for several persons, ValidationError for none; nothing where somebody wants none."""
        told = contacts.read(cell)
        if len(told) == 1:
            return told[0]
        if not told:
            raise ValidationError(NOBODY)
        key = russian.search_key(cell)
        said = self.kind.answers.said("coordinator", key)
        if said == WITHOUT:
            return None
        if said.isdecimal() and 0 < int(said) <= len(told):
            return told[int(said) - 1]
        choices = [Choice(str(number), one.name) for number, one in enumerate(told, start=1)]
        named = "; ".join(one.name for one in told)
        asked = question("coordinator", key, [*choices, Choice(WITHOUT, "Никто: внести центр без координатора")])
        raise Doubtful(SEVERAL.format(named), asked)

    def _fill(self, told: contacts.Contact, cleaned: dict[str, Any]) -> None:
        assert self.named is not None
        cleaned["coordinator_email"] = cleaned.get("coordinator_email") or told.email
        cleaned["coordinator_phone"] = cleaned.get("coordinator_phone") or self.kind.telephones(told)
        cleaned["coordinator_title"] = cleaned.get("coordinator_title") or told.title
        cleaned["gender"] = personal_names.gender_of(self.named.patronymic)

    def _check_person(self, cleaned: dict[str, Any]) -> None:
        if self.person is None and self.named and self.named.by_initials:
            self.named = None
            return
        for name, there in self.centers:
            if held := self.kind.post(there, cleaned):
                self._check_post(held, name, cleaned)
        if self.person is None and not cleaned["gender"]:
            raise ValidationError(NOT_TOLD)

    def _check_post(self, held: Coordinator, name: str, cleaned: dict[str, Any]) -> None:
        """Who is in office, and until when, is said on the card alone."""
        known = held.person.full_name
        if held.person_id != (self.person and self.person.pk):
            words = f"Координатор центра {quoted(name)} – {known}. Передайте полномочия на карточке центра."
            if self.kind.has_ended(cleaned):
                words = OTHER_THEN.format(russian.short_date(held.since), quoted(name), known)
            raise ValidationError(words, params={"suggestion": known})
        if cleaned.get("coordinator_until") not in (None, held.until):
            raise ValidationError(OTHER_END.format(russian.short_date(held.until) if held.until else "не назван"))
