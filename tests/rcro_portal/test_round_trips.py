"""The portal's own lists, brought in again: whatever they show, nothing changes."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import OrganizationName
from events.models import PlanSchedule
from rcro_portal.lib.registers.importing import registry
from reports.models import OutgoingRegister
from tests.factories import imports
from tests.factories.centers import (
    CoordinatorFactory,
    InvitationFactory,
    OrganizationFactory,
    PersonFactory,
    administrator,
)
from tests.factories.events import PlanItemFactory, PlanResponsibleFactory
from tests.factories.moments import SENT_AT
from tests.factories.olympiad import PrepSessionFactory, SessionPartnerFactory, SubjectFactory
from tests.factories.projects import ClusterMemberFactory, ProjectLeadFactory
from tests.factories.reports import RegisterEntryFactory

pytestmark = pytest.mark.django_db
# Into which of several of the portal's own a table is brought, where its kind asks.
INTO: dict[str, Callable[[], dict[str, Any]]] = {
    "plan": lambda: {"schedule": PlanSchedule.objects.get().pk},
    "journal": lambda: {"register": OutgoingRegister.objects.get().pk},
}
# A name that the session has already is a question there: the same pupil, or a namesake? (tests/olympiad/pupils)
ASKED_ABOUT = {"pupils"}


@pytest.fixture
def client_of_all(client: Client, settings: Any) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator())
    for number in ("9", "19"):
        place = CoordinatorFactory(center__organization__short_name=f"СОШ № {number}").center
        ProjectLeadFactory(center=place)
        ClusterMemberFactory(organization=place.organization)
    school = OrganizationFactory(short_name="Лицей «Ива»", inn="7099001074", phone="(3822) 51-56-66, доб. 2")
    PersonFactory(surname="Гасанов", given_name="Н.", patronymic="", phone="(3822) 51-56-66", email="")
    names = {"full_name": "Школа «Ива»", "short_name": "Школа «Ива»", "short_name_genitive": "Школы «Ива»"}
    OrganizationName.objects.create(organization=school, until="2020-08-31", **names)
    plan = PlanResponsibleFactory(person__surname="Кедрина").item.schedule
    september = {"when_said": "сентябрь", "first_on": "2026-09-01", "last_on": "2026-09-30", "precision": "month"}
    PlanItemFactory(schedule=plan, number="19", **september)
    SessionPartnerFactory(
        session__event__topic="Смена «Ива»", session__first_grade=9, session__last_grade=11, session__quota=40
    )
    PrepSessionFactory(event__topic="Сборы").subjects.add(SubjectFactory(name="Физика"))
    register = RegisterEntryFactory(addressee="Школам", subject_line="О приёме; сроки").register
    RegisterEntryFactory(register=register, sequence=942, number="942", note="=1+1")
    # Of namesakes a table asks whom it means; whose invitation is over is invited once more.
    for surname in ("Ветлугина", "Рябинина"):
        person = CoordinatorFactory(person__surname=surname).person
        InvitationFactory(person=person, expires_at=SENT_AT + datetime.timedelta(days=14))
    return client


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_own_lists_of_every_kind_change_nothing(ending: str, client_of_all: Client) -> None:
    by = administrator()
    for key, kind in registry.kinds().items():
        if key in ASKED_ABOUT:
            continue
        file = client_of_all.get(f"{reverse(kind.listed)}table.{ending}").content
        into = INTO[key]() if key in INTO else {}
        found = imports.judged(imports.begun(kind, file, by=by, at=SENT_AT, **into), kind, at=SENT_AT)
        told = (found.rows > 1, found.writes, found.faults, found.doubtful)
        assert told == (True, 0, [], []), (key, [kind.changes(one.what) for one in found.changed])
