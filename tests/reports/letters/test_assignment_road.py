"""A letter asks centres to amend their assignments: from its mail to the accepted commitment, by links and buttons."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from lxml import html

from centers.models import User
from events.assignments import assignments
from events.models import Commitment
from events.models.outcome import Amends, Asks
from reports.delivery import dispatch
from reports.letters import letters
from reports.models import Recipient
from tests.factories import assignments as made
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory
from tests.factories.editor import as_drawn
from tests.factories.events import ready_outcome
from tests.factories.moments import FILED_AT, SENT_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link(page: str, words: str) -> str:
    (found,) = {one.get("href") for one in html.fromstring(page).xpath("//a") if words in one.text_content()}
    return str(found)


def press(client: Client, page: str, words: str) -> str:
    """The page behind the one button that says so."""
    (button,) = (one for one in html.fromstring(page).xpath("//form//button") if words in one.text_content())
    form = next(one for one in button.iterancestors("form"))
    answer = client.post(button.get("formaction") or form.get("action"), dict(form.form_values()), follow=True)
    assert answer.status_code == 200
    return answer.text


def test_from_the_mail_of_the_letter_to_the_accepted_commitment(office: Office) -> None:
    agreed = made.agreed(made.begun(CenterFactory()), by=office.methodist)
    outcome = ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)
    outcome.decisions.update(text="уточнить события", asks=Asks.ASSIGNMENT, amends=Amends.EVENTS)
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    walked.send_on_paper(letter, office)
    recipient = Recipient.objects.get()
    dispatch.deliver(recipient_id=recipient.pk, at=SENT_AT, now=SENT_AT)
    own, methodist = client_of(agreed.edited_by), client_of(office.methodist)

    address = reverse("reports:message-open", args=[recipient.token])
    assert address in mail.outbox[-1].body
    opened = own.get(address, follow=True).text
    owed = Commitment.objects.get()
    commitment = f"/commitments/{owed.pk}/"
    assert commitment in opened
    assert commitment in own.get("/").text

    edit = press(own, own.get(commitment).text, "Внести изменения в техническое задание")
    assert "Сейчас в силе" in edit
    typed = as_drawn(edit, "assignment-form") | {"events-0-expected": "90"}
    detail = own.post(f"/assignments/{agreed.pk}/save/", typed, follow=True).text
    press(own, detail, "Направить на согласование")

    review = methodist.get(link(methodist.get(commitment).text, "Рассмотреть техническое задание")).text
    assert re.search(r"<ins>[^<]*90", review)
    press(methodist, review, "Согласовать")
    assert (Commitment.objects.get().status, assignments.page(made.fresh(agreed))["events"][0]["expected"]) == (
        "accepted",
        90,
    )
    assert "Принято" in own.get(commitment).text
