"""The sweep: whatever a lost task, a dead broker or a killed worker left undone is found here and done."""

import datetime

from reports import dispatch, letters
from reports.models import Letter, Recipient
from reports.models.letter import LetterStatus


def sweep(*, now: datetime.datetime) -> dict[str, int]:
    """Draw, release and deliver what is due; returns how much of each was done."""
    return {
        "drawn": sum(letters.draw(letter_id=pk, at=now, now=now) for pk in _keys(Letter.objects.due_for_drawing(now))),
        "released": sum(letters.send(letter_id=pk, at=now) for pk in _keys(_signed())),
        "doubtful": dispatch.doubt(now=now),
        "delivered": sum(
            dispatch.deliver(recipient_id=pk, at=now, now=now) for pk in _keys(Recipient.objects.due(now))
        ),
    }


def _signed():
    return Letter.objects.filter(status=LetterStatus.SIGNED)


def _keys(rows) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:200])
