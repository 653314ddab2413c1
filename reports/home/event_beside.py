"""What stands beside an event on its page: each table asked once, however many rows there are."""

from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from events.acts import EventCase
from events.models import Attendance, Commitment, Decision, Event
from events.outcomes import reopenings
from events.permissions import is_office
from events.programme import items
from reports.models import Approval, CertificateRelease, Letter, LetterTransition
from reports.models.letter import LetterKind, LetterStatus

READ_WITH_A_LETTER = ("entry", "department", "snapshot", "authority", "prepared_by", "filed_by", "outcome")


def _is_living(letter: Letter) -> bool:
    """What ``living`` says of one row."""
    return letter.replaced_by_id is None and letter.status != LetterStatus.ANNULLED


def _is_in_force(letter: Letter) -> bool:
    return letter.replaced_by_id is None and letter.status == LetterStatus.SENT


def _since() -> Subquery:
    """When a letter came last to the state in which it is."""
    steps = LetterTransition.objects.filter(letter=OuterRef("pk"), after=OuterRef("status"))
    return Subquery(steps.order_by("-pk").values("at")[:1])


def events() -> QuerySet[Event]:
    """With what the page says of each; ``names_debtors``: a decision names in words alone who owes it.

    ``has_certificates``: a release of them was prepared.
    """
    related = ("department", "schedule", "plan_item", "planned_by__person", "series", "prep_session")
    rows = Event.objects.select_related("outcome__reopening", "outcome__prepared_by", *related)
    named = Decision.objects.filter(outcome__event=OuterRef("pk")).exclude(debtors="")
    certified = CertificateRelease.objects.filter(event=OuterRef("pk"))
    return rows.annotate(names_debtors=Exists(named), has_certificates=Exists(certified))


class Beside:
    """Rows of the event of an ``EventCase``, one of ``events``; it keeps itself who comes and its programme."""

    def __init__(self, case: EventCase) -> None:
        self.case, self.is_office = case, is_office(case.user)
        self.event: Any = case.row
        who, parts = Attendance.objects.named(), items.rows(self.event)
        prefetch_related_objects([self.event], Prefetch("attendances", who), Prefetch("programme", parts))

    # -- Letters ------------------------------------------------------------------------------------------------------

    @cached_property
    def letters(self) -> list[Letter]:
        """Of its outcome and of its announcement, the oldest first."""
        of_event = Q(outcome__event=self.event) | Q(event=self.event, kind=LetterKind.ANNOUNCEMENT)
        rows = Letter.objects.filter(of_event).select_related(*READ_WITH_A_LETTER)
        said = {
            "waits_since": _since(),
            "has_answers": Exists(Approval.objects.filter(snapshot__letter=OuterRef("pk"))),
        }
        return list(rows.with_signing_of(self.case.user, self.case.day).annotate(**said).order_by("pk"))

    @property
    def announcements(self) -> list[Letter]:
        return [one for one in self.letters if one.outcome_id is None and _is_living(one)]

    @property
    def letters_of_outcome(self) -> list[Letter]:
        """The newest first: one on its way beside those that were sent. Annulled ones while alone."""
        rows = [one for one in reversed(self.letters) if one.outcome_id]
        return [one for one in rows if one.status != LetterStatus.ANNULLED] or rows[:1]

    @property
    def in_force(self) -> Letter | None:
        """While a replacement is on its way the sent letter is the event's."""
        return next((one for one in self.letters_of_outcome if _is_in_force(one)), None)

    @property
    def under_way(self) -> Letter | None:
        """Not sent yet: the letter of the outcome, or the one that replaces what was sent."""
        return next((one for one in self.letters_of_outcome if _is_living(one) and not _is_in_force(one)), None)

    # -- What is owed -------------------------------------------------------------------------------------------------

    @cached_property
    def commitments(self) -> list[Commitment]:
        """Those that this person may see; none before a letter was sent."""
        if not any(one.status == LetterStatus.SENT for one in self.letters):
            return []
        rows = Commitment.objects.visible_to(self.case.user, self.case.day).filter(outcome__event=self.event)
        order = ("position", "decision_key", "status", "organization__sort_key")
        return list(rows.select_related("organization__center").order_by(*order))

    @property
    def owed_by_others(self) -> list[Decision]:
        """What a letter that is out asks of those who are no centres and do not answer here: its author sees to it."""
        if self.in_force is None:
            return []
        others = [row for row in self.commitments if not hasattr(row.organization, "center")]
        answered_here = {str(row.decision_key) for row in others}
        outcome = self.event.outcome
        if not self.event.names_debtors and not hasattr(outcome, "reopening"):
            return []
        rows = reopenings.decisions_sent(outcome)
        return [row for row in rows if row.debtors and str(row.key) not in answered_here]
