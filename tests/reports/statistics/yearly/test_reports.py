"""A report starts from last year's texts, its figures over the new year; whoever changed nothing is told so."""

from typing import Any

import pytest

from centers.models import User
from rcro_portal.lib.drafts.models import QUOTED
from reports.models import YearReport
from reports.statistics.yearly import reports
from tests.factories.centers import UserFactory
from tests.factories.moments import FILED_AT, WRITTEN_AT

pytestmark = pytest.mark.django_db
BEFORE, NOW = {"year": 2024}, {"year": 2025}
WHOLE = {"since": "2024-01-01", "until": "2024-12-31"}
FIGURES: list[dict[str, Any]] = [
    {"name": "Проекты, 2023", "query": "projects_under_way", "parameters": {"year": 2023}},
    {"name": "Проекты, 2024", "query": "projects_under_way", "parameters": BEFORE},
    {"name": "Мероприятия, 01.01.2024–31.12.2024", "query": "events_held", "parameters": WHOLE},
    {"name": "на день", "query": "centers_on_day", "parameters": {"day": "2024-02-29"}},
    {"name": "вебинар 2024", "query": "present_centers", "parameters": {"event": 7}},
    {"name": "более 350", "typed": "более 350 школ", "source": "Справка от 01.02.2024"},
]
TEXT = (
    "Было [[Проекты, 2023]], стало [[ Проекты, 2024 ]] в 2024 году. "
    "[[Мероприятия, 01.01.2024–31.12.2024]]; [[вебинар 2024]]"
)


def of_2024(by: User) -> YearReport:
    report, _ = reports.begin(year=2024, from_last=True, by=by, at=WRITTEN_AT)
    for figure in FIGURES:
        reports.DRAFTS.add_figure(of=report, **figure)
    page = {**reports.DRAFTS.written(report), "network": TEXT, "closing": "Слова."}
    reports.DRAFTS.save(of=report, version=report.version, by=by, at=WRITTEN_AT, **page)
    return YearReport.objects.get(pk=report.pk)


def test_last_years_figures_move_by_a_year() -> None:
    by = UserFactory()
    last = of_2024(by)
    report, is_new = reports.begin(year=2025, from_last=True, by=by, at=FILED_AT)
    assert (is_new, report.started_from) == (True, last)
    assert report.network == (
        "Было [[Проекты, 2024]], стало [[Проекты, 2025]] в 2024 году. "
        "[[Мероприятия, 01.01.2025–31.12.2025]]; [[вебинар 2024]]"
    )
    assert {row["name"]: row["parameters"] for row in report.figures.values(*QUOTED)} == {
        "Проекты, 2024": BEFORE,
        "Проекты, 2025": NOW,
        "Мероприятия, 01.01.2025–31.12.2025": {"since": "2025-01-01", "until": "2025-12-31"},
        "на день": {"day": "2025-02-28"},
        "вебинар 2024": {"event": 7},
        "более 350": {},
    }
    again, is_new = reports.begin(year=2025, from_last=False, by=by, at=FILED_AT)
    assert (again, is_new, again.network) == (report, False, report.network)


def test_two_figures_that_would_bear_one_name_keep_apart() -> None:
    by = UserFactory()
    last, _ = reports.begin(year=2024, from_last=True, by=by, at=WRITTEN_AT)
    typed = {"typed": "пять школ", "source": "Справка от 01.02.2025"}
    reports.DRAFTS.add_figure(of=last, name="Школы, 2024", query="projects_under_way", parameters=BEFORE)
    reports.DRAFTS.add_figure(of=last, name="Школы, 2025", **typed)
    page = {**reports.DRAFTS.written(last), "network": "[[Школы, 2024]], [[Школы, 2025]]"}
    reports.DRAFTS.save(of=last, version=last.version, by=by, at=WRITTEN_AT, **page)
    report, _ = reports.begin(year=2025, from_last=True, by=by, at=FILED_AT)
    assert report.network == "[[Школы, 2025 (2)]], [[Школы, 2025]]"
    assert {row["name"]: row["typed"] or row["parameters"] for row in report.figures.values(*QUOTED)} == {
        "Школы, 2025 (2)": NOW,
        "Школы, 2025": "пять школ",
    }


def test_a_report_over_more_years_and_one_from_nothing() -> None:
    by = UserFactory()
    of_2024(by)
    later, _ = reports.begin(year=2026, from_last=True, by=by, at=FILED_AT)
    assert later.figures.get(name="Проекты, 2026").parameters == {"year": 2026}
    blank, _ = reports.begin(year=2025, from_last=False, by=by, at=FILED_AT)
    assert (blank.started_from, blank.network, blank.figures.count()) == (None, "", 0)


def test_what_nobody_has_changed_is_known() -> None:
    by = UserFactory()
    of_2024(by)
    report, _ = reports.begin(year=2025, from_last=True, by=by, at=FILED_AT)
    assert reports.untouched(report) == {"network", "closing"}
    page = {**reports.DRAFTS.written(report), "closing": "Другие слова."}
    reports.DRAFTS.save(of=report, version=report.version, by=by, at=FILED_AT, **page)
    assert reports.untouched(YearReport.objects.get(pk=report.pk)) == {"network"}
    assert reports.untouched(YearReport.objects.get(year=2024)) == set()
