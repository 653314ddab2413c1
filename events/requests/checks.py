"""What is wrong with an answer, in words; a draft may say anything, what is submitted is held against its question."""

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from centers.models import Organization
from centers.organizations.forms import OrganizationForm
from events.models import DataQuestion
from events.models.request import QuestionKind
from rcro_portal.lib.russian import grouped

EMPTY = "Ответа нет."
NOT_A_NUMBER: Mapping[str, str] = {
    QuestionKind.NUMBER: "Нужно целое число цифрами, без слов: 1250.",
    QuestionKind.FRACTION: "Нужно число цифрами, без слов, не больше двух знаков после запятой: 1250,5.",
}
# In one piece, or with the spaces that people and spreadsheets put between thousands; «120 1300» is two numbers.
_WHOLE = r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:\s[0-9]{3}){1,4})"
_NUMBER = re.compile(_WHOLE)
_FRACTION = re.compile(rf"{_WHOLE}(?:[.,][0-9]{{1,2}})?")


def number(text: str) -> int | None:
    """«1 250» is 1250; nothing for what is no whole number."""
    typed = text.strip()
    return int("".join(typed.split())) if _NUMBER.fullmatch(typed) else None


def amount(text: str) -> Decimal | None:
    """«1 250,5» is 1250.5, with two digits behind the comma at most; nothing for what is no number."""
    typed = text.strip()
    return Decimal("".join(typed.split()).replace(",", ".")) if _FRACTION.fullmatch(typed) else None


def measured(question: DataQuestion, text: str) -> Decimal | None:
    """What the answer adds to a sum that may have a fraction."""
    return amount(text) if question.kind == QuestionKind.FRACTION else None


def counted(question: DataQuestion, text: str) -> int | None:
    """What the answer adds to a sum: its number, or how many lines its list has."""
    if question.kind == QuestionKind.NUMBER:
        return number(text)
    return len([line for line in text.split("\n") if line.strip()]) if question.kind == QuestionKind.LIST else None


def faults(questions: Iterable[DataQuestion], answers: Mapping[str, str]) -> dict[str, str]:
    """By the keys of the questions; empty where the sheet may go."""
    found = {one.key: fault(one, answers.get(one.key, "")) for one in questions}
    return {key: words for key, words in found.items() if words}


def fault(question: DataQuestion, text: str) -> str:
    if not text.strip():
        return EMPTY if question.required else ""
    match question.kind:
        case QuestionKind.NUMBER:
            return _within(question, number(text))
        case QuestionKind.FRACTION:
            return _within(question, amount(text))
        case QuestionKind.DATE:
            return "" if _day(text) else "Укажите день: 05.10.2026."
        case QuestionKind.CHOICE | QuestionKind.YES_NO:
            return "" if text in question.options else "Выберите ответ из списка."
    return _of_card(question, text) if question.writes else ""


def said(question: DataQuestion, text: str) -> str:
    """A kept answer as people read it: a day as «05.10.2026»."""
    if question.kind != QuestionKind.DATE or not text:
        return text
    try:
        return f"{datetime.date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:
        return text


def _within(question: DataQuestion, value: int | Decimal | None) -> str:
    if value is None:
        return NOT_A_NUMBER[question.kind]
    if question.least is not None and value < question.least:
        return f"Не меньше {grouped(question.least)}. Если это правда так, напишите методисту."
    if question.most is not None and value > question.most:
        return f"Не больше {grouped(question.most)}. Если это правда так, напишите методисту."
    return ""


def _of_card(question: DataQuestion, text: str) -> str:
    try:
        for_card(question.known, text)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def for_card(name: str, text: str) -> str:
    """The answer as the card of the organisation keeps it. Raises ValidationError."""
    value = OrganizationForm.base_fields[name].clean(text)
    Organization._meta.get_field(name).run_validators(value)
    return str(value)


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
