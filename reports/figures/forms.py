"""Forms of figures: a query of the registry with what it is asked over, or a number from elsewhere with its source."""

from collections.abc import Mapping
from typing import Any

from django import forms

from events.models import DataQuestion, Event
from events.models.request import QuestionKind, RequestStatus
from events.outcomes.choosers import HELD_EVENTS
from rcro_portal.lib import russian
from rcro_portal.lib.drafts.models import GrammaticalCase
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.choosers import Chosen
from rcro_portal.lib.text import NAME_LIMIT, Line
from reports import figures

QUESTIONS_TO_CHOOSE = 200
# Answers that are whole numbers, or so many lines.
COUNTED = (QuestionKind.NUMBER, QuestionKind.LIST)
# By the column that a figure adds up: of which questions, and what is said of the others.
ADDED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "number": (COUNTED, "Складываются ответы целым числом или списком, а этот вопрос – о другом."),
    "amount": ((QuestionKind.FRACTION,), "Здесь складываются ответы числом с долями, а этот вопрос – о другом."),
}
NEVER_FOUND = "Такого показателя нет. Измените слова поиска или внесите число из другого источника."


class FigureName(Line):
    def validate(self, value: str) -> None:
        super().validate(value)
        if "[" in value or "]" in value:
            raise forms.ValidationError("Квадратные скобки в названии не ставят.")


def _name(help_text: str) -> FigureName:
    return FigureName(label="Название в тексте", limit=NAME_LIMIT, required=False, help_text=help_text)


class FigureForm(forms.Form):
    """«Вставить показатель»: found by its words, then asked over a year, a period, a day or an event, in its case."""

    search = forms.CharField(
        label="Найти показатель", required=False, max_length=NAME_LIMIT, widget=forms.TextInput({"type": "search"})
    )
    query = forms.ChoiceField(label="Показатель")
    year = forms.IntegerField(label="Год", required=False, min_value=2000, max_value=2100)
    since = Day(label="С", required=False)
    until = Day(label="По", required=False)
    day = Day(label="На какой день", required=False)
    event = Chosen(label="Мероприятие", required=False, chooser=HELD_EVENTS)
    question = forms.TypedChoiceField(label="Вопрос запроса", required=False, coerce=int, empty_value=None)
    case = forms.ChoiceField(label="Падеж", choices=GrammaticalCase.choices)
    name = _name("Пусто: портал назовёт показатель сам.")

    def __init__(self, *args: Any, event: Event | None, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occasion, self.by = event, by
        self.fields["query"].choices = matching(self._typed("search"))
        # The event that is written of may not have been held yet.
        chosen: Any = self.fields["event"]
        chosen.user, chosen.held = by, event
        self.fields["question"].choices = _questions()

    def _typed(self, name: str) -> str:
        held = self.data.get(name) if self.is_bound else self.get_initial_for_field(self.fields[name], name)
        return str(held or "")

    @property
    def chosen(self) -> str:
        """The code of the query that stands in the list: what was chosen, else the first that was found."""
        codes = [code for _, group in self.fields["query"].choices for code, _ in group]
        return self._typed("query") if self._typed("query") in codes else next(iter(codes), "")

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that the chosen query needs, and its case."""
        names = figures.PARAMETERS[figures.query(self.chosen).over] if self.chosen else ()
        return [self[name] for name in (*names, "case")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "query" in cleaned:
            self._check_over(figures.query(cleaned["query"]).over, cleaned)
        return cleaned

    def _check_over(self, over: str, cleaned: dict[str, Any]) -> None:
        if over == "year" and not cleaned.get("year"):
            self.add_error("year", "Укажите год, за который считать.")
        if over == "day" and not cleaned.get("day"):
            self.add_error("day", "Укажите день, на который считать.")
        if over == "event" and "event" not in self.errors and not (cleaned.get("event") or self.occasion):
            self.add_error("event", "Выберите мероприятие.")
        if over == "question":
            self._check_question(cleaned)
        if over == "period":
            self._check_period(cleaned)

    def _check_question(self, cleaned: dict[str, Any]) -> None:
        key, query = cleaned.get("question"), figures.query(cleaned["query"])
        if not key:
            self.add_error("question", "Выберите вопрос разосланного запроса.")
        elif query.column:
            kinds, otherwise = ADDED[query.column]
            if not DataQuestion.objects.filter(pk=key, kind__in=kinds).exists():
                self.add_error("question", otherwise)

    def _check_period(self, cleaned: dict[str, Any]) -> None:
        since, until = cleaned.get("since"), cleaned.get("until")
        if not since or not until:
            self.add_error("since", "Укажите период: с какого и по какой день считать.")
        elif until < since:
            self.add_error("until", "Период кончается раньше, чем начался.")

    def parameters(self) -> dict[str, Any]:
        """As a draft stores them: numbers, and days in ISO."""
        over = figures.query(self.cleaned_data["query"]).over
        if over == "event":
            return {"event": self._event().pk}
        found = {name: self.cleaned_data[name] for name in figures.PARAMETERS[over]}
        return {name: value if isinstance(value, int) else value.isoformat() for name, value in found.items()}

    def _event(self) -> Any:
        """The event that was chosen, else the one that is written of."""
        return self.cleaned_data["event"] or self.occasion

    def printed_name(self) -> str:
        """The name typed, else one made of title and parameters: «Сетевые инновационные проекты, 2019»."""
        query = figures.query(self.cleaned_data["query"])
        return self.cleaned_data["name"] or f"{query.title}{self._over(query.over)}"

    def _over(self, over: str) -> str:
        if over != "event":
            return said_over(over, self.cleaned_data)
        return "" if self._event() == self.occasion else f", {self._event().days}"


def said_over(over: str, asked: Mapping[str, Any]) -> str:
    """What stands after the title in the name of a figure; of its own event nothing."""
    if over == "year":
        return f", {asked['year']}"
    if over == "question":
        return f": {DataQuestion.objects.get(pk=asked['question']).label}"[: NAME_LIMIT // 2]
    if over == "period":
        return f", {russian.short_date(asked['since'])}–{russian.short_date(asked['until'])}"
    return f", {russian.short_date(asked['day'])}" if over == "day" else ""


class TypedFigureForm(forms.Form):
    """«Число из другого источника»: the words as they stand in the letter, and where the number comes from."""

    prefix = "typed"

    typed = Line(label="Число и слова в письме", help_text="Например: более 350 школьников.")
    source = Line(label="Источник", help_text="Кто и где назвал это число: документ, его дата и номер.")
    name = _name("Пусто: как в письме.")

    def clean_typed(self) -> str:
        typed = self.cleaned_data["typed"]
        if not any(character.isdigit() for character in typed):
            raise forms.ValidationError("Здесь нет числа. Введите его цифрами.")
        if "[" in typed or "]" in typed:
            raise forms.ValidationError("Квадратные скобки здесь не ставят.")
        return typed

    def printed_name(self) -> str:
        return self.cleaned_data["name"] or self.cleaned_data["typed"][:NAME_LIMIT]


def matching(words: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The registry as groups of choices; with ``words`` only the figures whose title or description has them all."""
    wanted = russian.search_key(words).split()
    groups = [(title, _found(group, wanted)) for title, group in figures.GROUPS.items()]
    return [(title, found) for title, found in groups if found]


def _found(group: Mapping[str, figures.Query], wanted: list[str]) -> list[tuple[str, str]]:
    keys = {code: russian.search_key(f"{query.title} {query.describes}") for code, query in group.items()}
    return [(code, query.title) for code, query in group.items() if all(word in keys[code] for word in wanted)]


def _questions() -> list[tuple[int, str]]:
    """Of requests that were sent, the newest first."""
    sent = DataQuestion.objects.filter(request__status=RequestStatus.SENT).select_related("request")
    rows = sent.order_by("-request__sent_at", "-request", "position", "pk")[:QUESTIONS_TO_CHOOSE]
    return [(row.pk, f"{row.label} ({row.request})") for row in rows]
