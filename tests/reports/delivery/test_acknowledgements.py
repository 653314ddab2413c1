"""«Подтвердить ознакомление»: once, by whom, and what it does to commitments that ask for nothing more."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from events.commitments import commitments
from events.models import Commitment
from events.models.commitment import CommitmentStatus
from events.models.outcome import Asks
from reports.delivery import acknowledgements
from reports.models import Recipient
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, coordinator
from tests.factories.events import DecisionFactory, ready_outcome
from tests.factories.moments import FILED_AT, SENT_AT
from tests.factories.reports import Office
from tests.faults.together import at_once
from tests.untouched import nothing_changes

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def recipient(office: Office) -> Recipient:
    """Of a letter with two decisions: one asks for an answer, one only to be known."""
    from reports.letters import letters

    coordinator(CenterFactory())
    outcome = ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)
    DecisionFactory(outcome=outcome, asks=Asks.ACKNOWLEDGEMENT, text="знать порядок")
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    walked.send_on_paper(letter, office)
    return Recipient.objects.select_related("letter").get()


def states() -> list[tuple[str, str, object]]:
    rows = Commitment.objects.order_by("asks")
    return [(row.asks, row.status, row.acknowledged_at) for row in rows]


@pytest.mark.django_db
def test_confirming_does_what_asks_for_nothing_more(recipient: Recipient) -> None:
    assert acknowledgements.confirm(recipient=recipient, by=None, at=SENT_AT + HOUR) is True
    row = Recipient.objects.get()
    assert (row.acknowledged_at, row.acknowledged_by) == (SENT_AT + HOUR, None)
    assert states() == [
        (Asks.ACKNOWLEDGEMENT, CommitmentStatus.ACCEPTED, SENT_AT + HOUR),
        (Asks.ANSWER, CommitmentStatus.OPEN, None),
    ]
    step = Commitment.objects.get(asks=Asks.ACKNOWLEDGEMENT).transitions.get()
    assert (step.by, step.note) == (None, "Подтверждено по ссылке из письма")
    with nothing_changes():
        assert acknowledgements.confirm(recipient=recipient, by=None, at=SENT_AT + 2 * HOUR) is False


@pytest.mark.django_db
def test_what_was_confirmed_before_stays_as_it_was(recipient: Recipient, office: Office) -> None:
    asked = Commitment.objects.get(asks=Asks.ACKNOWLEDGEMENT)
    commitments.acknowledge(commitment=asked, by=office.methodist, at=SENT_AT)
    assert acknowledgements.confirm(recipient=recipient, by=office.methodist, at=SENT_AT + HOUR) is True
    assert Commitment.objects.get(pk=asked.pk).acknowledged_at == SENT_AT
    assert Recipient.objects.get().acknowledged_by == office.methodist


@pytest.mark.django_db
def test_whoever_answered_has_read_the_letter(recipient: Recipient, office: Office) -> None:
    other = CenterFactory()
    assert Recipient.objects.acknowledged().count() == 0
    owed = Commitment.objects.get(asks=Asks.ANSWER)
    commitments.answer(commitment=owed, text="Сделано.", by=office.methodist, at=SENT_AT)
    assert list(Recipient.objects.acknowledged()) == [recipient]
    Commitment.objects.filter(pk=owed.pk).update(organization=other.organization)
    assert Recipient.objects.acknowledged().count() == 0


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_two_windows_confirm_once(recipient: Recipient) -> None:
    confirm = [lambda: acknowledgements.confirm(recipient=recipient, by=None, at=SENT_AT + HOUR)] * 4
    assert sorted(at_once(*confirm)) == [False, False, False, True]
    assert Commitment.objects.get(asks=Asks.ACKNOWLEDGEMENT).transitions.count() == 1


@pytest.mark.django_db
def test_coordinator_confirms_on_the_letters_page(recipient: Recipient, client: Client) -> None:
    user = recipient.person.user
    client.force_login(user)
    page, act = (
        reverse("reports:letter-detail", args=[recipient.letter_id]),
        reverse("reports:recipient-acknowledge", args=[recipient.pk]),
    )
    assert f'action="{act}"' in client.get(page).content.decode()
    for _ in range(2):
        assert client.post(act).status_code == 302
    row = Recipient.objects.get()
    assert row.acknowledged_by == user
    shown = client.get(page).content.decode()
    assert (f'action="{act}"' in shown, "Подтверждено " in shown) == (False, True)
