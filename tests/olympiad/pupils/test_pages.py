"""Pages of pupils by name: who sees whom, every look noted, namesakes asked about, counts that agree."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from olympiad.models import Pupil, PupilFile, PupilLook
from olympiad.pupils import pupils
from olympiad.sessions import reconciling, sessions
from tests import clock
from tests.factories import brought
from tests.factories.centers import CenterFactory, administrator, coordinator, staff
from tests.factories.events import held
from tests.factories.moments import tomsk
from tests.factories.olympiad import PrepSessionFactory, PupilFactory, PupilFileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Any:
    center = CenterFactory(organization__short_name="Школа № 1")
    session = PrepSessionFactory(event=held(kind="prep_session"))
    return PupilFileFactory(pupil=PupilFactory(session=session, organization=center.organization)).pupil


def methodist_of(pupil: Any, client: Client) -> Any:
    user = staff("methodist", pupil.session.event.department)
    client.force_login(user)
    return user


def typed(pupil: Any, **changed: Any) -> dict[str, Any]:
    told = {"surname": "ЛУКОШКИНА", "given_name": "Вера", "grade": "9", "organization": str(pupil.organization_id)}
    told |= {"consent_on": "2026-09-01", "consent_until": "2026-12-31"}
    return {**told, "consent_file": SimpleUploadedFile("Лукошкина.pdf", brought.pdf()), **changed}


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def looks() -> list[tuple[str, int]]:
    return list(PupilLook.objects.order_by("pk").values_list("what", "names"))


def test_names_are_seen_by_few_and_every_look_is_noted(pupil: Any, client: Client, settings: Settings) -> None:
    PupilFactory(session=pupil.session, surname="Чужова")
    methodist_of(pupil, client)
    page = client.get("/pupils/").text
    assert ("Лукошкина" in page, "Чужова" in page) == (True, True)
    client.get("/pupils/table.xlsx")
    client.get(f"/sessions/{pupil.session_id}/pupils/{pupil.pk}/edit/")
    scan = client.get(f"/pupils/{pupil.pk}/consents/consent/")
    assert "attachment" in scan.headers["Content-Disposition"]
    assert looks() == [("list", 2), ("xlsx", 2), ("record", 1), ("scan", 1)]
    client.force_login(coordinator(pupil.organization.center))
    own = client.get("/pupils/table.csv").content.decode()
    assert ("Лукошкина" in own, "Чужова" in own, looks()[-1]) == (True, False, ("csv", 1))
    client.force_login(coordinator())
    assert "Лукошкина" not in client.get("/pupils/").text
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator())
    card = client.get(f"/sessions/{pupil.session_id}/").text
    assert ("Лукошкина" in card, "Внесено с согласием родителей: 2" in card, "выгрузка XLSX: 2" in card) == (
        *(False, True, True),
    )
    assert client.get("/pupils/").status_code == 403
    assert len(looks()) == 5


def test_a_pupil_is_entered_with_a_consent_in_force_and_its_scan(pupil: Any, client: Client) -> None:
    methodist = methodist_of(pupil, client)
    url = f"/sessions/{pupil.session_id}/pupils/new/"
    late = typed(pupil, surname="Новикова", consent_until="2026-11-26", consent_file="")
    assert set(errors(client.post(url, late))) == {"consent_until", "consent_file"}
    made = client.post(url, typed(pupil, surname="Новикова", consent_until="2026-11-27", new_in_season="True"))
    assert made.status_code == 302
    new = Pupil.objects.get(surname="Новикова")
    assert (new.new_in_season, new.files.get().file_name) == (True, "Согласие на обработку данных.pdf")
    # A consent that ends today holds today and not tomorrow.
    for moment, is_seen in ((tomsk(11, 27, 23, 59), True), (tomsk(11, 28, 0, 0), False)):
        with clock.standing(moment):
            client.force_login(methodist)
            assert ("Новикова" in client.get("/pupils/").text) == is_seen


def test_publication_wants_its_own_days_and_file(pupil: Any, client: Client) -> None:
    methodist_of(pupil, client)
    url = f"/sessions/{pupil.session_id}/pupils/{pupil.pk}/edit/"
    days = {"publication_on": "2026-09-01", "publication_until": "2026-12-01"}
    kept = typed(pupil, surname="Лукошкина", consent_file="")
    assert set(errors(client.post(url, kept | days))) == {"publication_file"}
    file = SimpleUploadedFile("п.pdf", brought.pdf())
    assert set(errors(client.post(url, kept | {"publication_file": file}))) == {"publication_on"}
    file = SimpleUploadedFile("п.pdf", brought.pdf())
    assert client.post(url, kept | days | {"publication_file": file}).status_code == 302
    assert {one.purpose for one in PupilFile.objects.filter(dropped_at=None)} == {"consent", "publication"}
    assert client.post(url, kept).status_code == 302
    pupil.refresh_from_db()
    assert (pupil.publication_until, PupilFile.objects.get(dropped_at=None).purpose) == (None, "consent")


def test_two_of_one_name_in_one_class_are_asked_about_and_not_merged(pupil: Any, client: Client) -> None:
    methodist_of(pupil, client)
    url = f"/sessions/{pupil.session_id}/pupils/new/"
    assert set(errors(client.post(url, typed(pupil)))) == {"namesake"}
    assert client.post(url, typed(pupil, namesake="on")).status_code == 302
    assert Pupil.objects.count() == 2
    (told,) = [words for words in reconciling.of(pupil.session).doubts if "тёзки" in words]
    assert "2" in told
    # The first is changed without being asked again.
    first = f"/sessions/{pupil.session_id}/pupils/{pupil.pk}/edit/"
    edited = typed(pupil, surname="Лукошкина", consent_until="2027-06-30", consent_file="")
    assert client.post(first, edited).status_code == 302


def test_lists_and_counts_agree(pupil: Any, client: Client) -> None:
    session, by = pupil.session, methodist_of(pupil, client)
    session.pupils = 0
    session.save()
    assert [words for words in reconciling.of(session).errors if "обучающихся" in words] == [
        "По именам обучающихся названо 1, а в числах – 0."
    ]
    answer = client.post(f"/sessions/{session.pk}/count/", {"why": "по списку"})
    assert answer.status_code == 302
    session.refresh_from_db()
    assert (session.pupils, sessions.listed(session)["pupils"]) == (1, 1)
    pupil.new_in_season = True
    pupil.save()
    assert sessions.listed(session)["new_pupils"] == 1
    earlier = PrepSessionFactory(season=session.season, event__starts_at=tomsk(1, 10, 10, year=2020))
    PupilFactory(session=earlier, organization=pupil.organization, given_name="ВЕРА")
    assert [words for words in reconciling.of(session).doubts if "более ранней смены" in words] != []
    pupils.remove(pupil, by=by)
    assert (Pupil.objects.count(), PupilFile.objects.filter(dropped_at=None).count()) == (1, 0)


def test_what_is_nameless_is_changed_no_more(pupil: Any, client: Client) -> None:
    by = methodist_of(pupil, client)
    pupils.withdraw(pupil, by=by)
    with pytest.raises(pupils.NamelessNow):
        pupils.change(pupil, by=by, given_name="Вера")
    assert client.get(f"/sessions/{pupil.session_id}/pupils/{pupil.pk}/edit/").status_code == 404


def test_a_consent_is_withdrawn_from_the_pupils_own_page(pupil: Any, client: Client) -> None:
    methodist_of(pupil, client)
    address = f"/sessions/{pupil.session_id}/pupils/{pupil.pk}"
    page = client.get(f"{address}/edit/").text
    assert f'href="{address}/withdraw/"' in page
    assert f'href="{address}/remove/"' in page
    assert "вернуть их нельзя" in client.get(f"{address}/withdraw/").text


def test_an_upload_says_of_which_session_it_is(pupil: Any, client: Client) -> None:
    methodist_of(pupil, client)
    page = client.get(f"/sessions/{pupil.session_id}/pupils/import/")
    assert page.text.count(f"Смена «{pupil.session.event.topic}», {pupil.session.event.days}") == 1
    assert page.context["list_url"] == f"/sessions/{pupil.session_id}/"
