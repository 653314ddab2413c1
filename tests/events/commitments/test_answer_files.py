"""An answer of several files: what is good is kept whatever becomes of the rest, and nothing typed is lost."""

import datetime
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from centers.models import User
from events.commitments import answer_files
from events.models import Answer, Commitment, PreparedFile
from events.models.commitment import AnswerWay, CommitmentStatus
from events.models.outcome import Asks
from tests import clock
from tests.factories import brought
from tests.factories.centers import coordinator, staff
from tests.factories.events import CommitmentFactory

pytestmark = pytest.mark.django_db
TYPED = "Приборы перечислены в таблице, акт приложен."
type Send = Callable[..., HttpResponse]


@pytest.fixture
def commitment() -> Commitment:
    return CommitmentFactory()


@pytest.fixture
def user(commitment: Commitment, client: Client) -> User:
    user = coordinator(commitment.center)
    client.force_login(user)
    return user


@pytest.fixture
def send(client: Client, commitment: Commitment, user: User) -> Send:
    def sent(*files: SimpleUploadedFile, act: str = "answer", **fields: object) -> HttpResponse:
        given = {"text": TYPED, "seen": commitment.opened_at.isoformat(), "attached": list(files)}
        return client.post(f"/commitments/{commitment.pk}/{act}/", given | fields)

    return sent


def a_file(name: str, data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or brought.pdf())


def names() -> list[str]:
    return list(PreparedFile.objects.order_by("pk").values_list("name", flat=True))


def test_several_files_of_several_kinds_go_along(send: Send) -> None:
    assert send(a_file("Акт.pdf"), a_file("Список.ods", brought.open_document("spreadsheet"))).status_code == 302
    answer = Answer.objects.get()
    assert answer.text == TYPED
    assert list(answer.files.order_by("pk").values_list("name", flat=True)) == ["Акт.pdf", "Список.ods"]
    assert names() == []


def test_refused_file_costs_neither_the_text_nor_the_others(send: Send, commitment: Commitment) -> None:
    page = send(a_file("Акт.pdf"), a_file("Снимок.bmp", b"BM" + bytes(90)))
    assert page.status_code == 422
    assert "Файл не принят. Снимок.bmp: Портал принимает PDF" in page.text
    assert TYPED in page.text
    assert (names(), Answer.objects.count()) == (["Акт.pdf"], 0)
    kept = PreparedFile.objects.get()
    assert f'name="kept" value="{kept.pk}" checked' in page.text
    send(a_file("Ещё.pdf"), kept=kept.pk)
    assert list(Answer.objects.get().files.order_by("pk").values_list("name", flat=True)) == ["Акт.pdf", "Ещё.pdf"]


def test_files_are_put_beside_an_answer_that_is_sent_later(send: Send, commitment: Commitment) -> None:
    assert send(a_file("Акт.pdf"), text="", attach="1").status_code == 200
    assert (names(), Answer.objects.count()) == (["Акт.pdf"], 0)
    # A tick taken away is a file taken away.
    assert send(a_file("Иной.pdf"), text="", attach="1").status_code == 200
    assert names() == ["Иной.pdf"]
    assert Commitment.objects.get().status == CommitmentStatus.OPEN


def test_nobody_gets_the_files_of_another(send: Send, commitment: Commitment, client: Client) -> None:
    send(a_file("Акт.pdf"), text="", attach="1")
    kept = PreparedFile.objects.get().pk
    client.force_login(staff("methodist"))
    said = {"way": "mail", "said_by": "Иволгина В.П.", "said_on": clock.today().isoformat()}
    assert send(act="enter-answer", kept=kept, **said).status_code == 302
    assert (Answer.objects.get().files.count(), names()) == (0, ["Акт.pdf"])


def test_more_than_an_answer_takes_is_said(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_files, "FILES_AT_MOST", 1)
    page = send(a_file("Акт.pdf"), a_file("Ещё.pdf"))
    assert (page.status_code, names(), Answer.objects.count()) == (422, [], 0)
    assert str(answer_files.TooMany()) in page.text


# -- What came by telephone or mail ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "after"),
    [(Asks.ANSWER, CommitmentStatus.IN_REVIEW), (Asks.ACKNOWLEDGEMENT, CommitmentStatus.ACCEPTED)],
)
def test_who_said_it_when_and_how_is_kept(client: Client, asks: str, after: str) -> None:
    commitment = CommitmentFactory(asks=asks)
    client.force_login(staff("methodist"))
    day = clock.today()
    said = {"text": TYPED, "way": "telephone", "said_by": "Иволгина В.П., завуч", "said_on": day.isoformat()}
    assert client.post(f"/commitments/{commitment.pk}/enter-answer/", said).status_code == 302
    answer = Answer.objects.get()
    assert (answer.way, answer.said_by, answer.said_on) == (AnswerWay.TELEPHONE, "Иволгина В.П., завуч", day)
    assert Commitment.objects.get().status == after
    page = client.get(f"/commitments/{commitment.pk}/").text
    assert "получен по телефону" in page
    assert "Иволгина В.П., завуч" in page


def test_day_to_come_and_a_nameless_caller_are_refused(client: Client) -> None:
    commitment = CommitmentFactory()
    client.force_login(staff("methodist"))
    tomorrow = clock.today() + datetime.timedelta(days=1)
    said = {"text": TYPED, "way": "telephone", "said_by": "", "said_on": tomorrow.isoformat()}
    page = client.post(f"/commitments/{commitment.pk}/enter-answer/", said)
    assert page.status_code == 422
    assert "Этот день ещё не наступил." in page.text
    assert (TYPED in page.text, Answer.objects.count()) == (True, 0)
