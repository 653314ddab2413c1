"""The outcome: opened with what is usual, saved as it is written, locked while its letter is under way."""

import datetime
import re
from collections.abc import Iterator
from typing import Any, Self

from django.db import transaction
from django.db.models import F

from centers.models import User
from events import decision_keys, kinds, outcome_pages
from events.models import Event, Outcome, OutcomeFigure, OutcomeRevision, OutcomeTransition
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from rcro_portal.lib.drafts import differences, revisions
from rcro_portal.lib.drafts.models import GrammaticalCase
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move

# A figure in the text: its name in double square brackets.
TOKEN = re.compile(r"\[\[([^\[\]\n]{1,150})\]\]")
ADDRESSEE = "Руководителям и педагогам образовательных организаций\nТомской области"
SALUTATION = "Уважаемые коллеги!"


class EventNotHeld(Refusal):
    words = "Итоги вносят после мероприятия. Отметьте его проведённым."


class OutcomeLocked(Refusal):
    words = "Итоги закрыты для правки: по ним есть письмо. Отзовите его с согласования, а отправленное замените новым."


class OutcomeChanged(Refusal):
    """Somebody else saved while this text was being written."""

    words = "Пока вы писали, текст изменён. Ваш вариант сохранён: сравните и выберите, что оставить."

    @classmethod
    def by(cls, outcome: Outcome) -> Self:
        return cls(cls.words.replace("изменён", f"изменён: {outcome.edited_by.person.surname_first.rstrip('.')}"))


def tokens_in(*texts: str) -> Iterator[str]:
    """The names of the figures that the texts quote, in order."""
    for text in texts:
        yield from (name.strip() for name in TOKEN.findall(text))


def begin(*, event: Event, by: User, at: datetime.datetime) -> Outcome:
    """The outcome of a held event, made at the first call. Raises EventNotHeld."""
    if event.status != EventStatus.HELD:
        raise EventNotHeld
    outcome, _ = Outcome.objects.get_or_create(
        event=event,
        defaults={
            "prepared_by": by.person,
            "subject_line": _subject_line(event),
            "addressee": ADDRESSEE,
            "salutation": SALUTATION,
            "edited_by": by,
            "edited_at": at,
        },
    )
    return outcome


def _subject_line(event: Event) -> str:
    return f"Об итогах проведения {kinds.named(event, kinds.words(event.kind).genitive)}"


def save(*, outcome: Outcome, by: User, at: datetime.datetime, **page: Any) -> None:
    """Save the whole editor (``page``: what ``Editor.cleaned`` gives), if the outcome is a draft and still the version
    that the writer had before their eyes.

    Whoever comes second gets OutcomeChanged and nothing is written; a filed outcome refuses with OutcomeLocked. The
    very text that is saved already counts as saved: its sender has not heard the answer.
    """
    try:
        _write(outcome, OutcomeStatus.DRAFT, OutcomeLocked, by=by, at=at, **page)
    except OutcomeChanged:
        if not is_saved(outcome=outcome, **page):
            raise
        outcome.refresh_from_db()


def is_saved(*, outcome: Outcome, **page: Any) -> bool:
    """The editor holds what the outcome holds (``page`` as for ``save``)."""
    now = outcome_pages.outcome_page(outcome)
    page = {**page, "decisions": decision_keys.given(outcome, page["decisions"])}
    return {**now, **outcome_pages.as_data(**page)} == now


def keep_aside(
    *, outcome: Outcome, by: User, at: datetime.datetime, version: int, again: int = 0, **page: Any
) -> OutcomeRevision:
    """The text of who came second, kept beside the saved one until they have chosen; ``page`` as for ``save``.

    ``again`` is the revision that the same page made before: written on, it takes its place.
    """
    data = outcome_pages.as_data(**page)
    return revisions.keep_aside(outcome.revisions, page=data, version=version, by=by, at=at, again=again)


def restore(*, outcome: Outcome, revision: OutcomeRevision, version: int, by: User, at: datetime.datetime) -> None:
    """«Вернуть этот вариант»: an old page as a new save, with the figures that it quotes. Raises as ``save`` does."""
    page = outcome_pages.keywords(revision.page)
    _write(outcome, OutcomeStatus.DRAFT, OutcomeLocked, version=version, by=by, at=at, apart=True, old=revision, **page)


def merge(
    *, outcome: Outcome, aside: OutcomeRevision, mine: set[int], version: int, by: User, at: datetime.datetime
) -> None:
    """Of each difference between the saved text and the one kept aside, the side that its writer chose (``mine``: the
    places where it is their own). Raises as ``save`` does."""
    chosen = differences.merged(difference(outcome, aside), mine)
    page = outcome_pages.keywords({"talks": [], "problems": [], "decisions": [], **chosen})
    _write(outcome, OutcomeStatus.DRAFT, OutcomeLocked, version=version, by=by, at=at, apart=True, **page)


def difference(outcome: Outcome, aside: OutcomeRevision) -> list[differences.Pair]:
    """From the outcome as it is saved now to the text kept aside."""
    now = outcome_pages.parts(outcome_pages.outcome_page(outcome))
    return differences.aligned(now, outcome_pages.parts(aside.page))


def put_back(*, outcome: Outcome, page: dict[str, Any], by: User, at: datetime.datetime) -> None:
    """An old page exactly, its figures alone, whatever has been written since, whether the outcome is locked or not.

    Call it in a transaction. Raises NoLongerKnown where the page names what the directory has not any more.
    """
    # The row is ours until the commit: its version and state stay as they are read now.
    Outcome.objects.filter(pk=outcome.pk).update(version=F("version"))
    outcome.refresh_from_db()
    outcome.figures.all().delete()
    OutcomeFigure.objects.bulk_create(OutcomeFigure(outcome=outcome, **figure) for figure in page.get("figures", []))
    kept = outcome_pages.keywords(page)
    _write(outcome, outcome.status, WrongStep, version=outcome.version, by=by, at=at, apart=True, **kept)


def revise(*, outcome: Outcome, by: User, at: datetime.datetime, **page: Any) -> None:
    """The head's correction of a filed outcome; call it in the transaction of the new snapshot and the approval."""
    _write(outcome, OutcomeStatus.FILED, WrongStep, by=by, at=at, **page)


@transaction.atomic
def _write(
    outcome: Outcome,
    status: str,
    otherwise: type[Refusal],
    *,
    version: int,
    talks: list[dict[str, Any]],
    problems: list[dict[str, Any]],
    decisions: list[dict[str, Any]],
    by: User,
    at: datetime.datetime,
    apart: bool = False,
    old: OutcomeRevision | None = None,
    **fields: Any,
) -> None:
    _keep_first(outcome)
    rows = Outcome.objects.filter(pk=outcome.pk, status=status)
    if rows.filter(version=version).update(version=F("version") + 1, edited_by=by, edited_at=at, **fields) != 1:
        newest = rows.select_related("edited_by__person").first()
        raise OutcomeChanged.by(newest) if newest else otherwise
    outcome.refresh_from_db()
    _write_anew(outcome.talks, talks)
    _write_anew(outcome.problem_areas, problems)
    decisions = decision_keys.given(outcome, decisions)
    for decision, row in zip(_write_anew(outcome.decisions, decisions, without="owed_by"), decisions, strict=True):
        decision.owed_by.set(row.get("owed_by", []))
    if old:
        _bring_figures(outcome, old)
    now = outcome_pages.outcome_page(outcome)
    revisions.keep(outcome.revisions, page=now, version=outcome.version, by=by, at=at, apart=apart)


def _keep_first(outcome: Outcome) -> None:
    """What the first save changes: the outcome as it was begun, or as it was before histories were kept."""
    if outcome.revisions.filter(aside=False).exists():
        return
    before = Outcome.objects.get(pk=outcome.pk)
    page = outcome_pages.outcome_page(before)
    outcome.revisions.create(page=page, version=before.version, by=before.edited_by, at=before.edited_at)


def _bring_figures(outcome: Outcome, old: OutcomeRevision) -> None:
    """The figures of an old page that were removed since; one of the same name stays as it is now."""
    for figure in old.page.get("figures", []):
        known = {name: figure[name] for name in outcome_pages.FIGURE if name != "name"}
        outcome.figures.get_or_create(name=figure["name"], defaults=known)


def _write_anew(rows: Any, values: list[dict[str, Any]], without: str = "") -> list[Any]:
    """The rows as they stand on the page now, in its order; nothing refers to the rows of what is not sent."""
    rows.all().delete()
    return [
        rows.create(position=position, **{name: value for name, value in row.items() if name != without})
        for position, row in enumerate(values, 1)
    ]


def refuse_locked(outcome: Outcome) -> None:
    """Raises OutcomeLocked."""
    if outcome.status != OutcomeStatus.DRAFT:
        raise OutcomeLocked


def is_draft(outcome: Outcome) -> bool:
    """As the database has it now."""
    return Outcome.objects.drafts().filter(pk=outcome.pk).exists()


def hold_draft(outcome: Outcome) -> None:
    """Nobody saves or files it until the commit. Raises OutcomeLocked."""
    if not Outcome.objects.drafts().filter(pk=outcome.pk).update(version=F("version")):
        raise OutcomeLocked


@transaction.atomic
def add_figure(
    *,
    outcome: Outcome,
    name: str,
    query: str = "",
    parameters: dict[str, Any] | None = None,
    case: str = GrammaticalCase.NOMINATIVE,
    typed: str = "",
    source: str = "",
) -> OutcomeFigure:
    """A figure that the text may quote by its name; the same name again changes what it counts.

    One that no query counts is ``typed`` in the words of the letter («более 350 школьников») and names its ``source``.
    """
    hold_draft(outcome)
    values = {"query": query, "parameters": parameters or {}, "case": case, "typed": typed, "source": source}
    figure, _ = OutcomeFigure.objects.update_or_create(outcome=outcome, name=name, defaults=values)
    return figure


@transaction.atomic
def remove_figure(*, outcome: Outcome, figure: OutcomeFigure) -> None:
    hold_draft(outcome)
    figure.delete()


def lock(*, outcome: Outcome, by: User, at: datetime.datetime, note: str = "") -> None:
    """Filed as the version that ``outcome`` is: nobody edits it now. Call inside the transaction that opens the letter,
    or gives up a replacement. Raises WrongStep where it was filed or saved meanwhile.
    """
    move(
        outcome,
        OutcomeStatus.FILED,
        by=by,
        at=at,
        note=note,
        transitions=OutcomeTransition,
        seen={"version": outcome.version},
    )


def unlock(*, outcome: Outcome, by: User, at: datetime.datetime, note: str) -> None:
    """Given back: a draft again."""
    move(outcome, OutcomeStatus.DRAFT, by=by, at=at, note=note, transitions=OutcomeTransition)
