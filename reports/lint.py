"""What stands between an outcome and its filing, named so that the author knows where to look."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.utils import timezone

from events import outcomes
from events.models import Outcome
from events.models.outcome import DecisionKind, TalkAct
from rcro_portal import russian
from rcro_portal.refusals import Refusal
from reports import content, rendering


class Finding(NamedTuple):
    """What is wrong, in words, and the anchor of the place on the outcome's page."""

    words: str
    anchor: str


class NotReady(Refusal):
    """The outcome cannot be filed yet; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("Итоги пока нельзя направить. " + " ".join(finding.words for finding in findings))


def refuse_unready(outcome: Outcome, *, at: datetime.datetime) -> None:
    """Raises NotReady."""
    found = list(findings(outcome, at=at))
    if found:
        raise NotReady(found)


def findings(outcome: Outcome, *, at: datetime.datetime) -> Iterator[Finding]:
    yield from _heading(outcome)
    yield from _talks(outcome)
    yield from _decisions(outcome, timezone.localtime(at).date())
    yield from _figures(outcome)


def _heading(outcome: Outcome) -> Iterator[Finding]:
    if not outcome.subject_line.startswith(("О ", "Об ", "О\u00a0", "Об\u00a0")):
        yield Finding("Заголовок письма начинается с «О» или «Об».", "letter")


def _talks(outcome: Outcome) -> Iterator[Finding]:
    talks = list(outcome.talks.select_related("speaker"))
    if not talks:
        yield Finding("Внесите хотя бы одно выступление.", "talks")
    for talk in talks:
        if not talk.post and talk.act != TalkAct.ANSWERED:
            yield Finding(f"Не указана должность: {talk.speaker.surname_first}", "talks")
        if not talk.text and talk.act in (TalkAct.REPORTED, TalkAct.SHARED):
            yield Finding(f"Не внесено содержание выступления: {talk.speaker.surname_first}", "talks")


def _decisions(outcome: Outcome, today: datetime.date) -> Iterator[Finding]:
    decisions = list(outcome.decisions.all())
    if not decisions:
        yield Finding("Внесите решение, обращение или пункт «К сведению».", "decisions")
    for decision in decisions:
        if decision.kind == DecisionKind.DECISION and decision.due_on is None:
            yield Finding("У решения нет срока. Укажите срок или отметьте «К сведению».", "decisions")
        elif decision.due_on and decision.due_on < today:
            yield Finding(f"Срок решения {russian.short_date(decision.due_on)} уже прошёл.", "decisions")


def _figures(outcome: Outcome) -> Iterator[Finding]:
    known = set(outcome.figures.values_list("name", flat=True))
    if content.PRESENT in known:
        yield Finding(f"Показатель «{content.PRESENT}» портал считает сам. Назовите свой иначе.", "figures")
    for name in outcomes.tokens_in(*texts(outcome)):
        if name not in known:
            yield Finding(f"Показателя «{name}» нет в списке. Вставьте его кнопкой «Вставить показатель».", "figures")
    for missing in rendering.missing_glyphs(" ".join(texts(outcome))):
        yield Finding(f"Символа {missing} нет в шрифте письма. Удалите его.", "talks")


def texts(outcome: Outcome) -> list[str]:
    """Everything that people wrote into the outcome."""
    return [
        outcome.subject_line,
        outcome.addressee,
        outcome.salutation,
        outcome.problem_source,
        *outcome.talks.values_list("text", flat=True),
        *outcome.talks.values_list("title", flat=True),
        *outcome.problem_areas.values_list("text", flat=True),
        *outcome.decisions.values_list("text", flat=True),
    ]
