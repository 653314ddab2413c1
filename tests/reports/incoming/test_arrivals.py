"""Incoming letters: entered once, tied to the letter they answer and to the commitment they close."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from events.models import Commitment
from events.models.commitment import AnswerWay, CommitmentStatus
from rcro_portal.lib import store
from rcro_portal.lib.refusals import WrongStep
from reports.incoming import arrivals
from reports.models import IncomingLetter, Letter
from tests.factories import letters
from tests.factories.centers import CenterFactory
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
NOW = SENT_AT + datetime.timedelta(days=3)


@pytest.fixture(autouse=True)
def first_factor_is_enough(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def sent(office: Office) -> Letter:
    """One centre got it and owes an answer."""
    CenterFactory(organization__short_name="Лицей у реки")
    return letters.sent_on_paper(office)


@pytest.fixture
def owed(sent: Letter) -> Commitment:
    return Commitment.objects.get(outcome=sent.outcome)


def entered(office: Office, **fields: Any) -> IncomingLetter:
    row = {
        "sender": None,
        "sender_name": "Лицей у реки",
        "their_number": "17",
        "their_on": datetime.date(2026, 11, 20),
        "subject": "Об исполнении решения",
        "number": "",
        "received_on": datetime.date(2026, 11, 24),
        "replies_to": None,
    }
    return arrivals.register(by=office.clerk, at=NOW, **row | fields)


def test_letter_is_found_by_its_number_and_day(sent: Letter) -> None:
    assert arrivals.answered(sent.entry.number, sent.entry.registered_on) == sent
    with pytest.raises(arrivals.NotOurs, match="не отправлял"):
        arrivals.answered(sent.entry.number, sent.entry.registered_on + datetime.timedelta(days=1))


def test_letter_under_way_is_no_letter_to_answer(office: Office) -> None:
    letter = letters.awaiting(office)
    with pytest.raises(arrivals.NotOurs):
        arrivals.answered(letter.entry.number, letter.entry.registered_on)


def test_reply_becomes_the_answer_of_the_centre(office: Office, sent: Letter, owed: Commitment) -> None:
    row = entered(office, sender=owed.center.organization, replies_to=sent)
    assert list(arrivals.owed(row)) == [owed]
    arrivals.count_as_answer(incoming=row, commitment=owed, by=office.methodist, at=NOW)
    owed.refresh_from_db()
    row.refresh_from_db()
    answer = owed.answers.get()
    assert (row.commitment, owed.status, answer.way) == (owed, CommitmentStatus.IN_REVIEW, AnswerWay.MAIL)
    assert answer.text == "Официальный ответ № 17 от 20.11.2026: Об исполнении решения"


def test_reply_answers_once(office: Office, sent: Letter, owed: Commitment) -> None:
    row = entered(office, sender=owed.center.organization, replies_to=sent)
    arrivals.count_as_answer(incoming=row, commitment=owed, by=office.methodist, at=NOW)
    with pytest.raises(WrongStep):
        arrivals.count_as_answer(incoming=row, commitment=owed, by=office.methodist, at=NOW)
    assert owed.answers.count() == 1


@pytest.mark.parametrize("stranger", ["another sender", "no sender", "no letter"])
def test_nobody_answers_for_another(office: Office, sent: Letter, owed: Commitment, stranger: str) -> None:
    fields = {
        "another sender": {"sender": CenterFactory().organization, "replies_to": sent},
        "no sender": {"replies_to": sent},
        "no letter": {"sender": owed.center.organization},
    }
    row = entered(office, **fields[stranger])
    with pytest.raises(arrivals.NothingOwed):
        arrivals.count_as_answer(incoming=row, commitment=owed, by=office.methodist, at=NOW)
    owed.refresh_from_db()
    assert owed.status == CommitmentStatus.OPEN


def posted(letter: Letter, **fields: Any) -> dict[str, Any]:
    return {
        "sender_name": "Лицей у реки",
        "their_number": "17",
        "their_on": "2026-01-20",
        "subject": "Об исполнении решения",
        "replies_number": letter.entry.number,
        "replies_on": letter.entry.registered_on.isoformat(),
        "received_on": "2026-01-21",
        **fields,
    }


def test_page_enters_a_letter_with_its_file(office: Office, sent: Letter, client: Client) -> None:
    client.force_login(office.clerk)
    file = SimpleUploadedFile("Ответ лицея.pdf", store.read(sent.final.digest))
    answer = client.post(reverse("reports:incoming-new"), posted(sent, file=file), follow=True)
    row = IncomingLetter.objects.get()
    assert (row.replies_to, row.file_name, row.media_type) == (sent, "Ответ лицея.pdf", "application/pdf")
    assert f"№ {sent.entry.number}" in answer.text
    download = client.get(reverse("reports:incoming-file", args=[row.pk]))
    assert download.content == store.read(sent.final.digest)


@pytest.mark.parametrize("spelling", ["№ {} от {}", "№{}", "{} от {} г.", "исх. № {} от {}"])
def test_numbers_are_typed_as_people_write_them(office: Office, sent: Letter, client: Client, spelling: str) -> None:
    client.force_login(office.clerk)
    ours = spelling.format(sent.entry.number, f"{sent.entry.registered_on:%d.%m.%Y}")
    day = "" if " от " in ours else sent.entry.registered_on.isoformat()
    theirs = {"their_number": "№ 45/1 от 20 января 2026 г.", "their_on": ""}
    client.post(reverse("reports:incoming-new"), posted(sent, replies_number=ours, replies_on=day, **theirs))
    row = IncomingLetter.objects.get()
    assert (row.replies_to, row.their_number, str(row.their_on)) == (sent, "45/1", "2026-01-20")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sender_name": ""}, "Укажите отправителя"),
        ({"received_on": "2099-01-21"}, "ещё не наступил"),
        ({"replies_on": ""}, "и номер, и дату"),
        ({"replies_number": "1000000"}, "Портал не отправлял письма № 1000000"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "PDF, DOCX или XLSX"),
    ],
)
def test_page_says_what_is_wrong(
    office: Office, sent: Letter, client: Client, fields: dict[str, Any], words: str
) -> None:
    client.force_login(office.clerk)
    answer = client.post(reverse("reports:incoming-new"), posted(sent, **fields))
    assert (answer.status_code, IncomingLetter.objects.count()) == (422, 0)
    assert words in answer.text


def test_methodist_counts_it_from_the_page(office: Office, sent: Letter, owed: Commitment, client: Client) -> None:
    row = entered(office, sender=owed.center.organization, replies_to=sent)
    client.force_login(office.methodist)
    assert "Внести как ответ центра" in client.get(reverse("reports:incoming-detail", args=[row.pk])).text
    client.post(reverse("reports:incoming-count", args=[row.pk, owed.pk]))
    owed.refresh_from_db()
    assert owed.status == CommitmentStatus.IN_REVIEW


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_little(
    number: int, office: Office, sent: Letter, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        entered(office, replies_to=sent)
    client.force_login(office.clerk)
    client.get(reverse("reports:incoming-list"))
    with django_assert_num_queries(6):
        client.get(reverse("reports:incoming-list"), {"q": "лицей"})


# -- A letter that is there already ---------------------------------------------------------------------

TYPED = {
    "sender_name": "Лицей у реки",
    "their_number": "17",
    "their_on": "2026-11-20",
    "subject": "Ещё раз о том же",
    "received_on": "2026-11-24",
}


@pytest.fixture
def clerk(office: Office, client: Client) -> Client:
    client.force_login(office.clerk)
    return client


def register_new(clerk: Client, **typed: str) -> Any:
    return clerk.post("/incoming/new/", {**TYPED, **typed})


@pytest.mark.parametrize(
    "typed",
    [{}, {"sender_name": " лицей  у реки"}, {"sender_name": "Лиц\x65й у р\x65ки"}, {"their_number": "№ 17"}],
    ids=["same", "spelling", "latin letters", "sign"],
)
def test_letter_that_is_there_is_asked_about(typed: dict[str, str], office: Office, clerk: Client) -> None:
    entered(office)
    answer = register_new(clerk, **typed)
    words = (
        "Такое письмо уже зарегистрировано: Лицей у реки, № 17 от 20.11.2026, получено 24.11.2026. "
        "Зарегистрировать ещё одно?"
    )
    assert (answer.status_code, answer.context["form"].errors["one_more"]) == (422, [words])
    assert 'name="one_more"' in answer.content.decode()
    assert IncomingLetter.objects.count() == 1
    assert register_new(clerk, **typed, one_more="on").status_code == 302
    assert IncomingLetter.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [{"their_number": "18"}, {"their_on": "2026-11-21"}, {"sender_name": "Лицей у моста"}, {"their_number": ""}],
)
def test_another_letter_is_not_asked_about(typed: dict[str, str], office: Office, clerk: Client) -> None:
    entered(office)
    assert register_new(clerk, **typed).status_code == 302
    assert IncomingLetter.objects.count() == 2


def test_sender_of_the_directory_is_known_by_its_row(office: Office, clerk: Client) -> None:
    sender = CenterFactory(organization__short_name="Гимназия 6").organization
    row = entered(office, sender=sender, sender_name="Гимназия 6")
    answer = register_new(clerk, sender=str(sender.pk), sender_name="")
    assert answer.context["form"].known == row


@pytest.mark.parametrize(("role", "offered"), [("clerk", True), ("methodist", False), ("director", False)])
def test_only_who_may_enter_an_answer_is_offered_to(office: Office, client: Client, role: str, offered: bool) -> None:
    letter = letters.sent_on_paper(office)
    client.force_login(getattr(office, role))
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert ("Внести ответ на это письмо" in page) is offered


def test_form_sent_again_leads_to_the_letter_that_it_made(clerk: Client) -> None:
    key = "6f1c1f9e-6d1b-4b53-9d51-0d2b8f6f2f10"
    first, again = register_new(clerk, key=key), register_new(clerk, key=key)
    assert first.headers["Location"] == again.headers["Location"]
    assert IncomingLetter.objects.count() == 1


@pytest.mark.parametrize("key", ["\x00", "key", "6f1c1f9e-6d1b-4b53-9d51-0d2b8f6f2f1\x00"])
def test_key_that_is_none_is_refused(key: str, clerk: Client) -> None:
    """PostgreSQL cannot even be asked for a text with NUL in it."""
    assert register_new(clerk, key=key).status_code == 422
    assert not IncomingLetter.objects.exists()
