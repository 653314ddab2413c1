"""The institution's own production calendar: years with their decree, days above the package's."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centers.models import CalendarDay, CalendarYear
from rcro_portal.lib.working_days import Calendar
from reports.home import inbox
from tests.factories.centers import CoordinatorFactory, UserFactory, administrator
from tests.factories.events import CommitmentFactory
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db


def test_no_rows_no_difference() -> None:
    assert CalendarYear.objects.calendar() == Calendar()


def test_rows_become_a_calendar_by_one_query(django_assert_num_queries) -> None:
    known = CalendarYear.objects.create(year=2028, decree="Постановление о переносе выходных дней в 2028 году")
    regional = CalendarYear.objects.create(year=2029)
    CalendarDay.objects.create(year=known, day=date(2028, 1, 10))
    CalendarDay.objects.create(year=known, day=date(2028, 1, 15), is_day_off=False)
    CalendarDay.objects.create(year=regional, day=date(2029, 9, 7), note="день города")
    with django_assert_num_queries(1):
        calendar = CalendarYear.objects.calendar()
    assert [calendar.is_day_off(date(2028, 1, day)) for day in (10, 11, 15)] == [True, False, False]
    assert calendar.is_day_off(date(2029, 9, 7))
    assert calendar.unknown_years(date(2027, 1, 1), date(2029, 1, 1)) == [2029]


def test_a_list_of_terms_reads_the_calendar_once() -> None:
    """However many commitments the home page of a coordinator names."""
    post = CoordinatorFactory()
    user = UserFactory(person=post.person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            inbox.sections(user, SENT_AT)
        return sum("centers_calendaryear" in query["sql"] for query in asked)

    CommitmentFactory(center=post.center)
    assert queries() == 1
    CommitmentFactory.create_batch(4, center=post.center)
    assert queries() == 1


def test_a_day_belongs_to_its_year() -> None:
    year = CalendarYear.objects.create(year=2028)
    with pytest.raises(ValidationError, match="Это день другого года"):
        CalendarDay(year=year, day=date(2029, 1, 9)).full_clean()


@pytest.mark.usefixtures("demo")
def test_the_administrator_puts_a_year_down(client: Client) -> None:
    client.force_login(administrator())
    rows = {"days-TOTAL_FORMS": "2", "days-INITIAL_FORMS": "0"}
    rows |= {"days-0-day": "10.01.2028", "days-0-is_day_off": "on", "days-1-day": "15.01.2029"}
    page = client.post("/admin/centers/calendaryear/add/", {"year": "2028", "decree": "от 01.10.2027 № 1", **rows})
    assert "внесите его на странице 2029 года" in page.content.decode()
    rows["days-1-day"] = "15.01.2028"
    answer = client.post("/admin/centers/calendaryear/add/", {"year": "2028", "decree": "от 01.10.2027 № 1", **rows})
    assert answer.status_code == 302
    calendar = CalendarYear.objects.calendar()
    assert calendar.days == {date(2028, 1, 10): True, date(2028, 1, 15): False}
    assert calendar.years == {2028}
