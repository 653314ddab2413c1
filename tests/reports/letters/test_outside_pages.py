"""The pages of a signature made outside: what each role sees, and the words of each refusal."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from centers.models import User
from rcro_portal.lib import store
from reports.home import inbox
from reports.letters import letters, signatures
from reports.models import DetachedSignature, Letter
from reports.models.letter import FileKind, LetterStatus, Way
from reports.signing import detached, gost
from reports.verification import checking
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory, UserFactory
from tests.factories.moments import SENT_AT, SIGNED_AT
from tests.factories.reports import Office
from tests.gost_authority import DAY, GostAuthority, needs_engine
from tests.untouched import nothing_changes

pytestmark = [pytest.mark.django_db, needs_engine, pytest.mark.machine_clock]  # OpenSSL puts it into a signature
NOW = clock.machine()
NEVER_SAID = "Подпись подтверждена"
NOT_CHECKED = "Подпись приложена, здесь она не проверялась"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> GostAuthority:
    made = GostAuthority(tmp_path_factory.mktemp("gost"), "pages")
    made.issue("director", "/CN=Кедрова Елена Юрьевна", begins=NOW - DAY, ends=NOW + 400 * DAY)
    made.issue("expired", "/CN=Кедрова Елена Юрьевна", begins=NOW - 400 * DAY, ends=NOW - DAY)
    made.issue("early", "/CN=Кедрова Елена Юрьевна", begins=NOW + DAY, ends=NOW + 400 * DAY)
    return made


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def roots(keys: Path, authority: GostAuthority) -> Path:
    return authority.trusted_in(keys / "gost-roots")


@pytest.fixture
def letter(office: Office, demo: None) -> Letter:
    made = walked.awaiting(office)
    signatures.choose_method(letter=made, way=Way.GOST, by=office.director, at=SIGNED_AT)
    return made


def bring(client: Client, user: User, letter: Letter, data: bytes, act: str = "") -> HttpResponse:
    client.force_login(user)
    return post(client, letter, data, act)


def post(client: Client, letter: Letter, data: bytes, act: str = "") -> HttpResponse:
    file = SimpleUploadedFile("letter.sig", data)
    return client.post(f"/letters/{letter.pk}/signature/{act}", {"signature": file})


def page(client: Client, user: User, letter: Letter) -> str:
    client.force_login(user)
    return client.get(f"/letters/{letter.pk}/").content.decode()


def status(letter: Letter) -> str:
    return Letter.objects.get(pk=letter.pk).status


def test_director_chooses_the_way(office: Office, demo: None, client: Client) -> None:
    letter = walked.awaiting(office)
    assert "Подпишу усиленной подписью вне портала" in page(client, office.director, letter)
    client.post(f"/letters/{letter.pk}/choose/gost/")
    assert Letter.objects.get(pk=letter.pk).way == Way.GOST
    shown = page(client, office.director, letter)
    assert "Ваш шаг: скачайте PDF, подпишите его усиленной подписью и загрузите файл подписи." in shown
    assert f'href="/letters/{letter.pk}/files/{letter.final_id}/" download' in shown
    assert "Подписать ключом в портале" in shown


def test_methodist_does_not_bring_signatures(letter: Letter, office: Office, client: Client) -> None:
    shown = page(client, office.methodist, letter)
    assert "Загрузить подпись" not in shown
    assert "директор Е.Ю. Кедрова загрузит файл подписи." in shown
    with nothing_changes():
        assert post(client, letter, b"x").status_code == 403


def test_valid_signature(letter: Letter, office: Office, client: Client, authority: GostAuthority, roots: Path) -> None:
    data = authority.sign("director", store.read(letter.final.digest))
    answer = bring(client, office.director, letter, data)
    assert (answer.status_code, status(letter)) == (302, LetterStatus.SIGNED)
    shown = page(client, office.director, letter)
    assert "Подписано. Исх. № 941 от 18.03.2026" in shown
    assert NEVER_SAID in shown
    assert NOT_CHECKED not in shown
    assert "копия с отметкой о подписи" in shown
    assert "не проверялся: списка отозванных" in shown
    file = letter.files.get(kind=FileKind.SIGNATURE)
    answer = client.get(f"/letters/{letter.pk}/files/{file.pk}/")
    assert (answer.content, answer["Content-Type"]) == (data, "application/pkcs7-signature")
    assert answer["Content-Disposition"].endswith('pismo-941-2026-signature.sig"')
    assert checking.by_file(data).words.startswith("Это файл подписи к письму.")


def test_unchecked_signature_is_never_called_valid(
    letter: Letter, office: Office, client: Client, authority: GostAuthority, keys: Path
) -> None:
    data = authority.sign("director", store.read(letter.final.digest))
    bring(client, office.director, letter, data)
    assert status(letter) == LetterStatus.AWAITING
    for user in (office.director, office.clerk, office.methodist):
        shown = page(client, user, letter)
        assert NOT_CHECKED in shown
        assert NEVER_SAID not in shown
    assert [one["heading"] for one in inbox.sections(office.clerk, NOW)][1] == "Проверить подпись вне портала"
    row = DetachedSignature.objects.get()
    client.force_login(office.clerk)
    client.post(f"/letters/{letter.pk}/signature/{row.pk}/confirm/")
    assert status(letter) == LetterStatus.SIGNED
    shown = page(client, office.clerk, letter)
    assert NOT_CHECKED in shown
    assert NEVER_SAID not in shown
    assert "Проверка вне портала" in shown
    assert [one["heading"] for one in inbox.sections(office.clerk, NOW)][1] != "Проверить подпись вне портала"


@pytest.mark.parametrize(
    ("who", "words"),
    [("expired", "Срок сертификата истёк "), ("early", "Сертификат действует только с ")],
)
def test_certificate_out_of_term(
    who: str, words: str, letter: Letter, office: Office, client: Client, authority: GostAuthority, roots: Path
) -> None:
    data = authority.sign(who, store.read(letter.final.digest))
    assert refusal(client, office, letter, data).startswith(words)


def test_revoked_certificate(
    letter: Letter, office: Office, client: Client, authority: GostAuthority, roots: Path
) -> None:
    authority.issue("revoked", "/CN=Кедрова Елена Юрьевна", begins=NOW - DAY, ends=NOW + DAY)
    data = authority.sign("revoked", store.read(letter.final.digest))
    (roots / "list.crl").write_bytes(authority.revoke("revoked"))
    assert refusal(client, office, letter, data).startswith("Сертификат отозван ")


def test_foreign_certificate(letter: Letter, office: Office, client: Client, roots: Path, tmp_path: Path) -> None:
    foreign = GostAuthority(tmp_path / "foreign", "foreign", "gost2012_512")
    foreign.issue("director", "/CN=Кедрова Елена Юрьевна", begins=NOW - DAY, ends=NOW + DAY)
    said = refusal(client, office, letter, foreign.sign("director", store.read(letter.final.digest)))
    assert said.startswith(
        "Сертификат выдан не тем удостоверяющим центром, которому доверяет портал: Тестовый УЦ foreign."
    )


def test_truncated_and_foreign_files(
    letter: Letter, office: Office, client: Client, authority: GostAuthority, roots: Path
) -> None:
    data = authority.sign("director", store.read(letter.final.digest))
    assert refusal(client, office, letter, data[:-100]) == detached.Truncated.words
    assert refusal(client, office, letter, store.read(letter.final.digest)) == detached.Unreadable.words
    assert refusal(client, office, letter, authority.sign("director", b"another")) == gost.NotOfDocument.words
    assert refusal(client, office, letter, bytes(12 << 20)) == detached.TooBig.words
    assert refusal(client, office, letter, b"") == "Отправленный файл пуст."


def refusal(client: Client, office: Office, letter: Letter, data: bytes) -> str:
    client.force_login(office.director)
    with nothing_changes():
        answer = post(client, letter, data)
    assert (answer.status_code, status(letter)) == (422, LetterStatus.AWAITING)
    (error,) = answer.context["signature_form"].errors["signature"]
    return error


def test_no_file(letter: Letter, office: Office, client: Client) -> None:
    client.force_login(office.director)
    with nothing_changes():
        answer = client.post(f"/letters/{letter.pk}/signature/")
    assert (answer.status_code, answer.context["signature_form"].errors["signature"]) == (422, ["Обязательное поле."])


def test_second_signature_beside_the_key(
    office: Office, demo: None, client: Client, authority: GostAuthority, key: None
) -> None:
    letter = walked.signed(office)
    signed = Letter.objects.get(pk=letter.pk).signature.original
    assert "Добавить вторую подпись, по ГОСТ" in page(client, office.clerk, letter)
    answer = bring(client, office.clerk, letter, authority.sign("director", store.read(signed.digest)), "attach/")
    assert (answer.status_code, status(letter)) == (302, LetterStatus.SIGNED)
    shown = page(client, office.clerk, letter)
    assert "Вторая подпись, по ГОСТ" in shown
    assert NOT_CHECKED in shown


def test_centre_reads_both_files(
    office: Office, demo: None, client: Client, authority: GostAuthority, roots: Path
) -> None:
    coordinator = CoordinatorFactory()
    user = UserFactory(person=coordinator.person)
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way=Way.GOST, by=office.director, at=SIGNED_AT)
    bring(client, office.director, letter, authority.sign("director", store.read(letter.final.digest)))
    assert letters.release(letter_id=letter.pk, at=SENT_AT)
    client.force_login(user)
    answers = {
        file.kind: client.get(f"/letters/{letter.pk}/files/{file.pk}/").status_code for file in letter.files.all()
    }
    assert answers == {"final": 200, "signature": 200, "stamped": 200}
