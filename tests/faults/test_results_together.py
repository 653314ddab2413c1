"""Results and problem areas at the same moment: a file is counted once, an area of an outcome is taken once."""

import pytest

from olympiad.models import ResultCount, ResultSheet, Season, StageProblem
from olympiad.problems import problems
from olympiad.results import door, results
from tests import clock
from tests.factories.centers import staff
from tests.factories.events import OutcomeFactory
from tests.factories.olympiad import SeasonFactory, SubjectFactory
from tests.faults.together import at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
FILE = "Участник;Предмет;Класс;Статус\nФ-01;Химия;9;призёр\n".encode()


def test_one_file_brought_twice_is_counted_once() -> None:
    by = staff("methodist")
    SubjectFactory(code="chemistry", name="Химия")
    said = {"stage": "school", "name": "итоги.csv", "data": FILE, "found": door.read(FILE), "by": by, "at": clock.now()}
    brought = at_once(*[lambda: results.bring(season=results.season_named("2025/26"), **said)] * 2)
    assert [type(one) for one in brought] == [ResultSheet, ResultSheet], brought
    assert Season.objects.count() == 1
    ends = at_once(
        *[lambda sheet=sheet: results.take(sheet=sheet, by=by, at=clock.now(), looked_at=True) for sheet in brought]
    )
    assert sorted(map(str, ends)) == ["1", results.TakenAlready.words]
    assert ResultCount.objects.taken().count() == 1


def test_problem_areas_of_an_outcome_are_taken_once() -> None:
    said = {"outcome": OutcomeFactory(), "season": SeasonFactory(), "stage": "municipal", "subject": None}
    said |= {"texts": ["мало наставников"], "decision_key": None, "decided": "", "by": staff("methodist")}
    ends = at_once(*[lambda: problems.take(**said)] * 3)
    assert sorted(type(end).__name__ for end in ends) == ["TakenAlready", "TakenAlready", "list"], ends
    assert StageProblem.objects.count() == 1
