"""The items of a plan-schedule: the kind ``plan`` of imports. ``options``: the plan, or the year of one to be made."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms

from centers.importing.people import OfPeople
from centers.models import Department, Person
from events import permissions
from events.importing import plan_rows
from events.models import PlanItem, PlanResponsible, PlanSchedule
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.imports import Ref, Step, Wish
from rcro_portal.lib.registers.importing import contacts, reading
from rcro_portal.lib.registers.importing.asking import Doubtful
from rcro_portal.lib.registers.importing.finding import Ways
from rcro_portal.lib.registers.importing.forms import UploadForm
from rcro_portal.lib.registers.importing.kinds import Judgement, Read
from rcro_portal.lib.written_terms import Precision, WrittenTerm

WAYS = Ways(without="Оставить имя словами, как в плане")
PROJECT = "Региональный проект"
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
NO_DAY = "Срок назван без дня (месяц, квартал или год): пунктов – {}."
ONLY_WORDS = "Срок – не дата, в календаре этих пунктов не будет: пунктов – {}."


class PlanUploadForm(UploadForm):
    schedule = forms.ModelChoiceField(
        label="План-график", queryset=PlanSchedule.objects.kept().order_by("-year", "pk"), empty_label=None
    )
    field_order = ("schedule", "table")

    def options(self) -> dict[str, Any]:
        return {"schedule": self.cleaned_data["schedule"].pk}


class PlanKind(OfPeople):
    key, title, columns = "plan", "Загрузить план-график", plan_rows.COLUMNS
    listed, list_name, not_you = "events:plan-list", "План-график", "План-график ведут методист сети и администратор."
    not_kept = ("Состояние", "Факт", "Отметка о выполнении")
    tables = (PlanSchedule, PlanItem, PlanResponsible)
    row_form = plan_rows.PlanRowForm

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self._precisions: Counter[str] = Counter()

    @classmethod
    def may(cls, user: Any) -> bool:
        return permissions.may_keep_plan(user)

    # -- What is there ------------------------------------------------------------------------------------

    @cached_property
    def schedule(self) -> PlanSchedule | None:
        rows = PlanSchedule.objects.kept()
        if "schedule" in self.options:
            return rows.get(pk=self.options["schedule"])
        return rows.filter(year=self.options["year"]).order_by("pk").first()

    @property
    def year(self) -> int:
        return self.schedule.year if self.schedule else int(self.options["year"])

    @cached_property
    def _items(self) -> dict[tuple[str, str], PlanItem]:
        """By number in its section, and by what is to be held."""
        rows = self.schedule.items.order_by("pk") if self.schedule else PlanItem.objects.none()
        found: dict[tuple[str, str], PlanItem] = {}
        for one in rows:
            found.setdefault(_place(one.section, one.number, one.title), one)
        return found

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {russian.search_key(one.name): one for one in Department.objects.all()}

    @cached_property
    def _responsible(self) -> set[tuple[int, int | None, int | None]]:
        rows = PlanResponsible.objects.filter(item__schedule=self.schedule) if self.schedule else []
        return {(one.item_id, one.person_id, one.department_id) for one in rows}

    def item(self, told: Mapping[str, Any]) -> PlanItem | None:
        return self._items.get(_place(told["section"], told["number"], told["title"]))

    def department(self, text: str) -> Department | None:
        return self._departments.get(russian.search_key(text))

    def responsible(self, name: contacts.Named) -> Person | None:
        """Nobody where the portal knows no such person; several are asked about. Raises Doubtful."""
        try:
            return self.person(name, ways=WAYS)
        except Doubtful as doubt:
            if doubt.question.candidates:
                raise
            return None

    def note_term(self, term: WrittenTerm | None) -> None:
        self._precisions[term.precision.value if term else "words"] += 1

    def passed_by(self, cells: Mapping[str, str]) -> str:
        year = cells.get("year", "")
        return "другого года" if year.isdecimal() and int(year) != self.year else ""

    # -- What a row wants ---------------------------------------------------------------------------------

    def wish(self, form: Any) -> Wish:
        plan = self._plan()
        item = self._item(form, plan)
        return Wish(item, [plan, item, *self._answering(form, item)])

    def _plan(self) -> Step:
        if self.schedule:
            return Step(("plan", self.schedule.pk), PlanSchedule, {}, self.schedule)
        title = PlanSchedule.objects.order_by("-year", "-pk").values_list("project_title", flat=True).first()
        values = {"project_title": title or PROJECT, "year": self.year}
        return Step(("plan", self.year), PlanSchedule, values)

    def _item(self, form: Any, plan: Step) -> Step:
        told = form.cleaned_data
        names = ("section", "number", "title", "form", "when_said", "first_on", "last_on", "precision")
        values = {name: told.get(name) for name in (*names, "audience", "place", "remark")}
        values |= {"responsible_said": "; ".join(form.unknown)[:300]}
        key = ("item", plan.key, _place(told["section"], told["number"], told["title"]))
        if form.found:
            return Step(key, PlanItem, values, form.found)
        return Step(key, PlanItem, values | {"schedule": Ref(plan.key)})

    def _answering(self, form: Any, item: Step) -> Iterator[Step]:
        held = item.held.pk if item.held else None
        told = [("person", one) for one in form.people] + [("department", one) for one in form.departments]
        for field, one in dict.fromkeys(told):
            pair = (one.pk, None) if field == "person" else (None, one.pk)
            if (held, *pair) not in self._responsible:
                values = {"item": Ref(item.key), field: one}
                yield Step(("answers", item.key, field, one.pk), PlanResponsible, values)

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        super().compare(read, judgement)
        no_day = sum(self._precisions[one.value] for one in (Precision.MONTH, Precision.QUARTER, Precision.YEAR))
        judgement.notes += [NO_DAY.format(no_day)] if no_day else []
        judgement.notes += [ONLY_WORDS.format(self._precisions["words"])] if self._precisions["words"] else []


def _place(section: str, number: str, title: str) -> tuple[str, str]:
    """A number is given once in a section; without one the item is what it is called."""
    return russian.search_key(section), number or russian.search_key(title)


def year_named(data: bytes) -> int | None:
    """The year that most cells of the file name. Raises reading.CannotRead."""
    sheets = reading.read(data)
    cells = (cell for sheet in sheets for row in sheet.rows.values() for cell in row)
    found = Counter(int(year) for cell in cells for year in _YEAR.findall(cell))
    return found.most_common(1)[0][0] if found else None
