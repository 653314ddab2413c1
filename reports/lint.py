"""What stands between an outcome and its filing, each finding with the place where it is mended."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from centers.models import Center, Coordinator
from events import outcomes
from events.models import Decision, Outcome, OutcomeFigure, Talk
from events.models.outcome import DecisionKind, TalkAct
from rcro_portal import russian, working_days
from rcro_portal.drafting import QuotedFigure
from rcro_portal.refusals import Refusal
from reports import content, figures, gender_lint, rendering, text_lint

BEGINNINGS = ("О ", "Об ", "О\u00a0", "Об\u00a0")
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Act:
    """What one press mends: a button whose form posts the fields."""

    label: str
    url: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """What is wrong, in words; the anchor of the place in the editor, or the address of another page.

    What does not block is advice: the author may file with it.
    """

    words: str
    anchor: str = ""
    blocks: bool = True
    url: str = ""
    act: Act | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Place:
    """A text that people wrote, and the anchor of its field in the editor."""

    anchor: str
    text: str


class NotReady(Refusal):
    """The outcome cannot be filed yet; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("Итоги пока нельзя направить. " + " ".join(finding.words for finding in findings))


def refuse_unready(outcome: Outcome, *, at: datetime.datetime) -> None:
    """Raises NotReady."""
    found = [finding for finding in findings(outcome, at=at) if finding.blocks]
    if found:
        raise NotReady(found)


def findings(outcome: Outcome, *, at: datetime.datetime) -> Iterator[Finding]:
    """All of the outcome's text; ``without_mail`` speaks of who will get it."""
    talks = list(outcome.talks.select_related("speaker").order_by("position", "pk"))
    decisions = list(outcome.decisions.order_by("position", "pk"))
    rows = {row.name: row for row in outcome.figures.all()}
    written = list(places(outcome, talks, decisions))
    yield from heading(outcome.subject_line, "subject_line")
    yield from _talks(talks)
    yield from _decisions(outcome, decisions, timezone.localtime(at).date())
    yield from _figures(rows, written)
    yield from _texts(rows, written)


def heading(line: str, anchor: str) -> Iterator[Finding]:
    if not line.startswith(BEGINNINGS) or line.strip() in ("О", "Об"):
        yield Finding("Заголовок письма начинается с «О» или «Об».", anchor)
    elif line.rstrip().endswith("."):
        yield Finding("Точку в конце заголовка не ставят.", anchor)


def _talks(talks: list[Talk]) -> Iterator[Finding]:
    if not talks:
        yield Finding("Внесите хотя бы одно выступление.", "talks")
    for number, talk in enumerate(talks):
        name = talk.speaker.surname_first
        if not talk.post and talk.act != TalkAct.ANSWERED:
            yield Finding(f"Не указана должность: {name}", f"talks-{number}-post")
        if not talk.text and talk.act in (TalkAct.REPORTED, TalkAct.SHARED):
            yield Finding(f"Не внесено содержание выступления: {name}", f"talks-{number}-text")
        for verb, right in gender_lint.wrong_verbs(talk.text, talk.speaker.gender):
            words = f"{name}: «{verb}» не согласуется с именем. Напишите «{right}»."
            yield Finding(words, f"talks-{number}-text", blocks=False)


def _decisions(outcome: Outcome, decisions: list[Decision], today: datetime.date) -> Iterator[Finding]:
    if not decisions:
        yield Finding("Внесите решение, обращение или пункт «К сведению».", "decisions")
    for number, decision in enumerate(decisions):
        due_on, anchor = decision.due_on, f"decisions-{number}-due_on"
        if decision.kind == DecisionKind.DECISION and due_on is None:
            yield Finding("У решения нет срока. Укажите срок или отметьте «К сведению».", anchor)
        elif due_on and due_on < today:
            yield Finding(f"Срок решения {russian.short_date(due_on)} уже прошёл.", anchor)
        elif due_on and working_days.is_day_off(due_on):
            yield _on_a_day_off(outcome, number, due_on)


def _on_a_day_off(outcome: Outcome, number: int, due_on: datetime.date) -> Finding:
    """«Срок 10.08.2014 — воскресенье. Поставить 11.08.2014?»: the offer is one press."""
    weekday = WEEKDAYS[due_on.weekday()] if due_on.weekday() >= 5 else "нерабочий праздничный день"
    following = russian.short_date(working_days.next_working_day(due_on))
    act = Act(
        f"Поставить {following}",
        reverse("reports:outcome-postpone", args=[outcome.pk]),
        {"decision": str(number), "version": str(outcome.version)},
    )
    words = f"Срок {russian.short_date(due_on)} – {weekday}. Поставить {following}?"
    return Finding(words, f"decisions-{number}-due_on", blocks=False, act=act)


def _figures(rows: dict[str, OutcomeFigure], written: list[Place]) -> Iterator[Finding]:
    if content.PRESENT in rows:
        yield Finding(f"Показатель «{content.PRESENT}» портал считает сам. Назовите свой иначе.", "figures")
    for place in written:
        quoted = list(dict.fromkeys(outcomes.tokens_in(place.text)))
        yield from (_unknown(name, place.anchor) for name in quoted if name not in rows)
        yield from _differently_asked([rows[name] for name in quoted if name in rows], place.anchor)


def _unknown(name: str, anchor: str) -> Finding:
    return Finding(f"Показателя «{name}» нет в списке. Вставьте его кнопкой «Вставить показатель».", anchor)


def _differently_asked(rows: list[OutcomeFigure], anchor: str) -> Iterator[Finding]:
    """A part and its whole in one text, but counted over different years or periods."""
    for part in rows:
        whole = figures.QUERIES[part.query].part_of if part.query in figures.QUERIES else ""
        others = [row for row in rows if whole and row.query == whole]
        if others and all(row.parameters != part.parameters for row in others):
            words = f"Показатели «{part.name}» и «{others[0].name}» взяты за разное время. Проверьте."
            yield Finding(words, anchor, blocks=False)


def _texts(rows: dict[str, OutcomeFigure], written: list[Place]) -> Iterator[Finding]:
    sourced = [row.typed for row in rows.values() if row.typed]
    for place in written:
        for missing in rendering.missing_glyphs(place.text):
            yield Finding(f"Символа {missing} нет в шрифте письма. Удалите его.", place.anchor)
        # A decision says what to do: its numbers are asked for, not counted.
        counted = () if place.anchor.startswith("decisions") else text_lint.typed_numbers(place.text, sourced)
        for remark in (*text_lint.gaps(place.text), *counted, *of_parts(place.text, rows)):
            yield Finding(remark.words, place.anchor, blocks=remark.blocks)


def of_parts(text: str, rows: Mapping[str, QuotedFigure]) -> Iterator[text_lint.Remark]:
    """Parts above the whole in what would be printed; silent while a figure of the text cannot be counted."""
    if not text_lint.INCLUDING.search(text):
        return
    names = set(outcomes.tokens_in(text))
    if not names <= rows.keys():
        return
    try:
        printed = content.fill(text, {name: content.quoted(rows[name]) for name in names})
    except figures.UnknownFigure:
        return
    for paragraph in printed.split("\n"):
        yield from text_lint.parts_above_the_whole(paragraph)


def places(outcome: Outcome, talks: list[Talk], decisions: list[Decision]) -> Iterator[Place]:
    """Everything that people wrote into the outcome, each with the field where it stands."""
    for name in ("subject_line", "addressee", "salutation", "problem_source"):
        yield Place(name, getattr(outcome, name))
    for number, talk in enumerate(talks):
        for name in ("capacity", "post", "title", "text"):
            yield Place(f"talks-{number}-{name}", getattr(talk, name))
    for number, area in enumerate(outcome.problem_areas.order_by("position", "pk")):
        yield Place(f"problems-{number}", area.text)
    for number, decision in enumerate(decisions):
        yield Place(f"decisions-{number}-text", decision.text)


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
