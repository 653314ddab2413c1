"""A number that no longer is what its query gives is named to the administrator, wherever it is shown."""

from typing import Any

import pytest
from django.db.models import Value

from centers.models import Center
from centers.models.center import CenterQuerySet
from events.models import OutcomeFigure
from projects.models import NetworkProject
from rcro_portal.models import Notice
from reports import figures
from reports.models import CheckRun, SnapshotFigure
from reports.operations import counts_agree, inspection, notices
from reports.statistics import center_activity, municipalities
from tests.factories import letters
from tests.factories.centers import administrator
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office, office
from tests.reports.statistics.plots import network
from tests.without_triggers import drop

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Office:
    made = office()
    network.build(made)
    return made


def test_a_number_that_was_broken_is_named(portal: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """One world for every place: it takes longer to make than to ask."""
    letters.free_in_review(portal)
    _put_a_project_away()
    assert list(counts_agree.apart()) == []
    _break_a_letter()
    _break_the_pages(monkeypatch)
    said = "\n".join(counts_agree.apart())
    for words in (
        "показатель «центры»: посчитано 999, а написано",
        "записано 999, а посчитанные строки дают",
        "«Сеть в цифрах», «Рост сети по годам»: «Организации со статусом РВЦИ» за 2026 год – ",
        "Город, Проекты: в таблице 99, а в списке ",
        "Проекты: в столбце 99, а строк ",
        "мероприятия: 98 из 99, а по годам ",
        "Показателя «gone» нет в портале.",
    ):
        assert words in said, said


def _put_a_project_away() -> None:
    """It is in no list of projects, and so in no column that counts them."""
    led = NetworkProject.objects.filter(leads__isnull=False).first()
    assert led is not None
    NetworkProject.objects.filter(pk=led.pk).update(archived_at=SENT_AT, archive_reason="Повтор")


def _break_a_letter() -> None:
    drop()
    SnapshotFigure.objects.filter(name="центры").update(value=999)
    figure = OutcomeFigure.objects.first()
    assert figure is not None
    OutcomeFigure.objects.filter(pk=figure.pk).update(query="gone")


def _break_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    over_years, count_of = figures.over_years, municipalities.count_of

    def one_more(code: str, years: Any, more: Any) -> dict[int, int]:
        return {year: number + 1 for year, number in over_years(code, years, more).items()}

    def wrong(row: Any, key: str) -> int:
        return 99 if key == "projects" else count_of(row, key)

    monkeypatch.setattr(figures, "over_years", one_more)
    monkeypatch.setattr(municipalities, "count_of", wrong)
    counted = Center.objects.annotate(project_count=Value(99))
    monkeypatch.setattr(CenterQuerySet, "with_project_count", lambda rows: counted.filter(pk__in=rows))
    monkeypatch.setattr(center_activity, "attendance", lambda _: center_activity.Share(98, 99))


def test_the_administrator_is_written_to() -> None:
    somebody = administrator()
    title = "Числа сходятся со своими запросами"
    assert title in inspection.invariants.INVARIANTS
    run = CheckRun.objects.create(begun_at=SENT_AT, ended_at=SENT_AT, findings={title: ["Город, Проекты: 99."]})
    notices.tell_findings(run)
    notice = Notice.objects.get(email=somebody.email)
    assert title in notices._found(notice).words
