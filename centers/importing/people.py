"""People: the kind ``people`` of imports. Nobody gets a role by it, and whom the administrator keeps is not touched."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from centers.importing import known
from centers.importing.cells import Email, Line, Named, Phone
from centers.importing.organizations import OfOrganizations
from centers.models import Gender, Organization, Person
from centers.models.employment import Employment
from rcro_portal.lib import personal_names, phones, russian
from rcro_portal.lib.keeping.imports import RecordsForm, Ref, Step, Wish
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing import contacts
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.fields import Day
from rcro_portal.lib.registers.importing.finding import Ways
from rcro_portal.lib.registers.importing.kinds import Judgement, Read

NEW = Ways(new="Это другой человек, внести его")
EMPLOYER = Ways(without="Внести человека без места работы", nobody="такой организации в портале нет.")
NO_NAME = "{} – не {}. Исправьте ячейку."
NO_FULL_NAME = "Здесь нужны фамилия, имя и отчество одного человека."
NO_GENDER = "Пол по отчеству не ясен. Добавьте столбец «Пол» со словами «мужской» или «женский»."
# Of somebody whom a table of other things names: such a table has no column for it.
NOT_TOLD = "Пол по отчеству не ясен. Допишите отчество или сначала внесите этого человека в реестр людей."
RESERVED = "У этого человека вход в портал, должность в институте или право подписи: его запись ведёт администратор."
POSTS_OF_NOWHERE = "Должности не вносятся там, где файл не говорит, в какой организации: столбца «Место работы» нет."
UNREAD_NAMED = 10
UNREAD = (
    "Телефоны с лишней или пропущенной цифрой не войдут: {}. Исправьте их в файле и загрузите его ещё раз или впишите "
    "номера потом на карточках людей."
)
NAMES = {"surname": "фамилия", "given_name": "имя", "patronymic": "отчество"}

COLUMNS = (
    Column(
        "full_name",
        "ФИО",
        (
            *("фамилия, имя, отчество", "фамилия имя отчество", "ф.и.о.", "сотрудник", "человек", "участник"),
            *("кто", "педагог", "фио педагога", "фио сотрудника", "фио полностью", "работник", "имя полностью"),
        ),
        required=True,
        instead=("surname", "given_name"),
    ),
    Column("surname", "Фамилия"),
    Column("given_name", "Имя"),
    Column("patronymic", "Отчество"),
    Column("gender", "Пол"),
    Column("email", "Электронная почта", ("почта", "e-mail", "email", "эл. почта", "адрес электронной почты")),
    Column("phone", "Телефоны", ("телефон", "тел.", "контактный телефон", "мобильный телефон")),
    Column("organization", "Место работы", ("организация", "оо", "образовательная организация", "школа", "учреждение")),
    Column("title", "Должность", ("должность в организации", "должность, как в письме")),
    Column("since", "Работает с", ("дата приёма", "дата приема на работу", "с")),
)


class PersonRowForm(RecordsForm):
    """``found`` is the person of the portal, ``employer`` the organisation, if they are there."""

    full_name = Line(limit=400, between="\n")
    surname = Line(limit=150)
    given_name = Line(limit=150)
    patronymic = Line(limit=150)
    gender = Named(Gender.choices, {"м": "m", "муж": "m", "ж": "f", "жен": "f"})
    email = Email()
    phone = Phone()
    organization = Line(limit=300)
    title = Line(limit=300)
    since = Day(required=False)
    found: Person | None = None
    employer: Organization | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name = None if self.errors else self._name(cleaned)
        if name:
            cleaned |= {"surname": name.surname, "given_name": name.given_name, "patronymic": name.patronymic}
            self._look(name, cleaned)
        return cleaned

    def _name(self, cleaned: dict[str, Any]) -> contacts.Named | None:
        if cleaned.get("full_name"):
            return self._of_one_cell(cleaned)
        for field, what in NAMES.items():
            if (text := cleaned.get(field, "")) and not _is_name(text):
                self.add_error(field, NO_NAME.format(quoted(text), what))
        if not self.errors and not (cleaned.get("surname") and cleaned.get("given_name")):
            column = "surname" if "surname" in self.data else "full_name"
            self.add_error(column, NO_FULL_NAME)
        if self.errors:
            return None
        return contacts.Named(*(contacts.cased(cleaned.get(field, "").strip(". ")) for field in NAMES))

    def _of_one_cell(self, cleaned: dict[str, Any]) -> contacts.Named | None:
        """A name, perhaps with telephones and an address of mail, which fill what has no column."""
        told = contacts.read(cleaned["full_name"])
        name = contacts.parts(told[0].name if len(told) == 1 else " ".join(cleaned["full_name"].split()))
        if name is None:
            self.add_error("full_name", NO_FULL_NAME)
        elif len(told) == 1:
            cleaned["email"] = cleaned.get("email") or told[0].email
            cleaned["phone"] = cleaned.get("phone") or self.kind.telephones(told[0])
            cleaned["title"] = cleaned.get("title") or told[0].title
        return name

    def _look(self, name: contacts.Named, cleaned: dict[str, Any]) -> None:
        column = "full_name" if "full_name" in self.data else "surname"
        try:
            self.found = self.kind.person(name, email=cleaned.get("email", ""))
        except ValidationError as doubt:
            self.add_error(column, doubt)
            return
        cleaned["gender"] = cleaned.get("gender") or personal_names.gender_of(name.patronymic)
        if not self.found and not cleaned["gender"]:
            self.add_error("gender" if "gender" in self.data else column, NO_GENDER)
        if self.found and self.kind.is_reserved(self.found) and self._changes(cleaned):
            self.add_error(column, RESERVED)
        self._look_for_employer(cleaned)

    def _changes(self, cleaned: Mapping[str, Any]) -> bool:
        told = {name: cleaned.get(name) for name in ("email", "phone", "gender")}
        return any(value and value != getattr(self.found, name) for name, value in told.items())

    def _look_for_employer(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("organization"):
            return
        try:
            self.employer = self.kind.organization(cleaned["organization"], ways=EMPLOYER)
        except ValidationError as doubt:
            self.add_error("organization", doubt)
        if self.employer and not cleaned.get("title"):
            self.add_error("title" if "title" in self.data else "organization", "Укажите должность: без неё нет места.")
        elif self.employer and self._is_kept_apart(self.employer, cleaned["title"]):
            self.add_error("organization", RESERVED)

    def _is_kept_apart(self, employer: Organization, title: str) -> bool:
        """The place of work would be new to somebody whose record no import touches."""
        is_reserved = self.found and self.kind.is_reserved(self.found)
        return bool(is_reserved and not self.kind.post(self.found, employer, title))


class OfPeople(OfOrganizations):
    """What all kinds know whose rows name people."""

    @cached_property
    def people(self) -> known.People:
        return known.People(self.answers)

    def person(self, name: contacts.Named, *, email: str = "", ways: Ways = NEW) -> Person | None:
        """Raises Doubtful."""
        wanted = self.people.find(name, email=email, ways=ways)
        return self.people.rows[wanted.pk] if wanted.pk else None

    def is_reserved(self, person: Person) -> bool:
        return person.pk in self.people.reserved

    def telephones(self, contact: contacts.Contact) -> str:
        """Those that are numbers; of the others the person who brings the file in is told."""
        found = []
        for typed in contact.phones:
            try:
                found.append(phones.read(typed))
            except ValidationError:
                self.unread.setdefault(typed)
        return phones.KEPT_APART.join(dict.fromkeys(found))

    @cached_property
    def unread(self) -> dict[str, None]:
        """Telephones beside names in which a figure is lacking or one too many, in the order of the file."""
        return {}

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        super().compare(read, judgement)
        if self.unread:
            named = ", ".join(quoted(typed) for typed in list(self.unread)[:UNREAD_NAMED])
            judgement.notes.append(UNREAD.format(f"{named} и другие" if len(self.unread) > UNREAD_NAMED else named))

    def person_step(self, told: Mapping[str, Any], there: Person | None) -> Step:
        if there:
            kept = {name: told.get(name) for name in ("email", "phone")}
            return Step(("person", there.pk), Person, kept, there)
        names = [told["surname"], told["given_name"], told.get("patronymic", "")]
        fields = (*NAMES, "gender", "email", "phone")
        values = {name: told.get(name, "") for name in fields}
        return Step(("person", russian.folded(" ".join(names)), told.get("email", "")), Person, values)


class PeopleKind(OfPeople):
    key, title, columns = "people", "Загрузить людей", COLUMNS
    listed, list_name = "centers:people-list", "Люди"
    not_kept = (
        "Вход",
        "№",
        "№ п/п",
        "Таб. номер",
        "Табельный номер",
        "Дата рождения",
        "Ставка",
        "Подразделение",
        "Код",
    )
    tables, row_form = (Person, Employment), PersonRowForm
    _has_posts_of_nowhere = False

    @cached_property
    def _shown(self) -> dict[tuple[str, str, str], Person]:
        """As the portal's own list shows them; of whom it shows the same nobody knows which one is meant."""
        people = self.people.rows.values()
        told = Counter((one.full_name, one.email, phones.shown(one.phone)) for one in people)
        rows = {(one.full_name, one.email, phones.shown(one.phone)): one for one in people}
        return {key: one for key, one in rows.items() if told[key] == 1}

    def known(self, cells: Mapping[str, str]) -> Person | None:
        """Whatever one might doubt of a row of the portal's own list."""
        if cells.get("organization"):
            return None
        return self._shown.get((cells.get("full_name", ""), cells.get("email", ""), cells.get("phone", "")))

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        super().compare(read, judgement)
        if self._has_posts_of_nowhere:
            judgement.notes.append(POSTS_OF_NOWHERE)

    def wish(self, form: Any) -> Wish:
        told = form.cleaned_data
        self._has_posts_of_nowhere |= bool(told.get("title") and not told.get("organization"))
        person = self.person_step(told, form.found)
        return Wish(person, [person, *self._employment(person, form.employer, told)])

    @cached_property
    def _posts(self) -> dict[tuple[int, int], list[Employment]]:
        found: dict[tuple[int, int], list[Employment]] = {}
        for one in Employment.objects.filter(until__isnull=True):
            found.setdefault((one.person_id, one.organization_id), []).append(one)
        return found

    def post(self, person: Any, employer: Organization, title: str) -> Employment | None:
        """Where this person works already, by that title."""
        there = self._posts.get((person.pk, employer.pk), [])
        return next((one for one in there if russian.folded(one.title) == russian.folded(title)), None)

    def _employment(self, person: Step, employer: Organization | None, told: Mapping[str, Any]) -> Iterator[Step]:
        """Since when is the day of the import where the file does not say it."""
        if not employer:
            return
        title = told["title"]
        key = ("employment", person.key, employer.pk, russian.folded(title))
        if person.held and (there := self.post(person.held, employer, title)):
            yield Step(key, Employment, {}, there)
            return
        since = told.get("since") or self.today
        yield Step(
            key, Employment, {"person": Ref(person.key), "organization": employer, "title": title, "since": since}
        )


def _is_name(text: str) -> bool:
    return all(sign.isalpha() or sign in " -.'’" for sign in text)
