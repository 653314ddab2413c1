"""The sweep: whatever a lost task, a dead broker or a killed worker left undone is found here and done."""

import datetime

from rcro_portal.lib import sweeps
from rcro_portal.lib.notices import mail_fault
from reports.delivery import dispatch
from reports.letters import drawing, letters
from reports.models import Letter, Recipient


def sweep(*, now: datetime.datetime) -> dict[str, int]:
    """Everything that is due; returns how much of each was done. The next sweep takes what is left."""
    return {**sweep_letters(now=now), **sweep_messages(now=now)}


def sweep_letters(*, now: datetime.datetime) -> dict[str, int]:
    """Draw and release what is due, and note which messages broke off: nothing here waits for a mail server."""
    deadline = sweeps.deadline()
    due = Letter.objects.due_for_drawing(now)
    signed = Letter.objects.due_for_release()
    return {
        "drawn": sweeps.each(due, lambda pk: drawing.draw(letter_id=pk, at=now, now=now), deadline),
        "released": sweeps.each(signed, lambda pk: letters.release(letter_id=pk, at=now), deadline),
        "doubtful": dispatch.mark_unknown(now=now),
    }


def sweep_messages(*, now: datetime.datetime) -> dict[str, int]:
    """Deliver what is due, in a queue of its own: one message to a server that hangs takes minutes."""
    deadline = sweeps.deadline()
    due = Recipient.objects.due(now)
    delivered = sweeps.each(due, lambda pk: dispatch.deliver(recipient_id=pk, at=now, now=now), deadline)
    mail_fault.look(now=now)
    return {"delivered": delivered}
