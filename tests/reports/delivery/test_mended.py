"""An address mended at one message: offered to the record that gave the former one, never to a log-in."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.models import User
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import RecordChange
from reports.delivery import delivery_progress, dispatch, mended
from reports.models import Recipient
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import (
    PASSWORD,
    CoordinatorFactory,
    OrganizationFactory,
    PersonFactory,
    UserFactory,
    administrator,
    confirmed,
)
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
OLD, NEW = "old@school.example", "new+mail@school.example"


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def sent_again(recipient: Recipient, email: str = NEW, *, before: str = MessageStatus.FAILED) -> Recipient:
    Recipient.objects.filter(pk=recipient.pk).update(status=before, sent_at=None)
    recipient.refresh_from_db()
    dispatch.send_again(recipient=recipient, email=email, at=SENT_AT)
    assert dispatch.deliver(recipient_id=recipient.pk, at=SENT_AT, now=SENT_AT)
    return Recipient.objects.get(pk=recipient.pk)


def of_center(office: Office) -> Recipient:
    """Of a centre whose coordinator has no address: letters go to the one on its card."""
    CoordinatorFactory(person__email="", center__organization__email=OLD)
    walked.sent_on_paper(office)
    return sent_again(Recipient.objects.get())


def of_coordinator(office: Office) -> Recipient:
    CoordinatorFactory(person__email=OLD, person__surname="Ветрова")
    walked.sent_on_paper(office)
    return sent_again(Recipient.objects.get())


def of_addressee(office: Office, **addressee: object) -> Recipient:
    walked.free_sent(office, audience="chosen", addressees=[walked.addressed(email=OLD, **addressee)])
    return sent_again(Recipient.objects.get())


def offered(recipient: Recipient, user: User) -> mended.Offer | None:
    return mended.address_offer(recipient, user, clock.today())


def kept(recipient: Recipient, by: User) -> mended.Offer:
    return mended.keep(recipient=recipient, by=by, day=clock.today())


def page(client: Client, user: User, recipient: Recipient) -> str:
    client.force_login(user)
    return client.get(reverse("reports:letter-detail", args=[recipient.letter_id])).content.decode()


def test_card_of_the_center_takes_the_address_and_its_history_says_so(office: Office, client: Client) -> None:
    recipient = of_center(office)
    shown = page(client, office.methodist, recipient)
    assert f"Запомнить {NEW} как адрес центра" in shown
    path = reverse("reports:recipient-keep-address", args=[recipient.pk])
    answer = client.post(path, follow=True).content.decode()
    assert f"Адрес центра теперь {NEW}" in answer
    assert "Запомнить" not in answer
    organization = recipient.center.organization
    organization.refresh_from_db()
    assert organization.email == NEW
    act = RecordChange.objects.of_card(organization).first()
    assert (act.by, act.why) == (office.methodist, "Адрес исправлен по письму, которое ушло")
    assert (act.before, act.after) == ({"email": OLD}, {"email": NEW})
    assert client.post(path).status_code == 409


def test_who_edits_no_card_is_told_whom_to_ask(office: Office, client: Client) -> None:
    recipient = of_center(office)
    shown = page(client, office.head, recipient)
    assert mended.OF_CENTER in shown
    assert "Запомнить" not in shown
    with refused(PermissionDenied, mended.OF_CENTER):
        kept(recipient, office.clerk)


def test_person_without_account_takes_the_address(office: Office) -> None:
    recipient = of_coordinator(office)
    assert offered(recipient, office.clerk).ask == mended.OF_COORDINATOR
    assert kept(recipient, office.methodist).whose == "координатора"
    recipient.person.refresh_from_db()
    assert recipient.person.email == NEW


def test_address_of_who_logs_in_leads_the_administrator_to_its_page(office: Office, client: Client) -> None:
    recipient = of_coordinator(office)
    user = UserFactory(person=recipient.person)
    assert mended.LOGS_IN in page(client, office.methodist, recipient)
    keeper = confirmed(administrator())
    for by in (office.methodist, keeper):
        with refused(PermissionDenied, mended.LOGS_IN):
            kept(recipient, by)
    shown = page(client, keeper, recipient)
    path = reverse("centers:account-address", args=[user.pk]) + "?email=new%2Bmail%40school.example"
    assert f'href="{path}"' in shown
    proof = client.get(path).headers["Location"]
    led_back = client.post(proof, {"password": PASSWORD}).headers["Location"]
    assert led_back == path
    assert f'value="{NEW}"' in client.get(path).content.decode()
    user.refresh_from_db()
    recipient.person.refresh_from_db()
    assert (user.email, recipient.person.email) == (OLD, OLD)


def test_own_log_in_is_left_to_another_administrator(office: Office) -> None:
    recipient = of_coordinator(office)
    own = UserFactory(person=recipient.person, is_administrator=True)
    offer = offered(recipient, own)
    assert (offer.may, offer.account, offer.ask) == (False, None, mended.OWN)


def test_address_that_the_person_logs_in_with_already_goes_into_the_record(office: Office) -> None:
    recipient = of_coordinator(office)
    UserFactory(person=recipient.person, email=NEW)
    kept(recipient, office.methodist)
    recipient.person.refresh_from_db()
    assert recipient.person.email == NEW


def test_organization_that_is_no_center_is_the_methodists(office: Office) -> None:
    organization = OrganizationFactory(email=OLD)
    recipient = of_addressee(office, organization=organization)
    assert offered(recipient, office.head).ask == mended.OF_COORDINATOR
    assert kept(recipient, office.methodist).whose == "организации"
    organization.refresh_from_db()
    assert organization.email == NEW


def test_person_who_coordinates_nothing_is_the_administrators(office: Office) -> None:
    person = PersonFactory(email=OLD)
    recipient = of_addressee(office, person=person)
    assert offered(recipient, office.methodist).ask == mended.OF_OTHERS
    assert kept(recipient, administrator()).whose == "адресата"


def test_address_typed_for_one_letter_belongs_to_no_record(office: Office) -> None:
    recipient = of_addressee(office)
    assert offered(recipient, office.methodist) is None
    with refused(WrongStep):
        kept(recipient, office.methodist)


def test_center_without_any_address_gets_one(office: Office) -> None:
    CoordinatorFactory(person__email="", center__organization__email="")
    walked.sent_on_paper(office)
    recipient = sent_again(Recipient.objects.get())
    assert kept(recipient, office.methodist).record == recipient.center.organization


def test_address_mended_twice_is_compared_with_the_records(office: Office) -> None:
    recipient = sent_again(of_center(office), "third@school.example")
    assert (recipient.mended_from, recipient.email) == (OLD, "third@school.example")
    assert offered(sent_again(recipient, OLD), office.methodist) is not None
    assert mended.offers(delivery_progress.recipients(recipient.letter), office.methodist, clock.today()) == []


def test_message_that_has_not_left_offers_nothing(office: Office) -> None:
    recipient = of_center(office)
    Recipient.objects.update(status=MessageStatus.BOUNCED, bounced_at=SENT_AT)
    assert mended.offers(delivery_progress.recipients(recipient.letter), office.methodist, clock.today()) == []
    with refused(WrongStep):
        kept(recipient, office.methodist)


def test_record_that_was_changed_meanwhile_is_left(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    recipient = of_center(office)
    offer = offered(recipient, office.methodist)
    type(offer.record).objects.update(email="theirs@school.example")
    assert offered(Recipient.objects.get(), office.methodist) is None
    monkeypatch.setattr(mended, "address_offer", lambda *_: offer)
    with refused(Moved):
        kept(recipient, office.methodist)


def test_offer_is_announced_where_the_page_looks_again(office: Office, client: Client) -> None:
    recipient = of_center(office)
    client.force_login(office.methodist)
    path = reverse("reports:letter-recipients", args=[recipient.letter_id])
    assert "запомнить его" in client.get(path).content.decode()
    assert [message.to for message in mail.outbox][-1] == [NEW]
