"""«История» of cards and of Django's admin."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.models import Center, Organization, User
from rcro_portal.lib.changes import authorship
from rcro_portal.models import RecordChange
from tests.factories import projects
from tests.factories.centers import (
    CenterFactory,
    DepartmentFactory,
    InvitationFactory,
    StaffPostFactory,
    UserFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.events import AnswerFactory, CommitmentFactory
from tests.factories.olympiad import PrepSessionFactory
from tests.factories.reports import RegisterYearFactory

pytestmark = pytest.mark.django_db


def history_of(client: Client, user: User, kind: str, pk: int, **headers: str) -> str:
    client.force_login(user)
    answer = client.get(reverse("record-history", args=[kind, pk]), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def renamed(center: Center, by: User) -> None:
    with authorship.begin(by=by.pk, why="Переименован приказом"):
        Organization.objects.filter(pk=center.organization_id).update(short_name="Лицей «Ёлка»")


def test_page_and_fragment(client: Client) -> None:
    center, user = CenterFactory(), staff("methodist")
    renamed(center, user)
    page = history_of(client, user, "center", center.pk)
    fragment = history_of(client, user, "center", center.pk, hx_request="true")
    for shown in (page, fragment):
        assert "<ins>Лицей «Ёлка»</ins>" in shown
        assert "Переименован приказом" in shown
        assert user.person.surname_first in shown
    assert "<html" in page
    assert "<html" not in fragment


def test_card_leaves_a_hole_for_it_and_asks_for_nothing_itself(client: Client) -> None:
    center = CenterFactory()
    client.force_login(staff("methodist"))
    shown = client.get(reverse("centers:center-detail", args=[center.pk])).content.decode()
    assert f'hx-get="{reverse("record-history", args=["center", center.pk])}"' in shown


def test_coordinator_reads_no_names_of_others(client: Client) -> None:
    center, methodist = CenterFactory(), staff("methodist")
    user = coordinator(center)
    renamed(center, methodist)
    shown = history_of(client, user, "center", center.pk, hx_request="true")
    assert "другой пользователь портала" in shown
    assert methodist.person.surname not in shown


def test_coordinator_reads_no_name_of_who_answered(client: Client) -> None:
    center, methodist = CenterFactory(), staff("methodist")
    answer = AnswerFactory(by=methodist, commitment=CommitmentFactory(center=center))
    for user, seen in ((coordinator(center), False), (methodist, True)):
        shown = history_of(client, user, "commitment", answer.commitment_id, hx_request="true")
        assert "Ответ: внесено" in shown
        assert ("другой человек" in shown) is not seen
        assert (methodist.person.surname in shown) is seen


def test_cards_that_a_coordinator_may_not_look_into_leave_no_hole(client: Client) -> None:
    lead = projects.ProjectLeadFactory()
    for user, seen in ((coordinator(lead.center), False), (staff("methodist"), True)):
        client.force_login(user)
        shown = client.get(reverse("projects:project-detail", args=[lead.project_id])).content.decode()
        assert (reverse("record-history", args=["project", lead.project_id]) in shown) is seen


def test_older_changes_are_a_click_away(client: Client) -> None:
    center, user = CenterFactory(), staff("methodist")
    for place in range(25):
        Organization.objects.filter(pk=center.organization_id).update(phone=f"51-56-{place:02}")
    shown = history_of(client, user, "center", center.pk, hx_request="true")
    older = shown.partition("?before=")[2].partition('"')[0]
    assert ("51-56-20" in shown, "51-56-18" in shown) == (True, False)
    path = reverse("record-history", args=["center", center.pk])
    answer = client.get(f"{path}?before={older}", headers={"hx-request": "true"}).content.decode()
    assert ("51-56-19" in answer, "51-56-20" in answer) == (True, False)
    # The page shows more of them at once.
    assert "51-56-05" in client.get(path).content.decode()
    assert client.get(f"{path}?before=nonsense").status_code == 200


def test_queries_of_a_page(client: Client, django_assert_num_queries: object) -> None:
    center, user = CenterFactory(), staff("methodist")
    for place in range(25):
        with authorship.begin(by=user.pk):
            Organization.objects.filter(pk=center.organization_id).update(phone=str(place))
    history_of(client, user, "center", center.pk)
    # Session, user with roles, the centre; then the changes and the names in them.
    with django_assert_num_queries(5):  # type: ignore[operator]
        history_of_again = client.get(reverse("record-history", args=["center", center.pk]))
    assert history_of_again.status_code == 200


# -- Django's admin -------------------------------------------------------------------------------------------------


def test_admin_shows_the_log_of_changes_and_what_was_before_it(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    department, user = DepartmentFactory(name="отдел сети"), administrator()
    client.force_login(user)
    LogEntry.objects.create(user=user, content_type=_type(department), object_id=department.pk, action_flag=2)
    address = reverse("admin:centers_department_change", args=[department.pk])
    fields = {"name": "отдел сетей", "name_genitive": "отдела сетей", "name_instrumental": "отделом сетей"}
    assert client.post(address, fields).status_code == 302
    assert LogEntry.objects.count() == 1
    change = RecordChange.objects.of_card(department).first()
    assert (change.by, change.through) == (user, "admin:centers_department_change")
    shown = client.get(reverse("admin:centers_department_history", args=[department.pk])).content.decode()
    assert "<ins>отдел сетей</ins>" in shown
    assert "До ведения истории" in shown


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (StaffPostFactory, "Должность: внесено"),
        (PrepSessionFactory, "Смена: внесено"),
        (RegisterYearFactory, "Год журнала: внесено"),
        (InvitationFactory, "Приглашение: внесено"),
    ],
)
def test_admin_shows_the_log_of_rows_that_are_parts_and_of_those_that_are_only_read(
    client: Client, settings: Settings, make: Callable[[], Model], title: str
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    row, beside = make(), DepartmentFactory(name="отдел Ёлок")
    client.force_login(administrator())
    shown = client.get(_history(row)).content.decode()
    assert shown.count(title) == 1
    assert beside.name not in shown


def test_admin_shows_parts_beside_the_row(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    post = StaffPostFactory()
    other = StaffPostFactory(person=post.person, duty="clerk", title="другая должность")
    client.force_login(administrator())
    assert other.title in client.get(_history(post.person)).content.decode()
    assert other.title not in client.get(_history(post)).content.decode()


def test_admin_does_not_say_of_an_unrecorded_table_that_nothing_changed(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    user = administrator()
    client.force_login(user)
    address = EmailAddress.objects.create(user=user, email=user.email)
    answer = client.get(_history(address))
    assert answer.status_code == 200
    assert "Изменений пока не было" not in answer.content.decode()


def _history(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])


def _type(row: object) -> object:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(row)


def test_admin_asks_who_looks(client: Client) -> None:
    department = DepartmentFactory()
    client.force_login(UserFactory())
    answer = client.get(reverse("admin:centers_department_history", args=[department.pk]))
    assert answer.status_code in (302, 403)
