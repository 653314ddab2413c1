"""What stands between an outcome and its filing, each finding with the place where it is mended."""

import datetime
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone

from centers.models import Center, Coordinator, Organization
from events.models import Decision, Event, Outcome, OutcomeFigure, Talk
from events.models.outcome import DecisionKind
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal
from reports.composing import appendix_lint, content, decision_lint, place_lint, talk_lint, term_lint
from reports.composing.findings import Finding, Place, placed
from reports.figures import Quoted
from reports.models import headings

BEGINNINGS = ("О ", "Об ", "О\u00a0", "Об\u00a0")
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
    if not line.startswith(BEGINNINGS) or line.strip() in headings.BARE:
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
    url = reverse("reports:outcome-postpone", args=[outcome.pk])
    yield from term_lint.findings(term_lint.Text(outcome.prepared_by, url, outcome.version), decisions, today)
    yield from decision_lint.findings(decisions)


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
