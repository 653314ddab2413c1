"""What stands between an outcome and its filing, each finding with the place where it is mended."""

import datetime
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone

from centers.models import CalendarYear, Center, Coordinator, Organization
from events.models import Decision, Event, Outcome, OutcomeFigure, Talk
from events.models.outcome import DecisionKind
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.working_days import Calendar
from reports.composing import appendix_lint, content, decision_lint, place_lint, talk_lint
from reports.composing.findings import Act, Finding, Place, placed
from reports.figures import Quoted

BEGINNINGS = ("О ", "Об ", "О\u00a0", "Об\u00a0")
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
NAMED_AT_MOST = 5
FIELDS = {
    "subject_line": "Заголовок письма",
    "addressee": "Кому",
    "salutation": "Обращение",
    "summary": "Итоги в целом",
    "problem_source": "Где выявлены проблемные зоны",
}


class OutcomeNotReady(Refusal):
    """The outcome cannot be filed yet; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("Итоги пока нельзя направить. " + " ".join(finding.said for finding in findings))


def refuse_unready(outcome: Outcome, *, at: datetime.datetime, counted: Iterable[Quoted] = ()) -> None:
    """Raises OutcomeNotReady."""
    found = [finding for finding in findings(outcome, at=at, counted=counted) if finding.blocks]
    if found:
        raise OutcomeNotReady(found)


def findings(outcome: Outcome, *, at: datetime.datetime, counted: Iterable[Quoted] = ()) -> Iterator[Finding]:
    """All of the outcome's text; ``without_mail`` speaks of who will get it.

    ``counted`` are figures as the letter's content has them already: they are not counted again.
    """
    talks = list(outcome.talks.select_related("speaker").order_by("position", "pk"))
    decisions = list(outcome.decisions.order_by("position", "pk"))
    rows = {row.name: row for row in outcome.figures.all()}
    written = list(places(outcome, talks, decisions))
    today = timezone.localtime(at).date()
    found = [
        *_event(outcome.event, today),
        *heading(outcome.subject_line, "subject_line"),
        *_talks(outcome, talks),
        *_decisions(outcome, decisions, today),
        *_figures(rows, written),
        *place_lint.findings(written, rows, encloses=outcome.appendices.exists(), counted=counted),
        *appendix_lint.findings(outcome.appendices, "outcome", outcome.pk),
    ]
    yield from placed(found, {**_rows_of_the_editor(talks, decisions), **{place.anchor: place for place in written}})


def heading(line: str, anchor: str) -> Iterator[Finding]:
    if not line.startswith(BEGINNINGS) or line.strip() in ("О", "Об"):
        yield Finding("Заголовок письма начинается с «О» или «Об».", anchor)
    elif line.rstrip().endswith("."):
        yield Finding("Точку в конце заголовка не ставят.", anchor)


def _event(event: Event, today: datetime.date) -> Iterator[Finding]:
    if event.last_day > today:
        url = reverse("reports:event-page", args=[event.pk])
        words = f"Мероприятие заканчивается {russian.long_date(event.last_day)} Письмо об итогах направляют после него."
        yield Finding(words, url=url)


def _talks(outcome: Outcome, talks: list[Talk]) -> Iterator[Finding]:
    if not talks and not outcome.summary:
        yield Finding("Внесите хотя бы одно выступление или «Итоги в целом».", "talks")
    yield from talk_lint.findings(outcome, talks)


def _decisions(outcome: Outcome, decisions: list[Decision], today: datetime.date) -> Iterator[Finding]:
    if not decisions and not outcome.summary:
        yield Finding("Внесите решение, обращение или пункт «К сведению».", "decisions")
    elif not decisions:
        words = "Письмо ничего не поручает и ни о чём не просит: ответа портал ждать не будет."
        yield Finding(words, "decisions", blocks=False)
    calendar = CalendarYear.objects.calendar()
    for number, decision in enumerate(decisions):
        due_on, anchor = decision.due_on, f"decisions-{number}-due_on"
        if decision.kind == DecisionKind.DECISION and due_on is None:
            yield Finding("У решения нет срока. Укажите срок или отметьте «К сведению».", anchor)
        elif due_on and due_on < today:
            yield Finding(f"Срок решения {russian.short_date(due_on)} уже прошёл.", anchor)
        elif due_on:
            yield from _day_of_the_term(outcome, number, due_on, calendar)
            yield from _begun(number, decision, today)
        yield from _debtors(outcome, number, decision)
    yield from decision_lint.findings(decisions)


def _begun(number: int, decision: Decision, today: datetime.date) -> Iterator[Finding]:
    if decision.starts_on and decision.starts_on < today:
        words = f"Период решения начинается {russian.short_date(decision.starts_on)}: этот день уже прошёл. Проверьте."
        yield Finding(words, f"decisions-{number}-starts_on", blocks=False)


def _debtors(outcome: Outcome, number: int, decision: Decision) -> Iterator[Finding]:
    """Whom the portal asks nothing, and who sees to it instead."""
    if decision.debtors and not decision.owed_by_others.exists():
        centers = "" if decision.owed_by.exists() else " Поручений РВЦИ не будет."
        words = (
            f"Решение {number + 1} исполняют не РВЦИ ({quoted(decision.debtors)}): ответа портал не ждёт, "
            f"за исполнением следит исполнитель письма, {outcome.prepared_by.surname_first}{centers}"
        )
        yield Finding(words, f"decisions-{number}-debtors", blocks=False)


def _day_of_the_term(outcome: Outcome, number: int, due_on: datetime.date, calendar: Calendar) -> Iterator[Finding]:
    """A term on a day off, and one in a year of which nobody knows what the decree moves."""
    following = calendar.next_working_day(due_on) if calendar.is_day_off(due_on) else None
    if following:
        yield _on_a_day_off(outcome, number, due_on, following)
    if doubt := calendar.doubt(due_on, following or due_on):
        words = f"{doubt} Проверьте срок {russian.short_date(due_on)}."
        yield Finding(words, f"decisions-{number}-due_on", blocks=False)


def _on_a_day_off(outcome: Outcome, number: int, due_on: datetime.date, following: datetime.date) -> Finding:
    """«Срок 10.08.2014 — воскресенье. Поставить 11.08.2014?»: the offer is one press."""
    weekday = WEEKDAYS[due_on.weekday()] if due_on.weekday() >= 5 else "нерабочий день"
    offered = russian.short_date(following)
    act = Act(
        f"Поставить {offered}",
        reverse("reports:outcome-postpone", args=[outcome.pk]),
        {"decision": str(number), "version": str(outcome.version)},
    )
    words = f"Срок {russian.short_date(due_on)} – {weekday}. Поставить {offered}?"
    return Finding(words, f"decisions-{number}-due_on", blocks=False, act=act)


def _figures(rows: dict[str, OutcomeFigure], written: list[Place]) -> Iterator[Finding]:
    if content.PRESENT in rows:
        yield Finding(f"Показатель «{content.PRESENT}» портал считает сам. Назовите свой иначе.", "figures")
    yield from place_lint.of_figures(written, rows)


def places(outcome: Outcome, talks: list[Talk], decisions: list[Decision]) -> Iterator[Place]:
    """Everything that people wrote into the outcome, each with the field where it stands."""
    followed = any(decision.kind == DecisionKind.DECISION for decision in decisions)
    for name, label in FIELDS.items():
        yield Place(name, getattr(outcome, name), label, followed=followed)
    for number, talk in enumerate(talks):
        for name in ("capacity", "post", "title", "text"):
            yield Place(f"talks-{number}-{name}", getattr(talk, name), f"Выступление {number + 1}", followed=followed)
    for number, area in enumerate(outcome.problem_areas.order_by("position", "pk")):
        yield Place(f"problems-{number}", area.text, f"Проблемная зона {number + 1}")
    for number, decision in enumerate(decisions):
        # It says what to do: its numbers are asked for, not counted.
        own = decision.kind == DecisionKind.DECISION
        yield Place(f"decisions-{number}-text", decision.text, _named(decision, number), counts=False, followed=own)
        yield Place(f"decisions-{number}-debtors", decision.debtors, _named(decision, number), counts=False)


def _rows_of_the_editor(talks: list[Talk], decisions: list[Decision]) -> dict[str, Place]:
    """Whole rows, for findings about a field that holds no text of its own."""
    rows = [Place(f"talks-{number}", talk.text, f"Выступление {number + 1}") for number, talk in enumerate(talks)]
    rows += [Place(f"decisions-{number}", one.text, _named(one, number)) for number, one in enumerate(decisions)]
    return {row.anchor: row for row in rows}


def _named(decision: Decision, number: int) -> str:
    """«Решение 4»: by its place in the editor, where appeals and information stand among the decisions."""
    return f"{russian.upper_first(decision.get_kind_display())} {number + 1}"


def without_mail(centers: Iterable[Center], day: datetime.date) -> Iterator[Finding]:
    """Centres that no message can reach: neither the coordinator of the day nor the organisation has an address."""
    reached = Coordinator.objects.in_force_on(day).exclude(person__email="").values_list("center", flat=True)
    with_mail = set(reached)
    silent = [center for center in centers if not center.organization.email and center.pk not in with_mail]
    for center in silent[:NAMED_AT_MOST]:
        url = reverse("centers:center-detail", args=[center.pk])
        yield Finding(f"Нет адреса электронной почты: {center}. Письмо туда не уйдёт.", url=url, blocks=False)
    if len(silent) > NAMED_AT_MOST:
        url = reverse("centers:center-list")
        yield Finding(f"Без адреса ещё {len(silent) - NAMED_AT_MOST} РВЦИ.", url=url, blocks=False)


def others_without_mail(organizations: Iterable[Organization]) -> Iterator[Finding]:
    """Organisations that owe an answer and cannot be asked by mail."""
    for organization in organizations:
        if not organization.email:
            words = f"Нет адреса электронной почты: {organization}. Поручение будет, но письмо туда не уйдёт."
            yield Finding(words, blocks=False)
