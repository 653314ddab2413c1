"""The road of a technical assignment: begun, submitted, agreed or given back, amended; and its bad days."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from centers.models import StatusGrant
from events.assignments import assignments, remarked, versions
from events.models import AssignmentVersion, TechnicalAssignment
from events.models.assignment import AssignmentStatus
from rcro_portal.lib.drafts import revisions
from rcro_portal.lib.drafts.writing import TextChanged
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.models import Notice
from tests.factories import assignments as made
from tests.factories.assignments import AGREED_AT, PAGE, SUBMITTED_AT
from tests.factories.centers import CenterFactory, UserFactory
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
LATER = AGREED_AT + datetime.timedelta(days=30)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.standing().order_by("pk").values_list("reason", "email"))


def rewritten(assignment: TechnicalAssignment, **changed: Any) -> dict[str, Any]:
    """The page as it stands, its first event changed."""
    page = assignments.written(assignment)
    page["events"][0] |= changed
    return page


def test_begun_twice_is_one_assignment_and_none_without_the_status() -> None:
    center = CenterFactory()
    first = made.begun(center)
    assert made.begun(center, first.edited_by) == first
    StatusGrant.objects.filter(center=center).update(until=datetime.date(2026, 1, 1))
    with pytest.raises(assignments.NoStatus):
        made.begun(center, first.edited_by)
    with pytest.raises(assignments.NoStatus):
        made.submitted(first)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ({"goals": []}, "ни одной цели"),
        (
            {"events": [{"key": "", "title": "Урок", "form": "", "audience": "", "month": "", "expected": None}]},
            "«Урок»",
        ),
        ({"indicators": [{"key": "", "name": "Доля", "unit": "%", "planned": ""}]}, "«Доля»: план"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_sent(page: dict[str, Any], words: str) -> None:
    assignment = made.write(made.begun(), **page)
    by = assignment.edited_by
    with nothing_changes(), pytest.raises(assignments.NotComplete, match=words):
        assignments.submit(assignment=assignment, version=assignment.version, by=by, at=SUBMITTED_AT)


def test_agreed_version_is_a_copy_that_nobody_alters() -> None:
    methodist = made.methodist()
    assignment = made.agreed(by=methodist)
    version = assignment.agreed
    assert (assignment.status, version.number, version.page["events"][0]["title"]) == (
        "accepted",
        1,
        "День открытой лаборатории",
    )
    with pytest.raises(Exception, match="never_change"), transaction.atomic():
        AssignmentVersion.objects.update(number=7)
    with pytest.raises(assignments.AssignmentLocked):
        assignments.save(
            of=assignment,
            by=assignment.edited_by,
            at=LATER,
            version=assignment.version,
            **rewritten(assignment, title="Другое"),
        )
    coordinator_of_it = assignment.edited_by.email
    assert [reason for reason, _ in told()] == ["assignment_agreed"]
    assert told()[0][1] == coordinator_of_it


def test_submission_is_told_to_the_department_and_taken_back_when_recalled() -> None:
    methodist = made.methodist()
    assignment = made.submitted()
    assert told() == [("assignment_submitted", methodist.email)]
    assignments.recall(assignment=assignment, by=assignment.edited_by, at=LATER)
    assert told() == []
    assert made.fresh(assignment).status == AssignmentStatus.DRAFT
    assert [(fate.version.number, fate.label) for fate in versions.fates(assignment)] == [(1, "отозвана")]


def test_returned_with_remarks_at_its_rows_and_amended_to_the_next_version() -> None:
    assignment = made.submitted()
    page = versions.newest(assignment).page
    event, indicator = page["events"][0]["key"], page["indicators"][0]["key"]
    assignments.give_back(
        assignment=assignment,
        number=1,
        note="",
        remarks={("events", event): "Назовите классы.", ("indicators", indicator): " "},
        by=made.methodist(),
        at=AGREED_AT,
    )
    assignment = made.fresh(assignment)
    assert assignment.status == AssignmentStatus.RETURNED
    assert {key: one.text for key, one in remarked.last(assignment).items()} == {event: "Назовите классы."}
    # A row keeps its key however it is reworded, and its remark with it.
    changed = rewritten(assignment, audience="учителя физики 9–11 классов")
    assignments.save(of=assignment, by=assignment.edited_by, at=LATER, version=assignment.version, **changed)
    assert assignments.page(assignment)["events"][0]["key"] == event
    assignments.submit(assignment=assignment, version=assignment.version, by=assignment.edited_by, at=LATER)
    assignments.agree(assignment=made.fresh(assignment), number=2, by=made.methodist(), at=LATER)
    assert [(fate.version.number, fate.label) for fate in versions.fates(assignment)] == [
        (2, "согласована"),
        (1, "возвращена"),
    ]
    assert remarked.last(made.fresh(assignment)) == {}
    assert told()[-1][0] == "assignment_agreed"


def test_nothing_said_is_no_return() -> None:
    assignment, by = made.submitted(), made.methodist()
    with nothing_changes(), pytest.raises(assignments.NothingToSay):
        assignments.give_back(assignment=assignment, number=1, note=" ", remarks={}, by=by, at=AGREED_AT)


def test_unchanged_text_is_no_new_version() -> None:
    assignment = made.agreed()
    assignments.amend(assignment=assignment, by=assignment.edited_by, at=LATER)
    assignment = made.fresh(assignment)
    with nothing_changes(), pytest.raises(assignments.NothingChanged):
        assignments.submit(assignment=assignment, version=assignment.version, by=assignment.edited_by, at=LATER)
    assert assignment.agreed.number == 1


def test_agreed_one_is_not_returned_by_who_comes_second() -> None:
    """Two methodists have the same page open."""
    assignment = made.submitted()
    late = made.fresh(assignment)
    assignments.agree(assignment=assignment, number=1, by=made.methodist(), at=AGREED_AT)
    with nothing_changes(), pytest.raises(WrongStep, match="«Согласовано»"):
        assignments.give_back(
            assignment=late, number=1, note="Поправьте.", remarks={}, by=made.methodist(), at=AGREED_AT
        )


def test_version_recalled_and_sent_anew_is_not_agreed_unread() -> None:
    assignment = made.submitted()
    assignments.recall(assignment=assignment, by=assignment.edited_by, at=LATER)
    made.submitted(assignment, at=LATER, goals=[{"key": "", "text": "Другая цель"}])
    by = made.methodist()
    with nothing_changes(), pytest.raises(assignments.AnotherVersion):
        assignments.agree(assignment=made.fresh(assignment), number=1, by=by, at=LATER)


def test_text_saved_meanwhile_is_not_submitted_unread() -> None:
    """Two people in the editor: who presses «Направить» over an older page is told."""
    assignment = made.write(made.begun())
    read = assignment.version
    made.write(assignment, goals=[{"key": "", "text": "Чужая цель"}])
    with nothing_changes(), pytest.raises(WrongStep, match="задание изменено"):
        assignments.submit(assignment=made.fresh(assignment), version=read, by=assignment.edited_by, at=SUBMITTED_AT)


def test_second_of_two_writers_loses_nothing() -> None:
    assignment = made.write(made.begun())
    read, other = assignment.version, UserFactory()
    made.write(assignment, goals=[{"key": "", "text": "Первая успела"}])
    mine = rewritten(assignment, title="Вторая опоздала")
    with pytest.raises(TextChanged):
        assignments.save(of=assignment, by=other, at=SUBMITTED_AT, version=read, **mine)
    aside = assignments.DRAFTS.keep_aside(of=assignment, by=other, at=SUBMITTED_AT, version=read, **mine)
    assert (aside.aside, aside.page["events"][0]["title"]) == (True, "Вторая опоздала")


def test_version_agreed_while_the_next_is_typed_keeps_what_was_typed() -> None:
    """The open page goes on saving after the submission; agreed, the text is merged onto the new base."""
    assignment = made.submitted()
    typed, by = rewritten(assignment, expected=90), assignment.edited_by
    with pytest.raises(assignments.AssignmentLocked):
        assignments.save(of=assignment, by=by, at=LATER, version=assignment.version, **typed)
    aside = assignments.DRAFTS.keep_aside(of=assignment, by=by, at=LATER, version=assignment.version, **typed)
    assignments.agree(assignment=made.fresh(assignment), number=1, by=made.methodist(), at=LATER)
    assignments.amend(assignment=made.fresh(assignment), by=by, at=LATER)
    assignment = made.fresh(assignment)
    places = [place for place, _ in revisions.differing(assignments.DRAFTS.difference(assignment, aside))]
    assignments.DRAFTS.merge(of=assignment, aside=aside, mine=set(places), version=assignment.version, by=by, at=LATER)
    assert assignments.page(assignment)["events"][0]["expected"] == 90
    assert (assignment.agreed.number, assignment.agreed.page["events"][0]["expected"]) == (1, 40)


def test_old_page_comes_back_with_its_months() -> None:
    assignment = made.write(made.begun())
    first = assignment.revisions.order_by("pk").last()
    assignment = made.write(assignment, at=LATER, events=[])
    assignments.DRAFTS.restore(
        of=assignment, revision=first, version=assignment.version, by=assignment.edited_by, at=LATER
    )
    assert assignments.page(assignment)["events"][0]["month"] == "3"


@pytest.mark.parametrize("act", ["submit", "agree", "give_back"])
def test_broken_off_in_the_middle_nothing_has_happened(act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a worker killed before the commit: the last thing that each act does fails."""

    def die(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    assignment = made.write(made.begun()) if act == "submit" else made.submitted()
    name = {"submit": "submitted", "agree": "agreed", "give_back": "returned"}[act]
    monkeypatch.setattr(assignments.told, name, die)
    given: dict[str, Any] = {"assignment": assignment, "by": made.methodist(), "at": AGREED_AT}
    if act == "submit":
        given |= {"version": assignment.version}
    else:
        given |= {"number": 1}
    if act == "give_back":
        given |= {"note": "Поправьте.", "remarks": {}}
    with nothing_changes(), pytest.raises(ConnectionError), transaction.atomic():
        getattr(assignments, act)(**given)


def test_every_refusal_says_what_to_do() -> None:
    refusals = [one for one in vars(assignments).values() if isinstance(one, type) and issubclass(one, Refusal)]
    assert all(len(one.words) > 20 for one in refusals)


@pytest.mark.parametrize("status", ["accepted", "changed"])
def test_agreed_without_a_version_is_refused_by_the_database(status: str) -> None:
    assignment = made.begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        TechnicalAssignment.objects.filter(pk=assignment.pk).update(status=status)


def test_rows_keep_what_the_page_says() -> None:
    kept = assignments.page(made.write(made.begun()))
    assert {name: [{**row, "key": ""} for row in rows] for name, rows in kept.items()} == PAGE
