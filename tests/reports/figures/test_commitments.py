"""Figures of commitments, of letters and of programmes: by their terms, by what was answered in time, by their days."""

import datetime

import pytest

from events.commitments import commitments
from events.models import Commitment
from reports import figures
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, UserFactory
from tests.factories.events import CommitmentFactory, DecisionFactory
from tests.factories.moments import TOMSK
from tests.factories.olympiad import PrepProgrammeFactory, PrepSessionFactory, ProgrammeLessonFactory
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
PERIOD = {"since": "2026-04-01", "until": "2026-04-30"}
DUE_ON = datetime.date(2026, 4, 6)
IN_TIME = datetime.datetime(2026, 4, 6, 23, 59, tzinfo=TOMSK)
LATE = IN_TIME + datetime.timedelta(minutes=1)


def answered(commitment: Commitment, at: datetime.datetime) -> Commitment:
    commitments.answer(commitment=commitment, text="Сделано.", by=UserFactory(), at=at)
    return commitment


def accepted(commitment: Commitment, at: datetime.datetime) -> Commitment:
    commitments.accept(commitment=answered(commitment, at), by=UserFactory(), at=LATE)
    return commitment


def test_commitments_of_a_period() -> None:
    opened = CommitmentFactory(due_on=datetime.date(2026, 4, 1))
    in_review = answered(CommitmentFactory(due_on=datetime.date(2026, 4, 30)), IN_TIME)
    in_time, late = (
        accepted(CommitmentFactory(due_on=DUE_ON), IN_TIME),
        accepted(CommitmentFactory(due_on=DUE_ON), LATE),
    )
    accepted(CommitmentFactory(due_on=datetime.date(2026, 3, 31)), IN_TIME)
    accepted(CommitmentFactory(due_on=datetime.date(2026, 5, 1)), IN_TIME)
    assert figures.count("commitments_due", PERIOD) == (4, [opened.pk, in_review.pk, in_time.pk, late.pk])
    assert figures.count("commitments_done", PERIOD) == (2, [in_time.pk, late.pk])
    assert figures.count("commitments_on_time", PERIOD) == (1, [in_time.pk])


def test_acknowledgement_in_time_is_done_in_time() -> None:
    asked = CommitmentFactory(due_on=DUE_ON, asks="acknowledgement")
    commitments.acknowledge(commitment=asked, by=UserFactory(), at=IN_TIME)
    assert figures.count("commitments_on_time", PERIOD) == (1, [asked.pk])


def test_answer_that_was_returned_and_mended_later_came_in_time() -> None:
    mended = answered(CommitmentFactory(due_on=DUE_ON), IN_TIME)
    commitments.give_back(commitment=mended, note="Поправьте.", by=UserFactory(), at=LATE)
    assert figures.count("commitments_overdue", {"day": "2026-04-07"}) == (1, [mended.pk])
    accepted(mended, LATE)
    assert figures.count("commitments_on_time", PERIOD) == (1, [mended.pk])
    assert figures.count("commitments_overdue", {"day": "2026-04-07"}) == (0, [])


def test_commitment_is_overdue_on_the_day_after_its_term() -> None:
    opened = CommitmentFactory(due_on=DUE_ON)
    answered(CommitmentFactory(due_on=DUE_ON), LATE)
    assert figures.count("commitments_overdue", {"day": "2026-04-06"}) == (0, [])
    assert figures.count("commitments_overdue", {"day": "2026-04-07"}) == (1, [opened.pk])


def test_center_is_done_with_an_event_when_all_its_commitments_are_accepted() -> None:
    decision = DecisionFactory()
    second = DecisionFactory(outcome=decision.outcome)
    whole, half = CenterFactory(), CenterFactory()
    for one in (decision, second):
        accepted(CommitmentFactory(decision=one, center=whole), IN_TIME)
    accepted(CommitmentFactory(decision=decision, center=half), IN_TIME)
    CommitmentFactory(decision=second, center=half)
    accepted(CommitmentFactory(), IN_TIME)
    assert figures.count("centers_done", {"event": decision.outcome.event_id}) == (1, [whole.pk])


def test_sent_letters_by_their_date(office: Office) -> None:
    letter = walked.sent_on_paper(office)
    walked.preparing(office)
    assert letter.entry.registered_on == datetime.date(2026, 3, 18)
    for since, until, found in (
        ("2026-03-18", "2026-03-18", (1, [letter.pk])),
        ("2026-03-19", "2026-12-31", (0, [])),
        ("2026-01-01", "2026-03-17", (0, [])),
    ):
        assert figures.count("letters_sent", {"since": since, "until": until}) == found
    (row,) = figures.rows("letters_sent", [letter.pk])
    assert (row.label, row.url) == (
        f"№ {letter.entry.number} от 18.03.2026: {letter.subject_line}",
        f"/letters/{letter.pk}/",
    )


def test_sessions_and_programmes_count_once() -> None:
    period = {"since": "2025-09-01", "until": "2026-03-18"}
    session = PrepSessionFactory()
    programme = PrepProgrammeFactory()
    for _ in range(2):
        ProgrammeLessonFactory(programme=programme)
    ProgrammeLessonFactory(programme__name="Прежняя", started_on=datetime.date(2025, 8, 31))
    assert figures.count("sessions_held", period) == (1, [session.pk])
    assert figures.count("programmes_running", period) == (1, [programme.pk])


# -- The lists behind -------------------------------------------------------------------------------


def test_rows_of_a_sum_say_what_each_adds() -> None:
    session = PrepSessionFactory()
    (row,) = figures.rows("session_pupils", [session.pk])
    assert (row.label, row.url, row.number) == (
        f"смена «{session.event.topic}», 12.03.2026",
        f"/sessions/{session.pk}/",
        30,
    )


def test_row_of_a_commitment_says_its_state_and_term() -> None:
    commitment = CommitmentFactory()
    (row,) = figures.rows("commitments_due", [commitment.pk])
    assert (row.label, row.url, row.number) == (
        f"{commitment.center}: не начато, срок 06.04.2026",
        f"/commitments/{commitment.pk}/",
        None,
    )


@pytest.mark.parametrize("code", figures.QUERIES)
def test_keys_that_are_no_more_give_no_rows(code: str) -> None:
    assert figures.rows(code, [10**6]) == []
