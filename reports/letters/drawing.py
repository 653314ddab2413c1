"""Drawing the final PDF: a claim with a lease, the work outside any lock, the end by compare-and-swap."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F

from rcro_portal.lib import store
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.transitions import move
from reports.composing import content
from reports.models import Letter, LetterFile, LetterTransition
from reports.models.letter import FileKind, LetterStatus
from reports.typesetting import rendering

log = logging.getLogger(__name__)
UNFORESEEN = "Письмо не нарисовано из-за ошибки портала. Номер и дата сохранены. Обратитесь к администратору."


def draw(*, letter_id: int, at: datetime.datetime, now: datetime.datetime) -> bool:
    """Draw the final PDF of a letter in preparation; True if this call did it.

    ``now`` is the machine's clock, by which leases run; ``at`` goes into the trace. May be called twice, late, or
    by two workers at once: the row is claimed first, drawn outside any lock, and finished by compare-and-swap.
    """
    due = Letter.objects.due_for_drawing(now).filter(pk=letter_id)
    lease = now + datetime.timedelta(seconds=settings.LEASE_SECONDS)
    if not due.update(draw_lease_until=lease, draw_attempts=F("draw_attempts") + 1):
        return False
    letter = Letter.objects.select_related("snapshot", "entry").get(pk=letter_id)
    try:
        pdf = rendering.draw(content.final(letter))
        digest = store.put(pdf)
    except (rendering.CannotDraw, store.StoreError) as error:
        log.exception("letter %s cannot be drawn", letter_id)
        _say_why(letter, str(error))
        return False
    except Exception:
        _say_why(letter, UNFORESEEN)
        raise
    return _drawn(letter, digest, len(pdf), at)


def _say_why(letter: Letter, words: str) -> None:
    Letter.objects.filter(pk=letter.pk, entry=letter.entry, status=LetterStatus.PREPARING).update(draw_error=words)


def _drawn(letter: Letter, digest: str, size: int, at: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            final = LetterFile.objects.create(
                letter=letter,
                kind=FileKind.FINAL,
                digest=digest,
                size=size,
                versions=rendering.versions(),
                made_at=at,
            )
            # The attempt belongs to the claim: a worker that overslept its lease finds another one here.
            claimed = Letter.objects.filter(pk=letter.pk, entry=letter.entry, draw_attempts=letter.draw_attempts)
            if not claimed.update(draw_lease_until=None, draw_error=""):
                raise WrongStep
            move(letter, LetterStatus.AWAITING, by=None, at=at, transitions=LetterTransition, final=final)
    except WrongStep:
        return False
    return True


def try_again(*, letter: Letter) -> None:
    """A person gives a letter that could not be drawn another set of attempts."""
    Letter.objects.filter(pk=letter.pk, status=LetterStatus.PREPARING).update(draw_attempts=0, draw_lease_until=None)
