"""Letter № 941 out of the demo network: every sentence, and each of its thirteen figures by its own source."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from centers.models import Center
from events.attendance import attendance
from events.models import Attendance, Outcome
from events.models.attendance import Capacity, Presence
from olympiad.models import PrepSession, ProgrammeLesson
from projects.models import NetworkManagementModel, NetworkProject
from rcro_portal.demo import centers, events, olympiad, outcomes, projects, source
from reports.composing import content
from tests.factories.centers import CenterFactory, StatusGrantFactory
from tests.factories.olympiad import SubjectFactory
from tests.factories.projects import ClusterFactory, NetworkProjectFactory
from tests.factories.reports import LetterheadFactory
from tests.reports import paper

FILED_AT = source.typed("2020-09-22T10:00")
IN_2019 = datetime.date(2019, 9, 2)


@pytest.fixture(scope="module")
def network(django_db_setup: None, django_db_blocker: Any) -> Iterator[Outcome]:
    """The network and the outcome of the webinar, without the letters of other years: those take long to draw."""
    with django_db_blocker.unblock(), transaction.atomic():
        for part in (centers, projects, events, olympiad):
            part.load()
        for row in source.read("letterheads"):
            LetterheadFactory(**row | {name: "\n".join(row[name]) for name in ("institution", "reference")})
        (written,) = [row for row in outcomes.in_order() if row["begun_at"].year == 2020]
        yield outcomes.enter(written, source.people(), source.users())
        transaction.set_rollback(True)


@pytest.fixture
def outcome(network: Outcome) -> Iterator[Outcome]:
    """What a test changes is as before for the next."""
    with transaction.atomic():
        yield Outcome.objects.get(pk=network.pk)
        transaction.set_rollback(True)


def test_without_the_network_there_is_no_letter(db: None) -> None:
    assert not Outcome.objects.exists()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def text_of(composed: content.Composed) -> str:
    return plain("\n".join(text for element, text in composed.content if element == "paragraph"))


def test_says_every_sentence_of_the_letter(outcome: Outcome) -> None:
    said = text_of(content.compose(outcome, at=FILED_AT)).split("\n")
    assert said == [plain(text) for element, text in paper.letter_941() if element == "paragraph"]


def test_prints_what_stands_around_the_text(outcome: Outcome) -> None:
    composed = dict(content.compose(outcome, at=FILED_AT).content)
    printed = dict(paper.letter_941())
    names = ("body_above", "institution", "reference", "addressee", "subject_line", "salutation", "prepared_by")
    assert {name: composed[name] for name in names} == {name: printed[name] for name in names}


# -- The source of each figure, changed by one ----------------------------------------------------------


def one_more_present(outcome: Outcome) -> None:
    person, center = next(iter(attendance.absent(outcome.event).items()))
    attendance.mark(event=outcome.event, center=center, person=person, by=outcome.edited_by, at=FILED_AT)


def one_more_center(outcome: Outcome) -> None:
    StatusGrantFactory(center=CenterFactory(status=None), since=IN_2019)


def one_more_project(outcome: Outcome) -> None:
    NetworkProjectFactory(since=IN_2019)


def one_more_cluster(outcome: Outcome) -> None:
    ClusterFactory(formed_on=IN_2019)


def one_more_model(outcome: Outcome) -> None:
    models = NetworkManagementModel.objects.in_force_during(2019)
    center = Center.objects.with_status_during(2019).exclude(pk__in=models.values("center")).order_by("pk")[0]
    project = NetworkProject.objects.in_force_during(2019).order_by("pk")[0]
    NetworkManagementModel.objects.create(project=project, center=center, since=IN_2019)


def one_more_in_a_session(column: str) -> Callable[[Outcome], None]:
    """In a session of 2019 whose lecturers are not all doctors and candidates."""

    def add(outcome: Outcome) -> None:
        open_ones = PrepSession.objects.filter(lecturers__gt=F("doctors") + F("candidates"))
        session = open_ones.filter(event__starts_at__year=2019).order_by("pk")[0]
        PrepSession.objects.filter(pk=session.pk).update(**{column: F(column) + 1})

    return add


def one_more_in_lessons(column: str) -> Callable[[Outcome], None]:
    def add(outcome: Outcome) -> None:
        lesson = ProgrammeLesson.objects.filter(started_on__lt=FILED_AT.date()).order_by("pk")[0]
        ProgrammeLesson.objects.filter(pk=lesson.pk).update(**{column: F(column) + 1})

    return add


def one_more_subject(outcome: Outcome) -> None:
    lesson = ProgrammeLesson.objects.filter(started_on__lt=FILED_AT.date()).order_by("pk")[0]
    lesson.pk, lesson.subject, lesson.pupils, lesson.school_teachers = None, SubjectFactory(), 0, 0
    lesson.save(force_insert=True)


@pytest.mark.parametrize(
    ("query", "change", "before", "after"),
    [
        ("present_coordinators", one_more_present, "23 координатора", "24 координатора"),
        ("centers_with_status", one_more_center, "47 образовательных организаций", "48 образовательных организаций"),
        (
            "projects_under_way",
            one_more_project,
            "49 сетевых инновационных проектов",
            "50 сетевых инновационных проектов",
        ),
        (
            "clusters_formed",
            one_more_cluster,
            "8 инновационных образовательных кластеров",
            "9 инновационных образовательных кластеров",
        ),
        ("centers_with_model", one_more_model, "34 РВЦИ", "35 РВЦИ"),
        ("session_pupils", one_more_in_a_session("pupils"), "475 обучающихся", "476 обучающихся"),
        ("session_educators", one_more_in_a_session("educators"), "87 педагогов", "88 педагогов"),
        ("session_lecturers", one_more_in_a_session("lecturers"), "147 преподавателей", "148 преподавателей"),
        ("session_doctors", one_more_in_a_session("doctors"), "5 докторов наук", "6 докторов наук"),
        ("session_candidates", one_more_in_a_session("candidates"), "53 кандидата наук", "54 кандидата наук"),
        ("lesson_subjects", one_more_subject, "9 общеобразовательным предметам", "10 общеобразовательным предметам"),
        ("lesson_pupils", one_more_in_lessons("pupils"), "1074 школьника", "1075 школьников"),
        ("lesson_school_teachers", one_more_in_lessons("school_teachers"), "571 учитель", "572 учителя"),
    ],
)
def test_source_changed_by_one_changes_that_figure_and_nothing_else(
    outcome: Outcome, query: str, change: Callable[[Outcome], None], before: str, after: str
) -> None:
    drafted = content.compose(outcome, at=FILED_AT)
    change(outcome)
    fresh = content.compose(outcome, at=FILED_AT)
    rise = {new.query: new.value - old.value for old, new in zip(drafted.figures, fresh.figures, strict=True)}
    assert rise == dict.fromkeys(rise, 0) | {query: 1}
    assert len(rise) == 13
    assert text_of(drafted).count(f" {before}") == 1
    assert text_of(fresh) == text_of(drafted).replace(f" {before}", f" {after}")


def test_one_more_of_all_reads_well_where_the_verb_must_agree(outcome: Outcome) -> None:
    """21 координатор «принял», not «приняли»."""
    present = Attendance.objects.filter(event=outcome.event, capacity=Capacity.COORDINATOR, presence=Presence.PRESENT)
    for row in present.order_by("pk")[:2]:
        Attendance.objects.filter(pk=row.pk).update(presence=Presence.ABSENT)
    assert "В вебинаре принял участие 21 координатор РВЦИ" in text_of(content.compose(outcome, at=FILED_AT))
