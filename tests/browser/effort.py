"""How a methodist enters the outcome behind letter № 941 with nothing prepared: who came, what was said and decided."""

import datetime
import itertools
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from centers.models import Person
from events.models.outcome import Asks, DecisionKind, TalkAct
from events.outcomes import forms as outcome_forms
from events.outcomes.outcomes import TOKEN
from rcro_portal.lib.drafts.models import GrammaticalCase
from reports import figures
from tests.browser import acts
from tests.browser.hand import Hand


class Methodist:
    """Enters ``written``, an outcome as the demonstration keeps it, counting every press and letter."""

    def __init__(self, page: Page, written: dict[str, Any], *, day: datetime.date, due_on: datetime.date) -> None:
        self.page, self.written, self.day, self.due_on = page, written, day, due_on
        self.hand = Hand()

    def mark(self, present: list[str]) -> None:
        """From the event's page and back to it."""
        self.hand.press(self.page.get_by_role("link", name="Отметить участников"))
        for center in present:
            box = self.page.get_by_role("checkbox", name=re.compile(f"Участвует.*{re.escape(center)}"))
            self.hand.press(box)
            expect(box).to_be_checked()
        expect(self.page.get_by_text(f"Отмечено участников: {len(present)}")).to_be_visible()
        self.hand.press(self.page.get_by_role("link", name="Готово"))

    def write_outcome(self) -> None:
        self.hand.press(self.page.get_by_role("button", name="Внести итоги"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Итоги")
        for talk in self.written["talks"]:
            self._add_talk(talk)
        for problem in self.written["problem_areas"]:
            self.hand.write(
                self._new_row("problems", "Добавить проблемную зону").get_by_label("Проблемная зона"), problem
            )
        self.hand.write(self.page.get_by_label("Где выявлены проблемные зоны"), self.written["problem_source"])
        for decision in self.written["decisions"]:
            self._add_decision(decision)

    def file(self) -> None:
        acts.draft_is_saved(self.page)
        self.hand.press(self.page.get_by_role("button", name="Сохранить и проверить"))
        self.hand.press(self.page.get_by_role("button", name="Направить на согласование"))
        acts.told(self.page, "Итоги направлены на согласование")

    def _new_row(self, rows: str, button: str) -> Locator:
        self.hand.press(self.page.get_by_role("button", name=button))
        return self.page.locator(f"#{rows} .rows__row").last

    def _add_talk(self, talk: dict[str, Any]) -> None:
        row = self._new_row("talks", "Добавить выступление")
        self.hand.choose(row.get_by_label("Кто"), talk["speaker"])
        self.hand.choose(row.get_by_label("Что сделано"), TalkAct(talk["act"]).label)
        said = {
            "Тема выступления": talk["title"],
            "Должность и организация": self._unknown_post(talk),
            "Перед именем": talk["capacity"],
        }
        if any(said.values()):
            self.hand.press(row.get_by_text("Тема, должность, слова перед именем"))
        for label, words in said.items():
            if words:
                self.hand.write(row.get_by_label(label), words)
        self._write_with_figures(row, talk["text"])

    def _unknown_post(self, talk: dict[str, Any]) -> str:
        """What the portal does not put in by itself."""
        surname, given_name, patronymic = talk["speaker"].split()
        speaker = Person.objects.get(surname=surname, given_name=given_name, patronymic=patronymic)
        return "" if outcome_forms.printed_post(speaker, self.day) == talk["post"] else talk["post"]

    def _write_with_figures(self, row: Locator, text: str) -> None:
        place = row.get_by_label("Содержание")
        self.hand.press(place)
        # Splitting by the token leaves its name at every second place.
        for words, name in itertools.batched([*TOKEN.split(text), ""], 2):
            if words:
                self.hand.go_on(place, words)
            if name:
                self._insert_figure(row, name)

    def _insert_figure(self, row: Locator, name: str) -> None:
        (figure,) = (one for one in self.written["figures"] if one["name"] == name)
        query = figures.query(figure["query"])
        box = self.page.locator("#figures")
        self.hand.press(row.get_by_role("button", name="Вставить показатель"))
        self.hand.press(row.get_by_role("button", name="Другой показатель…"))
        self.hand.choose(box.get_by_role("combobox", name="Показатель", exact=True), query.title)
        expect(box.locator("#figure-asked")).to_contain_text(query.how)
        for field, value in figure["parameters"].items():
            self._ask_over(box.locator(f"#figure-asked [name={field}]"), value)
        if figure["case"] != GrammaticalCase.NOMINATIVE:
            self.hand.choose(box.get_by_label("Падеж"), GrammaticalCase(figure["case"]).label)
        expect(box.locator("#figure-now strong")).to_be_visible()
        before = row.locator(".chip").count()
        self.hand.press(box.get_by_role("button", name="Добавить показатель"))
        expect(row.locator(".chip")).to_have_count(before + 1)

    def _ask_over(self, field: Locator, value: Any) -> None:
        if isinstance(value, datetime.date):
            self.hand.write_day(field, value.isoformat())
        elif field.input_value() != str(value):
            self.hand.write(field, str(value))

    def _add_decision(self, decision: dict[str, Any]) -> None:
        row = self._new_row("decisions", "Добавить решение")
        if decision["kind"] != DecisionKind.DECISION:
            self.hand.choose(row.get_by_label("Вид"), DecisionKind(decision["kind"]).label)
        self.hand.write(row.get_by_label("Текст"), decision["text"])
        if decision["due_on"]:
            self.hand.write_day(row.get_by_label("Срок"), self.due_on.isoformat())
            self.hand.choose(row.get_by_label("Что считать исполнением"), Asks(decision["asks"]).label)
