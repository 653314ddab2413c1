"""Subjects are kept on pages; the code that rules and links name stays as it was made."""

import pytest
from django.test import Client

from olympiad.models import Subject
from tests.factories.centers import staff
from tests.factories.olympiad import SeasonFactory, SubjectFactory

pytestmark = pytest.mark.django_db
SAID = {"name": "робототехника", "name_dative": "робототехнике", "position": "30", "code": "robotics"}


def test_a_subject_is_kept_and_its_code_stays(client: Client) -> None:
    client.force_login(staff("methodist"))
    SeasonFactory()
    page = client.post("/subjects/new/", SAID, follow=True)
    subject = Subject.objects.get()
    assert page.redirect_chain == [(f"/subjects/{subject.pk}/", 302)]
    assert "по робототехнике" in page.text
    assert "с 5-го класса" in page.text
    assert "В перечне" not in page.text

    client.post(
        f"/subjects/{subject.pk}/edit/",
        SAID | {"name": "робототехника и ИИ", "code": "other", "listed_since": "2026-09-01"},
    )
    subject.refresh_from_db()
    assert (subject.name, subject.code) == ("робототехника и ИИ", "robotics")
    for address in ("/subjects/", f"/subjects/{subject.pk}/"):
        assert "с 01.09.2026" in client.get(address).text


def test_a_code_is_one_subjects(client: Client) -> None:
    client.force_login(staff("methodist"))
    SubjectFactory(code="robotics")
    assert client.post("/subjects/new/", SAID).status_code == 422
    assert Subject.objects.count() == 1


def test_a_list_with_nothing_to_ask_has_no_form_above_it(client: Client) -> None:
    client.force_login(staff("methodist"))
    SubjectFactory()
    assert "filter-bar" not in client.get("/subjects/").text
    assert "filter-bar" in client.get("/sessions/").text
