"""Pages of certificates: the form of roles, the list with its sample, one's own, the check, the archive."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from centers.models import User
from reports.certificates import preparing, revoking
from reports.models import Certificate, CertificateRelease
from reports.models.certificate import CertificateRole, ReleaseStatus
from tests.factories import certificates as made
from tests.factories.centers import UserFactory
from tests.factories.reports import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
type LogIn = Callable[[User], Client]


@pytest.fixture
def client_of(client: Client) -> LogIn:
    def log_in(user: User) -> Client:
        client.force_login(user)
        return client

    return log_in


def of(release: CertificateRelease, name: str = "certificate-release") -> str:
    return reverse(f"reports:{name}", args=[release.pk])


def test_roles_are_offered_for_those_who_were_there(office: Office, client_of: LogIn) -> None:
    event = made.event_of(office, "Ёлкина", "Ветрова")
    client, address = client_of(office.methodist), reverse("reports:certificates-prepare", args=[event.pk])

    assert "Участник – 2" in client.get(address).text
    nobody = client.post(address, {"role_participant": "", "level": "regional"})
    assert (nobody.status_code, "Выберите роль хотя бы для одной строки" in nobody.text) == (422, True)
    assert client.post(address, {"role_participant": "jury", "level": "regional", "hours": "16"}).status_code == 422

    answer = client.post(address, {"role_participant": "jury", "level": "federal", "hours": "3"}, follow=True)
    release = CertificateRelease.objects.get()
    assert "Подготовлено: 2 сертификата." in answer.text
    assert (release.level, release.hours) == ("federal", 3)
    assert set(release.certificates.values_list("role", flat=True)) == {CertificateRole.JURY}
    assert client.get(address).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_release_asks_as_often_for_many(
    office: Office, client_of: LogIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    release = made.issued(office, made.event_of(office, *["Ёлкина", "Ветрова", "Щукина"][:count]))
    client = client_of(office.director)
    client.get(of(release))
    with django_assert_num_queries(12):
        page = client.get(of(release))
    assert f"слушатель – {count}" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_ones_own_page_asks_as_often_for_many(
    office: Office, client_of: LogIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = UserFactory()
    for _ in range(count):
        event = made.event_of(office, "Ёлкина")
        event.attendances.update(person=user.person)
        made.issued(office, event)
    client = client_of(user)
    client.get(reverse("reports:certificates-mine"))
    with django_assert_num_queries(4):
        page = client.get(reverse("reports:certificates-mine"))
    assert (page.text.count("РВЦИ-2026-"), page.text.count("Открыть PDF")) == (count, count)


def test_of_nobody_there_is_none(client_of: LogIn) -> None:
    assert "Сертификатов пока нет" in client_of(UserFactory()).get(reverse("reports:certificates-mine")).text


def test_a_list_is_searched_by_name(office: Office, client_of: LogIn) -> None:
    release = made.prepared(office, made.event_of(office, "Ёлкина", "Ветрова"))
    page = client_of(office.methodist).get(of(release), {"q": "елкина"})
    assert ("Ёлкина" in page.text, "Ветрова" in page.context["page"].object_list[0].name) == (True, False)
    assert "Никого не нашлось." in client_of(office.methodist).get(of(release), {"q": "Пушкин"}).text


def test_the_sample_is_a_picture_of_the_longest_name_or_of_the_named(office: Office, client_of: LogIn) -> None:
    release = made.submitted(office, made.event_of(office, "Преображенская-Рождественская", "Ель"))
    client = client_of(office.director)
    longest, named = (client.get(of(release, "certificates-sample"), asked) for asked in ({}, {"row": row_of(release)}))
    assert longest.headers["Content-Type"] == "image/png"
    assert longest.content.startswith(b"\x89PNG")
    assert longest.content != named.content


def row_of(release: CertificateRelease) -> str:
    return str(release.certificates.get(name__startswith="Ель").pk)


def test_the_director_releases_and_the_page_follows_the_drawing(office: Office, client_of: LogIn) -> None:
    release = made.submitted(office)
    client = client_of(office.director)
    assert "На выпуск" in client.get(reverse("home")).text
    answer = client.post(of(release, "certificates-release"), {"seen": preparing.digest_of(release)}, follow=True)
    assert "Готово 0 из 2." in answer.text
    assert "Готово 0 из 2." in client.get(of(release, "certificates-progress")).text

    CertificateRelease.objects.update(status=ReleaseStatus.RELEASED)
    done = client.get(of(release, "certificates-progress"))
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")


def test_what_the_director_did_not_see_is_not_released(office: Office, client_of: LogIn) -> None:
    release = made.submitted(office)
    answer = client_of(office.director).post(of(release, "certificates-release"), {"seen": ""})
    assert (answer.status_code, "Список изменился" in answer.text) == (409, True)


def test_a_reason_that_is_missing_is_asked_for(office: Office, client_of: LogIn) -> None:
    release, client = made.submitted(office), client_of(office.director)
    assert client.post(of(release, "certificates-give-back"), {"give_back-note": ""}).status_code == 422
    row = made.first_of(made.issued(office))
    revoke = reverse("reports:certificate-revoke", args=[row.pk])
    assert client.post(revoke, {"revoke-note": ""}).status_code == 422
    assert not Certificate.objects.exclude(revoked_at=None).exists()


def test_all_that_stand_come_as_one_archive(office: Office, client_of: LogIn) -> None:
    release = made.issued(office, made.event_of(office, "Ёлкина", "Ветрова", "Щукина"))
    revoking.revoke(certificate=made.first_of(release), reason="Ошибка.", by=office.director, at=made.ISSUED_AT)

    answer = client_of(office.methodist).get(of(release, "certificates-archive"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        files = {one.filename: archive.read(one) for one in archive.infolist()}
    assert answer.headers["Content-Type"] == "application/zip"
    assert [name.split("-")[:4] for name in files] == [
        ["sertifikat", "RVTSI", "2026", "2"],
        ["sertifikat", "RVTSI", "2026", "3"],
    ]
    assert all(data.startswith(b"%PDF") for data in files.values())


def test_whoever_holds_the_paper_sees_whether_it_stands(office: Office, client: Client) -> None:
    row = made.first_of(made.issued(office))
    check, file = (
        reverse(f"reports:{name}", args=[row.token]) for name in ("certificate-check", "certificate-own-file")
    )
    page = client.get(check)
    assert ("Такой сертификат выдан, он действует" in page.text, row.name in page.text) == (True, True)
    assert client.get(file).content.startswith(b"%PDF")

    revoking.revoke(certificate=row, reason="Выдан по ошибке.", by=office.director, at=made.ISSUED_AT)
    page = client.get(check)
    assert ("Сертификат аннулирован" in page.text, "Выдан по ошибке." in page.text) == (True, True)
    assert (client.get(file).status_code, client.get(file.replace(row.token, "made-up")).status_code) == (404, 404)


def test_addresses_are_checked_no_more_often_than_letters(office: Office, client: Client, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "check_letter": "1/m/ip"}  # type: ignore[attr-defined]
    address = reverse("reports:certificate-check", args=["made-up"])
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


def test_the_words_of_a_row_are_mended_before_the_director_sees_them(office: Office, client_of: LogIn) -> None:
    row = made.first_of(made.prepared(office))
    client, address = client_of(office.methodist), reverse("reports:certificate-edit", args=[row.pk])
    words = {"name": "Ветрова Мария", "role": "speaker", "place": "", "talk": "Программы повышения квалификации"}
    refused = client.post(address, words)
    assert (refused.status_code, "Сертификат участия не может быть похож" in refused.text) == (422, True)
    client.post(address, {**words, "talk": "Опыты с водой"})
    row.refresh_from_db()
    assert (row.name, row.role, row.talk) == ("Ветрова Мария", CertificateRole.SPEAKER, "Опыты с водой")
