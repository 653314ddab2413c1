"""What anybody learns of a letter: by its key, by number and date, by its bytes."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rcro_portal.lib import store
from reports.letters import letters as verbs
from reports.models import Letter, RegisterEntry
from reports.models.letter import FileKind
from reports.verification import checking
from reports.verification.checking import CheckVerdict
from tests.factories import letters
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office, OutgoingRegisterFactory, RegisterEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(office: Office) -> Letter:
    return letters.sent_on_paper(office)


def original(letter: Letter) -> bytes:
    return store.read(letter.signature.original.digest)


def day_of(letter: Letter) -> datetime.date:
    return letter.entry.registered_on


def test_key_is_taken_with_the_number(office: Office) -> None:
    entry = letters.preparing(office).entry
    entry.refresh_from_db()
    assert entry.check_url.endswith(f"/check/{entry.check_token}/")
    assert len(entry.check_token) == 22


def test_sent_letter_stands(paper: Letter) -> None:
    by_key = checking.by_token(RegisterEntry.objects.get(pk=paper.entry_id).check_token)
    by_number = checking.by_number(f"№ {paper.entry.number} ", day_of(paper))
    assert (by_key.verdict, by_number.verdict) == (CheckVerdict.ISSUED, CheckVerdict.ISSUED)
    assert by_number.letter == paper


def test_letter_under_way_is_known_by_its_key_alone(office: Office) -> None:
    letter = letters.awaiting(office)
    entry = RegisterEntry.objects.get(pk=letter.entry_id)
    assert checking.by_token(entry.check_token).verdict == CheckVerdict.UNSIGNED
    assert checking.by_number(entry.number, entry.registered_on).verdict == CheckVerdict.UNKNOWN


def test_returned_letter_leaves_an_annulled_number(office: Office) -> None:
    letter = letters.awaiting(office)
    number, final = letter.entry, letter.final
    verbs.give_back(letter=letter, note="Поправьте срок.", by=office.director, at=REGISTERED_AT)
    by_number = checking.by_number(number.number, number.registered_on)
    by_file = checking.by_file(store.read(final.digest))
    assert (by_number.verdict, by_file.verdict) == (CheckVerdict.ANNULLED, CheckVerdict.ANNULLED)
    assert by_number.letter is None


def test_replaced_letter_names_the_later_one(paper: Letter, office: Office) -> None:
    later = letters.sent_on_paper(office)
    Letter.objects.filter(pk=paper.pk).update(replaced_by=later)
    answers = [checking.by_number(paper.entry.number, day_of(paper)), checking.by_file(store.read(paper.final.digest))]
    assert [answer.verdict for answer in answers] == [CheckVerdict.REPLACED] * 2
    assert f"№ {later.entry.number}" in answers[0].words


@pytest.mark.usefixtures("key")
def test_signed_file_is_genuine_and_its_draft_is_not(office: Office) -> None:
    letter = letters.signed(office)
    assert checking.by_file(original(letter)).verdict == CheckVerdict.GENUINE
    assert checking.by_file(store.read(letter.final.digest)).verdict == CheckVerdict.NOT_THE_ORIGINAL


def test_files_of_a_letter_signed_by_hand_are_copies(paper: Letter) -> None:
    kinds = {kind: paper.files.get(kind=kind) for kind in (FileKind.FINAL, FileKind.SCAN)}
    verdicts = {kind: checking.by_file(store.read(file.digest)).verdict for kind, file in kinds.items()}
    assert verdicts == {FileKind.FINAL: CheckVerdict.COPY, FileKind.SCAN: CheckVerdict.COPY}


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    "alter",
    [
        lambda pdf: pdf + b"\n%%EOF",
        lambda pdf: pdf[:-1],
        lambda pdf: pdf[:1000] + bytes([pdf[1000] ^ 1]) + pdf[1001:],
        lambda pdf: pdf.replace(b"/Producer", b"/Author__", 1) + b" ",
        lambda pdf: b"",
        lambda pdf: b"%PDF-1.7 not ours",
    ],
)
def test_any_other_bytes_differ_from_the_signed(office: Office, alter: Callable[[bytes], bytes]) -> None:
    letter = letters.signed(office)
    data = alter(original(letter))
    entry = RegisterEntry.objects.get(pk=letter.entry_id)
    assert checking.by_file(data).verdict == CheckVerdict.ALTERED
    assert checking.by_file(data, entry).words == checking.NOT_THIS_ONE


def test_file_of_another_letter_is_not_this_one(paper: Letter, office: Office) -> None:
    other = letters.sent_on_paper(office)
    assert checking.by_file(store.read(other.final.digest), paper.entry).verdict == CheckVerdict.ALTERED


def test_unsigned_file_says_nothing_to_strangers(office: Office) -> None:
    letter = letters.awaiting(office)
    answer = checking.by_file(store.read(letter.final.digest))
    assert (answer.verdict, answer.entry) == (CheckVerdict.ALTERED, None)


def test_stranger_checks_by_number_file_and_key(paper: Letter, client: Client) -> None:
    entry = RegisterEntry.objects.get(pk=paper.entry_id)
    address = reverse("reports:check")
    by_number = client.get(address, {"number": entry.number, "day": entry.registered_on.isoformat()})
    by_key = client.get(reverse("reports:check-letter", args=[entry.check_token]))
    by_file = client.post(address, {"file": SimpleUploadedFile("scan.pdf", original(paper))})
    answers = [answer.context["answer"].verdict for answer in (by_number, by_key, by_file)]
    assert answers == [CheckVerdict.ISSUED, CheckVerdict.ISSUED, CheckVerdict.COPY]
    assert paper.subject_line in by_number.text


def test_page_says_what_is_missing(client: Client) -> None:
    address = reverse("reports:check")
    answers = [client.get(address, {"number": "941", "day": "вчера"}), client.post(address, {})]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Выберите файл" in answers[1].text


def test_made_up_key_opens_nothing(client: Client) -> None:
    answer = client.get(reverse("reports:check-letter", args=["made-up"]))
    assert answer.context["answer"].verdict == CheckVerdict.UNKNOWN


def test_who_asks_too_often_waits(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"check_letter": "3/m/ip"}
    cache.clear()
    address = reverse("reports:check-letter", args=["made-up"])
    statuses = [client.get(address).status_code for _ in range(4)]
    cache.clear()
    assert statuses == [200, 200, 200, 429]


# -- Paper letters of the journal --------------------------------------------------------------------------------

PAPER_DAY = datetime.date(2026, 3, 17)


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"origin": "paper"}, CheckVerdict.ON_PAPER),
        ({"origin": "imported"}, CheckVerdict.ON_PAPER),
        ({"origin": "paper", "addressee": ""}, CheckVerdict.NOT_DESCRIBED),
        ({"origin": "unknown", "addressee": ""}, CheckVerdict.NOT_DESCRIBED),
        ({"origin": "paper", "status": "reserved"}, CheckVerdict.UNKNOWN),
        ({"origin": "paper", "status": "annulled"}, CheckVerdict.ANNULLED),
    ],
)
def test_paper_number_of_the_journal(office: Office, fields: dict[str, Any], verdict: CheckVerdict) -> None:
    more: dict[str, Any] = {}
    if fields.get("status") == "reserved":
        more = {"reserved_until": PAPER_DAY, "reserved_reason": "Поездка"}
    if fields.get("status") == "annulled":
        more = {"annulled_at": REGISTERED_AT, "annulled_by": office.clerk, "annulled_reason": "Ошибка"}
    told = {"addressee": "Лицею", "subject_line": "О приёме", **fields, **more}
    RegisterEntryFactory(number="77/3", sequence=77, suffix="/3", registered_on=PAPER_DAY, letter=None, **told)
    assert checking.by_number("№ 77/3", PAPER_DAY).verdict == verdict


def test_page_says_that_the_original_is_on_paper_and_whom_to_call(office: Office, client: Client) -> None:
    told = {"origin": "paper", "addressee": "Лицею", "subject_line": "О сокращении"}
    RegisterEntryFactory(number="937", sequence=937, registered_on=PAPER_DAY, letter=None, **told)
    page = client.get(reverse("reports:check"), {"number": "№ 937 от 17.03.2026"}).text
    assert "Зарегистрировано, подписано на бумаге" in page
    assert "ОГБУ «Заречный центр»" in page
    assert "тел. (0000) 00-00-01" in page
    assert "Садовая" not in page
    assert "О сокращении" not in page
    assert "Сравнить свой файл с подписанным" not in page


def test_letter_that_stands_goes_before_a_paper_number(paper: Letter) -> None:
    other = OutgoingRegisterFactory(code="old", name="Прежний журнал")
    told = {"number": paper.entry.number, "registered_on": day_of(paper), "origin": "paper", "addressee": "Лицею"}
    RegisterEntryFactory(register=other, sequence=paper.entry.sequence, letter=None, **told)
    assert checking.by_number(paper.entry.number, day_of(paper)).verdict == CheckVerdict.ISSUED


def test_number_without_a_day_is_asked_for_it(client: Client) -> None:
    answer = client.get(reverse("reports:check"), {"number": "941"})
    assert answer.status_code == 422
    assert "Укажите дату письма" in answer.text


def test_page_without_a_letterhead_names_nobody(client: Client, db: None) -> None:
    assert "Чьи письма здесь проверяют" not in client.get(reverse("reports:check")).text
