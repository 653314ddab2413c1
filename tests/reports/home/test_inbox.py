"""The home page: each step begins at a row of the person whose step it is."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from centers.models import Center, User
from events.assignments import assignments as verbs
from events.commitments import terms
from events.models import Commitment, CommitmentTransition
from rcro_portal.lib import russian
from reports.home import inbox
from reports.letters import letters, signatures
from reports.models.letter import Way
from tests.factories import assignments, brought
from tests.factories import letters as walked
from tests.factories.centers import DepartmentFactory, coordinator, staff
from tests.factories.events import CommitmentFactory, EventFactory, announced, held
from tests.factories.moments import HELD_AT, REGISTERED_AT, SIGNED_AT
from tests.factories.reports import Office

pytestmark = [pytest.mark.django_db, pytest.mark.any_moment]


def rows(user: User, heading: str) -> list[tuple[str, str]]:
    sections = {section["heading"]: section["items"] for section in inbox.sections(user, REGISTERED_AT)}
    return [(item["title"], item["url"]) for item in sections[heading]]


def test_the_director_finds_approved_letters_and_those_that_wait(office: Office) -> None:
    walked.in_review(office)
    approved, awaiting = walked.approved(office), walked.awaiting(office)
    assert rows(office.director, "На подпись") == [
        (letter.title, f"/letters/{letter.pk}/") for letter in (approved, awaiting)
    ]


def test_the_head_finds_the_letters_of_the_own_department(office: Office) -> None:
    letter = walked.in_review(office)
    assert rows(office.head, "На согласование") == [(letter.title, f"/letters/{letter.pk}/")]
    assert rows(staff("head", DepartmentFactory(name="другой отдел")), "На согласование") == []


def test_the_clerk_finds_scans_to_confirm(office: Office) -> None:
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    assert rows(office.clerk, "Подтвердить скан") == []
    for _ in range(2):
        signatures.upload_scan(letter=letter, data=brought.pdf(), by=office.methodist, at=SIGNED_AT)
    assert rows(office.clerk, "Подтвердить скан") == [(letter.title, f"/letters/{letter.pk}/")]
    signatures.upload_scan(letter=letter, data=brought.pdf(), by=office.clerk, at=SIGNED_AT)
    assert rows(office.clerk, "Подтвердить скан") == [], "what the clerk brought waits for another"
    assert rows(staff("clerk"), "Подтвердить скан") == [(letter.title, f"/letters/{letter.pk}/")]


def test_the_methodist_finds_what_an_event_waits_for(office: Office) -> None:
    begun = announced(department=office.department, starts_at=HELD_AT)
    without = held(department=office.department)
    draft = EventFactory(department=office.department)
    announced(department=DepartmentFactory(name="другой отдел"), starts_at=HELD_AT)
    found = dict(rows(office.methodist, "Требует действий"))
    assert {title.split(":")[0]: url for title, url in found.items()} == {
        "Участники не отмечены": f"/events/{begun.pk}/",
        "Итоги не внесены": f"/events/{without.pk}/",
        "Не объявлено": f"/events/{draft.pk}/",
    }


def test_a_returned_letter_comes_back_with_its_remark(office: Office) -> None:
    letter = walked.in_review(office)
    letters.give_back(letter=letter, note="Уточните срок.", by=office.head, at=REGISTERED_AT)
    sections = {section["heading"]: section["items"] for section in inbox.sections(office.methodist, REGISTERED_AT)}
    (row,) = sections["Требует действий"]
    assert (row["title"], row["note"], row["url"]) == (
        f"Возвращено на доработку: {letter.title}",
        "Уточните срок.",
        f"/letters/{letter.pk}/",
    )


def test_the_coordinator_finds_the_own_commitment_with_its_term() -> None:
    user = coordinator()
    mine = CommitmentFactory(center=user.person.coordinated.get().center, due_on=datetime.date(2026, 3, 25))
    CommitmentFactory()
    (section,) = inbox.sections(user, REGISTERED_AT)
    (row,) = section["items"]
    assert row["url"] == f"/commitments/{mine.pk}/"
    assert row["due"].replace("\u00a0", " ") == "Срок – 25 марта 2026 г., осталось 5 рабочих дней"


def test_answers_to_one_decision_are_one_row(office: Office) -> None:
    decision = CommitmentFactory(status="in_review", acknowledged_at=SIGNED_AT, due_on=datetime.date(2026, 3, 27))
    same = {"outcome": decision.outcome, "decision_key": decision.decision_key, "text": decision.text}
    CommitmentFactory(status="in_review", acknowledged_at=SIGNED_AT, due_on=datetime.date(2026, 3, 27), **same)
    other = CommitmentFactory(status="in_review", acknowledged_at=SIGNED_AT, due_on=datetime.date(2026, 3, 20))
    (section,) = [
        one for one in inbox.sections(office.methodist, REGISTERED_AT) if one["heading"] == "Ответы на проверку"
    ]
    found = [(row["url"], row["count"], row["note"]) for row in section["items"]]
    assert found == [
        (f"/commitments/review/?decision={other.decision_key}", 1, f"«{other.outcome.event.topic}»"),
        (f"/commitments/review/?decision={decision.decision_key}", 2, f"«{decision.outcome.event.topic}»"),
    ]


def test_wish_for_another_term_waits_for_the_department_that_set_it(office: Office) -> None:
    wished = CommitmentFactory(department=office.department)
    user, day = coordinator(wished.center), wished.due_on + datetime.timedelta(days=14)
    other = CommitmentFactory(department=DepartmentFactory(name="другой отдел"))
    for row in (wished, other):
        terms.ask(commitment=row, wanted_on=day, reason="Болезнь учителя.", by=user, at=SIGNED_AT)
    (section,) = [
        one for one in inbox.sections(office.head, REGISTERED_AT) if one["heading"] == "Просят о переносе срока"
    ]
    found = [(row["title"], row["url"], row["note"]) for row in section["items"]]
    assert found == [
        (f"{wished.organization} – до {russian.short_date(day)}", f"/commitments/{wished.pk}/", "Болезнь учителя.")
    ]


def test_the_coordinator_learns_what_became_of_the_answers() -> None:
    user = coordinator()
    center = user.person.coordinated.get().center
    accepted = _answered(center, "accepted", REGISTERED_AT - datetime.timedelta(days=2))
    waiting = _answered(center, "in_review", REGISTERED_AT - datetime.timedelta(days=1))
    _answered(center, "accepted", REGISTERED_AT - datetime.timedelta(days=31))
    _answered(CommitmentFactory().organization.center, "accepted", REGISTERED_AT)
    assert rows(user, "Что стало с ответами") == [
        (russian.upper_first(one.text), f"/commitments/{one.pk}/") for one in (waiting, accepted)
    ]


def _answered(center: Center, status: str, at: datetime.datetime) -> Commitment:
    commitment = CommitmentFactory(center=center, status=status, acknowledged_at=at)
    CommitmentTransition.objects.create(commitment=commitment, before="open", after=status, at=at)
    return commitment


def test_what_is_late_comes_first_and_what_came_back_says_why() -> None:
    user = coordinator()
    center, day = user.person.coordinated.get().center, REGISTERED_AT.date()
    CommitmentFactory(center=center, due_on=day + datetime.timedelta(days=3))
    late = CommitmentFactory(
        center=center, due_on=day - datetime.timedelta(days=1), status="returned", acknowledged_at=REGISTERED_AT
    )
    step = {"before": "in_review", "after": "returned", "at": REGISTERED_AT, "note": "Приложите план."}
    CommitmentTransition.objects.create(commitment=late, **step)
    (section,) = inbox.sections(user, REGISTERED_AT)
    first, second = section["items"]
    assert (first["url"], first["tone"], first["note"]) == (
        f"/commitments/{late.pk}/",
        "overdue",
        "Возвращено: Приложите план.",
    )
    assert second["tone"] == "soon"


def test_letters_that_came_back_are_read_at_once(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def come_back() -> None:
        letter = walked.in_review(office)
        letters.give_back(letter=letter, note="Уточните срок.", by=office.head, at=REGISTERED_AT)

    come_back()
    with CaptureQueriesContext(connection) as before:
        inbox.sections(User.objects.get(pk=office.methodist.pk), REGISTERED_AT)
    come_back()
    come_back()
    with django_assert_num_queries(len(before)):
        inbox.sections(User.objects.get(pk=office.methodist.pk), REGISTERED_AT)


def test_a_home_without_work_says_so(client: Client) -> None:
    client.force_login(coordinator())
    assert "Поручений нет. О новых сообщим на почту." in client.get("/").text


def test_the_outcome_of_an_annulled_letter_waits_to_be_filed_anew(office: Office) -> None:
    letter = walked.in_review(office)
    letters.annul(letter=letter, note="Не нужно.", by=office.director, at=REGISTERED_AT)
    event = letter.outcome.event
    assert rows(office.methodist, "Требует действий") == [
        (f"Итоги не направлены: вебинар «{event.topic}»", f"/events/{event.pk}/")
    ]


def test_technical_assignments_wait_for_those_who_write_and_those_who_agree() -> None:
    assignment = assignments.begun()
    coordinator_of_it, methodist = assignment.edited_by, staff("methodist")
    (section,) = inbox.sections(coordinator_of_it, REGISTERED_AT)
    (row,) = section["items"]
    assert (row["title"], row["url"], row["tone"]) == (
        "Техническое задание, 2026 год",
        f"/assignments/{assignment.pk}/",
        "overdue",
    )
    assignments.submitted(assignment)
    assert [one["items"] for one in inbox.sections(User.objects.get(pk=coordinator_of_it.pk), REGISTERED_AT)] == [[]]
    waiting = {one["heading"]: one["items"] for one in inbox.sections(methodist, REGISTERED_AT)}
    (to_agree,) = waiting["Технические задания на согласовании"]
    assert to_agree["url"] == f"/assignments/{assignment.pk}/review/"
    event = assignment.events.get()
    verbs.give_back(
        assignment=assignments.fresh(assignment),
        number=1,
        note="",
        remarks={("events", str(event.key)): "Уточните."},
        by=methodist,
        at=REGISTERED_AT,
    )
    (section,) = inbox.sections(User.objects.get(pk=coordinator_of_it.pk), REGISTERED_AT)
    assert section["items"][0]["note"] == "Возвращено: Замечания – у строк."
