"""The outcome: opened with what is usual, saved as it is written, locked while its letter is under way."""

import datetime
from collections.abc import Iterator

from django.db import transaction

from centers.models import User
from events import kinds, told
from events.models import Event, Outcome, OutcomeTransition
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from events.models.stock_paragraph import TOKEN
from events.outcomes import decision_keys
from events.outcomes.forms import OutcomeEditor
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move

ADDRESSEE = "Руководителям и педагогам образовательных организаций\nТомской области"
SALUTATION = "Уважаемые коллеги!"


class EventNotHeld(Refusal):
    words = "Итоги вносят после мероприятия. Отметьте его проведённым."


class OutcomeLocked(TextLocked):
    words = "Итоги закрыты для правки: по ним есть письмо. Отзовите его с согласования, а отправленное замените новым."


class OutcomeDrafts(Drafts[Outcome]):
    editor_class = OutcomeEditor
    locked = OutcomeLocked
    draft, in_review = OutcomeStatus.DRAFT, OutcomeStatus.FILED
    quotes_figures = True

    def completed(self, of: Outcome, page: Page) -> Page:
        rows = decision_keys.given(page["decisions"], asked=of.commitments.all(), saved=of.decisions.all())
        return {**page, "decisions": rows}

    @transaction.atomic
    def put_back(self, *, of: Outcome, page: Page, by: User, at: datetime.datetime) -> None:
        """An old page exactly, its figures alone, whatever has been written since, whether it is locked or not.

        Call it in a transaction. Raises NoLongerKnown where the page names what the directory has not any more.
        """
        # The row is ours until the commit: its version and state stay as they are read now.
        self.hold(of)
        of.refresh_from_db()
        of.figures.all().delete()
        kept, figures = self.editor_class.keywords(page), page.get("figures", [])
        self._write(
            of, kept, of.version, states=(of.status,), otherwise=WrongStep, by=by, at=at, apart=True, figures=figures
        )


DRAFTS = OutcomeDrafts()
page, written, save, revise = DRAFTS.page, DRAFTS.written, DRAFTS.save, DRAFTS.revise
hold_draft, add_figure, remove_figure = DRAFTS.hold_draft, DRAFTS.add_figure, DRAFTS.remove_figure


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
    told.outcome_filed(outcome.event, at=at)


def unlock(*, outcome: Outcome, by: User, at: datetime.datetime, note: str) -> None:
    """Given back: a draft again."""
    move(outcome, OutcomeStatus.DRAFT, by=by, at=at, note=note, transitions=OutcomeTransition)
    told.outcome_filed(outcome.event, at=at)
