"""A centre's card and passport count as its lists do."""

import datetime
import io

import pikepdf
import pytest
from django.test import Client

from centers.models import Center, User
from events.models.commitment import CommitmentStatus
from rcro_portal.lib.registers.period import Period
from reports.statistics import center_activity, passport
from reports.typesetting import rendering
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, CoordinatorFactory, StatusChangeFactory, coordinator, staff
from tests.factories.events import AttendanceFactory, CommitmentFactory, OutcomeFactory, TalkFactory, held
from tests.factories.moments import SENT_AT, tomsk
from tests.factories.projects import (
    AchievementFactory,
    ClusterMemberFactory,
    NetworkManagementModelFactory,
    ProjectLeadFactory,
    ResourceFactory,
)
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def center() -> Center:
    """Came to one of two events for centres; a third was before its status, of a fourth nobody marked centres."""
    center = CenterFactory()
    center.grants.update(since="2026-01-01")
    came, missed, before = (
        held(topic="Был"),
        held(topic="Не был"),
        held(topic="До статуса", starts_at=tomsk(3, 1, 9, year=2025)),
    )
    held(topic="Без отметок")
    post = coordinator(center).person
    AttendanceFactory(event=came, center=center, person=post)
    for event in (came, missed, before):
        AttendanceFactory(event=event)
    TalkFactory(outcome=OutcomeFactory(event=came), speaker=post, title="Школа в лесу")
    done = {"status": CommitmentStatus.ACCEPTED, "acknowledged_at": SENT_AT}
    CommitmentFactory(center=center, **done)
    CommitmentFactory(center=center, text="составить смету")
    CommitmentFactory(center=center, text="снято", status=CommitmentStatus.WITHDRAWN)
    AchievementFactory(center=center, title="Конкурс лабораторий")
    AchievementFactory(center=center, title="Отложен", archived_at=SENT_AT)
    ResourceFactory(center=center, title="Сборник задач")
    ProjectLeadFactory(center=center, project__title="Школа исследователей")
    return center


def reader(center: Center) -> User:
    return center.coordinators.get().person.user


def test_shares(center: Center) -> None:
    assert str(center_activity.attendance(center)) == "1 из 2"
    assert str(center_activity.fulfilment(center)) == "1 из 2"
    assert passport.by_year(center) == [(2026, (1, 2), (1, 2))]


def test_passport_counts_as_lists_do(center: Center, client: Client) -> None:
    """The lists of the centre's own coordinator, but for what a later letter withdrew."""
    user = reader(center)
    facts = passport.facts(center, user, clock.now())
    client.force_login(user)
    listed = {
        name: client.get(f"/{name}/").context["table"].page.object_list
        for name in ("commitments", "achievements", "resources")
    }
    standing = [row for row in listed["commitments"] if row.status != CommitmentStatus.WITHDRAWN]
    assert facts["fulfilment"] == (sum(row.status == "accepted" for row in standing), len(standing))
    assert list(facts["achievements"]) == listed["achievements"]
    assert list(facts["resources"]) == listed["resources"]


def test_passport_of_a_period(center: Center) -> None:
    """What lies in it, and what was in force on one of its days."""
    user = staff("methodist")
    center.achievements.update(on="2026-02-01")
    center.resources.update(year=2026)
    StatusChangeFactory(grant=center.grants.get(), act_number="17-р")
    ClusterMemberFactory(organization=center.organization, cluster__name="Точные науки", since="2026-01-01")
    NetworkManagementModelFactory(center=center, project__title="Школа одна", since="2020-01-01", until="2020-12-31")
    year, before = (Period(datetime.date(one, 1, 1), datetime.date(one, 12, 31)) for one in (2026, 2020))
    whole, told, none = (passport.facts(center, user, clock.now(), one) for one in (Period(), year, before))
    assert [(told[name], none[name]) for name in ("attendance", "fulfilment")] == [((1, 2), (0, 0))] * 2
    names = ("memberships", "models", "talks", "achievements", "resources", "grants", "projects")
    counts = [{name: len(one[name]) for name in names} for one in (whole, told, none)]
    assert counts[0] == dict.fromkeys(names, 1)
    assert counts[1] == {**counts[0], "models": 0}
    assert {name: count for name, count in counts[2].items() if count} == {"models": 1, "projects": 1}
    assert [row.title for row in whole["memberships"]] == ["Точные науки"]
    assert ["17-р" in str(act) for grant in whole["grants"] for act in grant.acts] == [True]


def test_passport_costs_the_same_whatever_it_says(center: Center, client: Client, django_assert_num_queries) -> None:
    client.force_login(staff("methodist"))
    with django_assert_num_queries(12):
        client.get(f"/centers/{center.pk}/passport/?since=2026-01-01")
    AchievementFactory.create_batch(3, center=center), ProjectLeadFactory.create_batch(3, center=center)
    with django_assert_num_queries(12):
        client.get(f"/centers/{center.pk}/passport/")


def test_passport_is_a_tagged_pdf(center: Center, client: Client) -> None:
    client.force_login(staff("methodist"))
    answer = client.get(f"/centers/{center.pk}/passport/")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = " ".join(rendering.plain_text(answer.content).split())
    words = [
        "Участвовал в 1 из 2",
        "Выполнено поручений: 1 из 2",
        "Школа в лесу",
        "Конкурс лабораторий",
        "Сборник задач",
    ]
    assert [one for one in words if one not in text] == []
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "ru")


def test_card_shows_what_the_upper_floors_know(center: Center, client: Client, django_assert_max_num_queries) -> None:
    for user, sees_talk in ((staff("methodist"), True), (reader(center), False)):
        client.force_login(user)
        with django_assert_max_num_queries(12):
            client.get(f"/centers/{center.pk}/")
        with django_assert_max_num_queries(12):
            text = client.get(f"/centers/{center.pk}/activity/", headers={"HX-Request": "true"}).text
        assert "Участвовал в 1 из 2" in text
        assert "Составить смету" in text
        # An outcome is the institution's own until its letter is sent.
        assert ("Школа в лесу" in text) == sees_talk


def test_letters_that_counted_the_centre(office: Office, client: Client, django_assert_max_num_queries) -> None:
    inside, day = CenterFactory(), clock.today()
    letter = walked.sent_on_paper(office)
    assert center_activity.letters_quoting(inside, office.methodist, day) == [letter]
    assert center_activity.letters_quoting(CenterFactory(), office.methodist, day) == []
    client.force_login(office.methodist)
    with django_assert_max_num_queries(12):
        client.get(f"/centers/{inside.pk}/activity/")


def test_gaps_lead_to_where_they_are_mended(client: Client) -> None:
    center = CenterFactory(organization__email="", organization__phone="", organization__legal_address="")
    client.force_login(staff("methodist"))
    page = client.get(f"/centers/{center.pk}/").text
    for words, url in (
        ("нет почты", f"/centers/{center.pk}/edit/"),
        ("нет адреса", f"/organizations/{center.organization_id}/edit/"),
        ("нет координатора", f"/centers/{center.pk}/coordinators/appoint/"),
    ):
        assert f'<a href="{url}">{words}</a>' in page
    post = CoordinatorFactory(center=center, person__phone="", person__email="")
    page = client.get(f"/centers/{center.pk}/").text
    assert f'<a href="/people/{post.person_id}/edit/">координатор без телефона и почты</a>' in page
    post.delete()
    client.force_login(coordinator(center))
    page = client.get(f"/centers/{center.pk}/").text
    assert ("нет адреса" in page, f"/organizations/{center.organization_id}/edit/" in page) == (True, False)
