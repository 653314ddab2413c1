"""Organisations that are no centres: they get the letter that asks something of them, and owe it as centres do."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from events.commitments.changes import Source
from events.models import Commitment, Outcome
from events.models.commitment import AnswerWay, CommitmentStatus
from events.models.outcome import Asks
from reports.delivery import acknowledgements, dispatch
from reports.letters import asked, letters, receivers
from reports.models import Letter, Recipient
from reports.operations import invariants
from tests import clock
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.events import DecisionFactory, ready_outcome
from tests.factories.moments import FILED_AT, SENT_AT, WRITTEN_AT
from tests.factories.replacing import LATER, begun, decided, filed, replaced, written
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(office: Office) -> Outcome:
    """Of its decisions the first is every centre's, the second an education authority's alone."""
    centers.CenterFactory()
    authority = centers.OrganizationFactory(short_name="Управление образования", email="authority@tomsk.example")
    outcome = ready_outcome(edited_by=office.methodist, edited_at=WRITTEN_AT, prepared_by=office.methodist.person)
    second = DecisionFactory(
        outcome=outcome, position=30_000, text="прочесть", asks=Asks.ACKNOWLEDGEMENT, debtors="управлениям образования"
    )
    second.owed_by_others.add(authority)
    return outcome


@pytest.fixture
def sent(outcome: Outcome, office: Office) -> Letter:
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    return walked.send_on_paper(letter, office)


def owed() -> list[tuple[str, str]]:
    rows = Commitment.objects.order_by("position", "pk").select_related("organization")
    return [(row.organization.short_name, row.text) for row in rows]


def test_check_and_filing_name_them(outcome: Outcome, office: Office) -> None:
    centers_told = receivers.centers(None, FILED_AT.date())
    others = receivers.others(outcome, centers_told)
    rows = asked.foreseen(source=Source.of_outcome(outcome), centers=centers_told, others=others)
    assert [(row.of_whom, row.is_left_to_its_author) for row in rows] == [
        (f"центров: {len(centers_told)}", False),
        ("организаций: 1", False),
    ]
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    assert [row.email for row in letter.addressees.all()] == ["authority@tomsk.example"]
    letters.recall(letter=letter, by=office.methodist, at=FILED_AT)
    assert not letter.addressees.exists()


def test_they_get_the_letter_and_owe_by_it(sent: Letter, office: Office, client: Client) -> None:
    assert owed()[-1] == ("Управление образования", "прочесть")
    assert all(text != "прочесть" for name, text in owed() if name != "Управление образования")
    message = Recipient.objects.get(addressee__organization__short_name="Управление образования")
    assert dispatch.deliver(recipient_id=message.pk, at=SENT_AT, now=SENT_AT)
    assert "Прочесть" in mail.outbox[-1].body
    client.force_login(office.methodist)
    page = client.get(reverse("reports:letter-detail", args=[sent.pk])).text
    assert "организаций: 1" in page
    assert "Ответа портал не ждёт" not in page
    assert list(invariants.dispatch()) == []


def test_reading_is_confirmed_by_the_link_or_entered_by_the_methodist(sent: Letter, office: Office) -> None:
    message = Recipient.objects.get(addressee__isnull=False)
    assert acknowledgements.confirm(recipient=message, by=None, at=LATER)
    assert Commitment.objects.get(text="прочесть").status == CommitmentStatus.ACCEPTED
    assert list(sent.recipients.acknowledged()) == [message]


def test_methodist_enters_what_came_by_telephone(sent: Letter, office: Office, client: Client) -> None:
    client.force_login(office.methodist)
    commitment = Commitment.objects.get(text="прочесть")
    page = reverse("events:commitment-detail", args=[commitment.pk])
    assert "Внести пришедший ответ" in client.get(page).text
    day = clock.today()
    said = {
        "text": "Прочли.",
        "way": AnswerWay.TELEPHONE,
        "said_by": "Иволгина В.П., специалист",
        "said_on": day.isoformat(),
    }
    client.post(reverse("events:commitment-enter-answer", args=[commitment.pk]), said)
    commitment.refresh_from_db()
    answer = commitment.answers.get()
    assert (commitment.status, answer.way) == (CommitmentStatus.ACCEPTED, "telephone")
    assert (answer.said_by, answer.said_on) == ("Иволгина В.П., специалист", day)
    assert "Внести пришедший ответ" not in client.get(page).text


def test_replacement_that_leaves_them_out_tells_them_so(sent: Letter, office: Office) -> None:
    first, _ = decided(sent)
    new = replaced(sent, office, decisions=[first])
    assert Commitment.objects.get(text="прочесть").status == CommitmentStatus.WITHDRAWN
    assert [row.organization.short_name for row in new.addressees.all()] == ["Управление образования"]


def test_correction_names_them_anew(sent: Letter, office: Office) -> None:
    draft = begun(sent, office)
    first, second = decided(sent)
    written(
        sent, office, decisions=[first, {**second, "owed_by_others": [centers.OrganizationFactory(short_name="Завод")]}]
    )
    names = {row.organization.short_name for row in filed(draft, office).addressees.all()}
    assert names == {"Завод", "Управление образования"}
