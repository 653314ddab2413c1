"""A mail server that hangs holds up no letter, and what waited in the queue of before is still done."""

import pytest
from django.utils import timezone

from rcro_portal import queues
from rcro_portal.celery import app
from rcro_portal.lib.notices.messages import MessageStatus
from reports import tasks
from reports.models import Letter, Recipient
from reports.models.letter import LetterStatus
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory
from tests.factories.reports import Office
from tests.smtp import SILENCE, smtp_server
from tests.worker import Worker, until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
# A letter is drawn in a second or two, on a busy machine later; the server hangs until the test is over.
SECONDS_TO_DRAW = 90


def status(letter: Letter) -> str:
    return Letter.objects.values_list("status", flat=True).get(pk=letter.pk)


def test_letter_is_drawn_while_the_mail_server_hangs(office: Office, demo: None) -> None:
    """Each kind of worker as both set-ups start it; a worker of everything would wait for the mail first."""
    for _ in range(3):
        CenterFactory()
    walked.sent_on_paper(office)
    with smtp_server(BODY=SILENCE) as server:
        real = {"RCRO_DEMO": "0", "RCRO_QUIET_HOURS": "0", "RCRO_SMTP_ANSWER_SECONDS": "600"}
        real["RCRO_SMTP_PORT"] = str(server.server_address[1])
        with Worker(kind=queues.MAIL, beat=False, **real) as mail, Worker(kind=queues.LETTERS, **real) as drawer:
            until(lambda: server.received, SECONDS_TO_DRAW, lambda: mail.log[-3000:])
            letter = walked.preparing(office)
            tasks.draw.delay(letter.pk, timezone.now().isoformat())
            until(lambda: status(letter) == LetterStatus.AWAITING, SECONDS_TO_DRAW, lambda: drawer.log[-3000:])
            hanging = Recipient.objects.filter(status=MessageStatus.SENDING)
            assert hanging.exists(), "the mail went on meanwhile: nothing was shown"


def test_message_of_the_former_queue_is_still_done(office: Office, worker: Worker) -> None:
    letter = walked.preparing(office)
    app.send_task(tasks.draw.name, (letter.pk, timezone.now().isoformat()), queue=queues.FORMER)
    until(lambda: status(letter) == LetterStatus.AWAITING, SECONDS_TO_DRAW, lambda: worker.log[-3000:])
