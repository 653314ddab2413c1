"""The pages of a year's report: begun, read by sections; its files made while one looks."""

import pytest
from django.test import Client

from centers.models import User
from reports.models import YearReport, YearReportIssue
from reports.statistics.yearly import issuing, reports
from tests.factories.centers import staff
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def methodist(client: Client) -> User:
    user = staff("methodist")
    client.force_login(user)
    return user


def test_a_year_is_begun_once(client: Client, methodist: User) -> None:
    assert "Начните первый: выберите год ниже." in client.get("/year-reports/").text
    first = client.post("/year-reports/new/", {"year": "2025", "from_last": "on"})
    report = YearReport.objects.get()
    assert (first.url, report.year) == (f"/year-reports/{report.pk}/edit/", 2025)
    again = client.post("/year-reports/new/", {"year": "2025"})
    assert (again.status_code, YearReport.objects.count()) == (422, 1)
    assert "Отчёт за этот год уже есть." in again.text
    assert client.post("/year-reports/new/", {"year": "1917"}).status_code == 422


def test_who_does_not_write_is_offered_no_editor(client: Client, methodist: User) -> None:
    reports.begin(year=2025, from_last=False, by=methodist, at=SENT_AT)
    client.force_login(staff("head"))
    page = client.get(f"/year-reports/{YearReport.objects.get().pk}/").text
    assert "Текста пока нет: его пишут методисты." in page
    assert ("Писать текст" in page, "Подготовить PDF и XLSX" in page) == (False, True)


def test_files_are_made_while_one_looks(client: Client, methodist: User) -> None:
    report, _ = reports.begin(year=2025, from_last=False, by=methodist, at=SENT_AT)
    address = f"/year-reports/{report.pk}/"
    assert "Файлов этого отчёта ещё нет." in client.get(address).text
    client.post(f"{address}issue/")
    assert "Файлы уже готовятся." in client.post(f"{address}issue/", follow=True).text
    waiting = client.get(f"{address}progress/").text
    assert [
        words for words in ("Считаем показатели…", "Готово 0 из 3", 'hx-trigger="every 1s"') if words not in waiting
    ] == []
    issue = YearReportIssue.objects.get()
    issuing.make(issue_id=issue.pk, now=lambda: SENT_AT)
    done = client.get(f"{address}progress/").text
    assert "hx-trigger" not in done
    for kind, media in (("pdf", "application/pdf"), ("xlsx", "spreadsheetml.sheet")):
        file = client.get(f"{address}issues/{issue.pk}/{kind}/")
        assert media in file.headers["Content-Type"]
    for other in (f"{issue.pk}/exe", f"{'9' * 30}/pdf"):
        assert client.get(f"{address}issues/{other}/").status_code == 404


def test_figures_are_offered_over_the_reports_year(client: Client, methodist: User) -> None:
    report, _ = reports.begin(year=2024, from_last=False, by=methodist, at=SENT_AT)
    for name in ("Организации со статусом РВЦИ, 2024", "Проведённые мероприятия, 01.01.2024–31.12.2024"):
        client.post(f"/year-reports/{report.pk}/figures/quick/", {"name": name})
    found = report.figures.order_by("pk").values_list("query", "parameters")
    whole = {"since": "2024-01-01", "until": "2024-12-31"}
    assert list(found) == [("centers_with_status", {"year": 2024}), ("events_held", whole)]


def test_a_figure_that_is_gone_leaves_the_rest_of_the_page(client: Client, methodist: User) -> None:
    report, _ = reports.begin(year=2025, from_last=False, by=methodist, at=SENT_AT)
    YearReport.objects.update(network="В сети [[чего нет]].")
    page = client.get(f"/year-reports/{report.pk}/", {"show": "network"})
    assert "Текст не посчитать" in page.text
    assert page.context["section"].figures is not None
