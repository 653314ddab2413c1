"""What a coordinator asks of sessions that are not announced, of others' tables and histories, comes back empty."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from olympiad.models import PrepSession
from tests.factories.centers import MunicipalityFactory, OrganizationFactory, PersonFactory, coordinator, staff
from tests.factories.events import EventFactory, announced
from tests.factories.olympiad import (
    PrepSessionFactory,
    ResultSheetFactory,
    SessionLecturerFactory,
    SessionPartnerFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db
SECRETS = ("Тайная смена", "Тайный партнёр", "Тайный предмет", "Тайный район", "Тайнов")


@pytest.fixture
def seen() -> PrepSession:
    """An announced session; its lecturer teaches on the same days at one that is still a draft."""
    lecturer = PersonFactory()
    open_one = PrepSessionFactory(event=announced(kind="prep_session", topic="Открытая смена"))
    SessionLecturerFactory(session=open_one, person=lecturer)
    hidden = PrepSessionFactory(
        event=EventFactory(kind="prep_session", topic="Тайная смена"),
        municipality=MunicipalityFactory(name="Тайный район"),
    )
    hidden.subjects.add(SubjectFactory(name="Тайный предмет"))
    SessionPartnerFactory(session=hidden, organization=OrganizationFactory(short_name="Тайный партнёр"))
    SessionLecturerFactory(session=hidden, person=lecturer)
    SessionLecturerFactory(session=hidden, person__surname="Тайнов")
    return open_one


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/sessions/",
            "/sessions/?archive=all",
            "/sessions/?partner=1",
            "/sessions/?q=Тайная",
            "/sessions/?order=-pupils",
        ),
        *("/sessions/table.csv", "/sessions/table.csv?cols=topic,partners,municipality", "/sessions/all/"),
    ],
)
def test_neither_lists_nor_their_filters_and_files_tell_of_a_draft(
    path: str, seen: PrepSession, client: Client
) -> None:
    client.force_login(coordinator())
    answer = client.get(path)
    told = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert [word for word in SECRETS if word in told.replace('value="Тайная"', "")] == []


def test_the_card_tells_the_office_where_else_a_lecturer_is_and_a_coordinator_not(
    seen: PrepSession, client: Client
) -> None:
    pages = []
    for user in (staff("methodist"), coordinator()):
        client.force_login(user)
        pages.append(client.get(f"/sessions/{seen.pk}/").text)
    assert ["Тайная смена" in page for page in pages] == [True, False]


def test_single_tables_and_histories_are_the_staffs(seen: PrepSession, client: Client) -> None:
    sheet: Any = ResultSheetFactory(name="Тайная таблица.xlsx")
    hidden = PrepSession.objects.exclude(pk=seen.pk).get()
    client.force_login(coordinator())
    asked = [
        reverse("olympiad:sheet-detail", args=[sheet.pk]),
        *("/results/tables/", "/results/tables/table.csv", "/results/doubts/", "/problems/", "/problems/table.xlsx"),
        *(
            reverse("record-history", args=[kind, pk])
            for kind, pk in (("session", seen.pk), ("result-sheet", sheet.pk))
        ),
        f"/sessions/{hidden.pk}/",
        reverse("record-history", args=["session", hidden.pk]),
    ]
    assert [client.get(path).status_code for path in asked] == [403] * 8 + [404] * 2
