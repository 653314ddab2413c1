"""How a methodist enters the outcome behind letter № 941.

Who came is marked by the platform's list; the text is begun with the outcome of the webinar before it, and written with
the department's typical paragraphs.
"""

import itertools
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from events.outcomes.outcomes import TOKEN
from tests.browser import acts
from tests.browser.hand import Hand


class Methodist:
    """Enters ``written``, an outcome as the demonstration keeps it, counting every press and letter.

    ``paragraphs``: typical ones that are kept, by their titles.
    """

    def __init__(self, page: Page, written: dict[str, Any], *, paragraphs: dict[str, str], term: str) -> None:
        self.page, self.written, self.paragraphs, self.term = page, written, paragraphs, term
        self.hand = Hand()

    def mark(self, names: list[str]) -> None:
        """By the list of the platform, from the event's page and back to it."""
        self.hand.press(self.page.get_by_role("link", name="Отметить участников"))
        self.hand.press(self.page.get_by_role("link", name="Загрузить список с площадки"))
        listed = "\n".join(["ФИО", *names])
        self.hand.bring(self.page.get_by_label("Файл с площадки"), "участники.csv", listed.encode())
        self.hand.press(self.page.get_by_role("button", name="Загрузить и проверить"))
        self.hand.press(self.page.get_by_role("button", name="Отметить по списку"))
        acts.told(self.page, str(len(names)))
        self.hand.press(self.page.get_by_role("link", name="Готово"))

    def write_outcome(self) -> None:
        self.hand.press(self.page.get_by_role("button", name="Внести итоги"))
        self.hand.press(self.page.get_by_role("button", name="Взять из прошлого"))
        acts.told(self.page, "Взято")
        expect(self.page.locator("#figures [data-insert]").first).to_be_visible()
        for place, talk in enumerate(self.written["talks"]):
            self._fill_talk(self._row("talks", place), talk)
        for place, problem in enumerate(self.written["problem_areas"]):
            self.hand.write(self._row("problems", place).get_by_label("Проблемная зона"), problem)
        for place, decision in enumerate(self.written["decisions"]):
            self._fill_decision(self._row("decisions", place), decision)

    def file(self) -> None:
        acts.draft_is_saved(self.page)
        self.hand.press(self.page.get_by_role("button", name="Сохранить и проверить"))
        self.hand.press(self.page.get_by_role("button", name="Направить на согласование"))
        acts.told(self.page, "Итоги направлены на согласование")

    def _row(self, rows: str, place: int) -> Locator:
        return self.page.locator(f"#{rows} .rows__row").nth(place)

    def _fill_talk(self, row: Locator, talk: dict[str, Any]) -> None:
        chosen = row.locator(".search-line__chosen")
        if talk["speaker"] not in chosen.inner_text():
            line = row.get_by_role("searchbox")
            self.hand.press(line)
            self.hand.spell(line, talk["speaker"][:4].lower())
            self.hand.key(line, "Enter")
            expect(chosen).to_contain_text(talk["speaker"])
        if talk["title"]:
            self.hand.write(row.get_by_label("Тема выступления"), talk["title"])
        self._write(row.get_by_label("Содержание"), talk["text"])

    def _write(self, place: Locator, text: str) -> None:
        """Typical paragraphs and figures are picked by «/», the rest is typed."""
        self.hand.press(place)
        kept = "|".join(map(re.escape, self.paragraphs.values()))
        for words, paragraph in itertools.batched([*re.split(f"({kept})", text), ""], 2):
            # Splitting by the token leaves its name at every second place.
            for typed, name in itertools.batched([*TOKEN.split(words), ""], 2):
                if typed:
                    self.hand.go_on(place, typed)
                if name:
                    self._pick(place, name)
            if paragraph:
                self._pick(place, next(title for title, kept in self.paragraphs.items() if kept == paragraph))

    def _pick(self, place: Locator, title: str) -> None:
        """As many first letters as it takes to have it first."""
        self.hand.spell(place, "/")
        lit = self.page.locator(".slash [aria-selected=true]")
        for letter in title.lower():
            if lit.inner_text().startswith(title):
                break
            self.hand.spell(place, letter)
        self.hand.key(place, "Enter")

    def _fill_decision(self, row: Locator, decision: dict[str, Any]) -> None:
        self.hand.write(row.get_by_label("Текст"), decision["text"])
        if decision["due_on"]:
            self.hand.press(row.get_by_role("button", name=self.term))
