"""Network innovation projects with their leads, partners and curators: the kind ``projects`` of imports.

A file adds leads and partners; whom it does not name it leaves where they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from centers.importing.cells import Line
from centers.importing.organizations import refuse_archived
from centers.importing.people import NOT_TOLD, OfPeople
from centers.models import Center, Organization, Person
from projects.models import NetworkProject, ProjectLead, ProjectPartner
from rcro_portal.lib import personal_names, russian
from rcro_portal.lib.keeping.imports import RecordsForm, Ref, Step, Wish
from rcro_portal.lib.registers.importing import contacts, lists
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.fields import Day, read_day
from rcro_portal.lib.registers.importing.finding import Known, Pool, Ways

WAYS = Ways(new="Это новый проект, внести его")
OF_CENTERS = Ways(without="Внести без этого центра", nobody="такого центра в портале нет.")
OF_PARTNERS = Ways(without="Внести без этого партнёра", nobody="такой организации в портале нет.")
OF_CURATORS = Ways(new="Это другой человек, внести его", without="Внести проект без куратора")
NO_DAY = "Нужен день начала: «01.09.2020»."
ENDS_BEFORE = "Окончание раньше начала."
NO_NAME = "Здесь нужен один человек: фамилия с именем и отчеством или с инициалами."

COLUMNS = (
    Column(
        "title",
        "Проект",
        ("наименование проекта", "название проекта", "название", "наименование", "тема проекта"),
        required=True,
    ),
    Column("theme", "Направление", ("тема", "направление деятельности", "направленность")),
    Column("curator", "Куратор", ("руководитель", "руководитель проекта", "куратор проекта", "ответственный")),
    Column("leads", "Ведут", ("центры", "центр", "ведущий центр", "ведущие центры", "рвци", "базовый центр")),
    Column("partners", "Партнёры", ("партнёры проекта", "участники", "партнёр")),
    Column("since", "Начало", ("дата начала", "начат", "с", "начало реализации")),
    Column("until", "Окончание", ("дата окончания", "завершён", "по", "окончание реализации")),
    Column("term", "Срок", ("срок реализации", "период", "сроки", "сроки реализации")),
    Column("results", "Результаты", ("результат", "итоги")),
)


class ListsForm(RecordsForm):
    """A row with cells that name rows of the portal, one or several; what is not clear about them is asked at once."""

    def _asked(self, name: str, find: Callable[[], Any]) -> Any:
        """Nothing where the cell is at fault already, or is now."""
        if name in self.errors or not self.cleaned_data.get(name):
            return None
        try:
            return find()
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def _several(self, name: str, cleaned: Mapping[str, Any], find: Callable[[str], Any]) -> list[Any]:
        """Everything that is not clear about a list is asked at once."""
        told = lists.split(cleaned.get(name) or "")
        return [one for text in told if (one := self._one_of(name, text, find))]

    def _one_of(self, name: str, text: str, find: Callable[[str], Any]) -> Any:
        try:
            return find(text)
        except ValidationError as error:
            self.add_error(name, error)
            return None


class ProjectRowForm(ListsForm):
    """``found`` is the project of the portal; ``centers``, ``organizations``, ``person`` whom the row names."""

    title = Line(limit=300)
    theme = Line(limit=150)
    curator = Line(limit=300, between="\n")
    leads = Line(limit=2_000, between="\n")
    partners = Line(limit=2_000, between="\n")
    since = Day(required=False)
    until = Day(required=False)
    term = Line(limit=100)
    results = Line(limit=2_000)
    found: NetworkProject | None = None
    centers: list[Center]
    organizations: list[Organization]
    person: Person | None = None
    named: contacts.Named | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._read_term(cleaned)
        self.found = self._asked("title", lambda: self.kind.project(cleaned["title"]))
        self.centers = self._several("leads", cleaned, self.kind.center)
        self.organizations = self._several("partners", cleaned, self.kind.partner)
        self._asked("curator", lambda: self._look_for_curator(cleaned))
        self._check_days(cleaned)
        return cleaned

    def _look_for_curator(self, cleaned: dict[str, Any]) -> None:
        told = contacts.read(cleaned["curator"])
        named = contacts.parts(told[0].name) if len(told) == 1 else None
        if named is None:
            raise ValidationError(NO_NAME)
        self.person = self.kind.person(named, email=told[0].email, ways=OF_CURATORS)
        if self.person or not named.by_initials:
            self.named = named
        cleaned["gender"] = personal_names.gender_of(named.patronymic)
        if self.person is None and self.named and not cleaned["gender"]:
            raise ValidationError(NOT_TOLD)

    def _read_term(self, cleaned: dict[str, Any]) -> None:
        """«01.09.2017 – 30.06.2021», «с 01.09.2017»."""
        if not cleaned.get("term") or cleaned.get("since"):
            return
        words = cleaned["term"].removeprefix("с ")
        first, _, last = words.replace("—", "–").replace(" - ", " – ").partition(" – ")
        cleaned["since"], cleaned["until"] = read_day(first), read_day(last) if last else None
        if cleaned["since"] is None or (last and cleaned["until"] is None):
            self.add_error("term", "Срок не прочитан: нужно «01.09.2017 – 30.06.2021» или «с 01.09.2017».")

    def _check_days(self, cleaned: Mapping[str, Any]) -> None:
        since, until = cleaned.get("since"), cleaned.get("until")
        if not self.found and not since and not {"since", "term", "title"} & set(self.errors):
            self.add_error("since" if "since" in self.data else "title", NO_DAY)
        if since and until and until < since:
            self.add_error("until" if "until" in self.data else "term", ENDS_BEFORE)


class ProjectsKind(OfPeople):
    key, title, columns = "projects", "Загрузить проекты", COLUMNS
    listed, list_name = "projects:project-list", "Проекты"
    not_kept = ("№", "№ п/п", "Доля, %", "Муниципалитет", "Состояние")
    tables = (Person, NetworkProject, ProjectLead, ProjectPartner)
    row_form = ProjectRowForm

    # -- What is there ------------------------------------------------------------------------------------

    @cached_property
    def _projects(self) -> dict[int, NetworkProject]:
        return NetworkProject.objects.kept().in_bulk()

    @cached_property
    def _archived(self) -> frozenset[str]:
        return frozenset(map(russian.search_key, NetworkProject.objects.archived().values_list("title", flat=True)))

    @cached_property
    def _titles(self) -> Pool:
        rows = (Known(one.pk, one.title, (one.title,)) for one in self._projects.values())
        return Pool("project", tuple(rows), self.answers)

    @cached_property
    def _centers(self) -> dict[int, Center]:
        """By their organisations."""
        return {one.organization_id: one for one in Center.objects.select_related("organization")}

    @cached_property
    def _names_of_centers(self) -> Pool:
        return Pool("center", tuple(one for one in self.pool.known if one.pk in self._centers), self.answers)

    @cached_property
    def _there(self) -> dict[str, dict[tuple[int, int], Any]]:
        """Leads and partners of projects, by project and whom it names."""
        leads = {(one.project_id, one.center_id): one for one in ProjectLead.objects.all()}
        partners = {(one.project_id, one.organization_id): one for one in ProjectPartner.objects.all()}
        return {"lead": leads, "partner": partners}

    def project(self, title: str) -> NetworkProject | None:
        wanted = refuse_archived(self._titles.find(title, WAYS), title, self._archived)
        return self._projects[wanted.pk] if wanted.pk else None

    def center(self, name: str) -> Center | None:
        wanted = self._names_of_centers.find(name, OF_CENTERS)
        return self._centers[wanted.pk] if wanted.pk else None

    def partner(self, name: str) -> Organization | None:
        return self.organization(name, ways=OF_PARTNERS)

    # -- What a row wants ---------------------------------------------------------------------------------

    def wish(self, form: Any) -> Wish:
        person = self._curator(form)
        project = self._project(form, person)
        leads = self._joined(project, "lead", ProjectLead, "center", form.centers)
        partners = self._joined(project, "partner", ProjectPartner, "organization", form.organizations)
        return Wish(project, [*([person] if person else []), project, *leads, *partners])

    def _curator(self, form: Any) -> Step | None:
        """Of whoever is there nothing changes."""
        if not form.named:
            return None
        told = {} if form.person else asdict(form.named) | {"gender": form.cleaned_data["gender"]}
        return self.person_step(told, form.person)

    def _project(self, form: Any, person: Step | None) -> Step:
        told = {name: form.cleaned_data.get(name) for name in ("title", "theme", "since", "until", "results")}
        values = told | {"curator": Ref(person.key) if person else None}
        if form.found:
            return Step(("project", form.found.pk), NetworkProject, values | {"title": ""}, form.found)
        return Step(("project", russian.search_key(told["title"])), NetworkProject, values)

    def _joined(self, project: Step, what: str, model: Any, field: str, rows: Iterable[Any]) -> Iterator[Step]:
        for row in dict.fromkeys(rows):
            held = self._there[what].get((project.held.pk, row.pk)) if project.held else None
            yield Step((what, project.key, row.pk), model, {"project": Ref(project.key), field: row}, held)
