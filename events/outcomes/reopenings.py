"""An outcome whose letter was sent, open again for the letter that replaces it; given up, it is as it was."""

import datetime
from typing import Any

from django.db import transaction

from centers.models import User
from events.models import Decision, Outcome, OutcomeAppendix, Reopening
from events.models.outcome import OutcomeStatus
from events.outcomes import decision_keys, outcomes
from events.outcomes.forms import OWED
from rcro_portal.lib.drafts.models import ENCLOSED
from rcro_portal.lib.drafts.page_data import Page


@transaction.atomic
def begin(*, outcome: Outcome, by: User, at: datetime.datetime, note: str) -> Reopening:
    """Keep what the sent letter was written from, and open the outcome. Raises WrongStep unless it is filed."""
    outcomes.unlock(outcome=outcome, by=by, at=at, note=note)
    return Reopening.objects.create(
        outcome=outcome, page=outcomes.page(outcome), appendices=_appendices(outcome), by=by, at=at
    )


def _appendices(outcome: Outcome) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in ENCLOSED} for row in outcome.appendices.order_by("position", "pk")]


def decisions_sent(outcome: Outcome) -> list[Decision]:
    """The decisions as the letter in force has them, not as somebody is rewriting them; rows that are read only."""
    kept = getattr(outcome, "reopening", None)
    if kept is None:
        return list(outcome.decisions.order_by("position", "pk"))
    return _decisions(outcome, kept.page)


def decisions_at(outcome: Outcome, at: datetime.datetime) -> list[Decision]:
    """The decisions as the text stood at that moment, by its history; nothing where that does not reach so far."""
    kept = outcome.revisions.filter(aside=False, at__lte=at).order_by("-at", "-pk").first()
    return _decisions(outcome, kept.page) if kept else []


def _decisions(outcome: Outcome, page: Page) -> list[Decision]:
    rows = enumerate(outcomes.DRAFTS.editor_class.keywords(page)["decisions"], 1)
    return [
        Decision(outcome=outcome, position=place, **{name: row[name] for name in row if name not in OWED})
        for place, row in rows
    ]


def identify(*, outcome: Outcome, decision: str, key: str, version: int, by: User, at: datetime.datetime) -> None:
    """«Это прежнее поручение в новых словах», or, without a ``key``, «Это другое поручение»: as a save of the page.

    Raises NoSuchDecision, and as ``outcomes.save`` does where the text is another than ``version``.
    """
    page = outcomes.written(outcome)
    page["decisions"] = decision_keys.renamed(outcome.commitments.all(), page["decisions"], decision, key)
    outcomes.save(of=outcome, version=version, by=by, at=at, **page)


def end(*, outcome: Outcome) -> None:
    """The replacement was sent: what is written now is what stands. Call it in the transaction of the sending."""
    Reopening.objects.filter(outcome=outcome).delete()


@transaction.atomic
def give_up(*, outcome: Outcome, by: User, at: datetime.datetime, note: str) -> None:
    """Text, figures and appendices of the sent letter come back, and the outcome is locked; the history keeps what was
    written meanwhile. Raises Reopening.DoesNotExist, NoLongerKnown.
    """
    kept = Reopening.objects.get(outcome=outcome)
    outcomes.DRAFTS.put_back(of=outcome, page=kept.page, by=by, at=at)
    outcome.appendices.all().delete()
    OutcomeAppendix.objects.bulk_create(OutcomeAppendix(outcome=outcome, **row) for row in kept.appendices)
    if outcome.status == OutcomeStatus.DRAFT:
        outcomes.lock(outcome=outcome, by=by, at=at, note=note)
    kept.delete()
