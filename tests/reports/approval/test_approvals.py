"""Whose approvals a letter needs, in which order, who gives them for whom, and what corrections and returns do."""

import datetime

import pytest
from django.test import Client

from centers.models import Department, User
from rcro_portal.lib.acts import NOT_YOU
from rcro_portal.lib.refusals import WrongStep
from reports.approval import approvals, approvers
from reports.home import inbox
from reports.letters import corrections, letters
from reports.letters.acts import LETTER
from reports.letters.case import LetterCase
from reports.models import Approval, ApprovalRequest, Letter, LetterTransition
from reports.models.approval import ApprovalKind
from reports.models.letter import LetterKind, LetterStatus
from reports.operations import invariants
from tests.factories import letters as walked
from tests.factories.approvals import deputise, route
from tests.factories.centers import DepartmentFactory, StaffPostFactory, UserFactory, administrator, staff
from tests.factories.events import ready_outcome
from tests.factories.moments import APPROVED_AT, FILED_AT, LONG_AGO, REGISTERED_AT, tomsk
from tests.factories.reports import LetterFactory, Office, SigningAuthorityFactory
from tests.reports.letters.test_corrections import page_of
from tests.untouched import refused

pytestmark = pytest.mark.django_db
LATER, DAY = tomsk(3, 17, 11), APPROVED_AT.date()


@pytest.fixture
def second(office: Office) -> User:
    """The head of another department."""
    return staff("head", DepartmentFactory(name="отдел олимпиад", name_genitive="отдела олимпиад"))


def department(user: User) -> Department:
    return user.person.posts.get().department


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def approve(letter: Letter, by: User, at: datetime.datetime = APPROVED_AT, **given: object) -> None:
    letter = fresh(letter)
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=by, at=at, **given)


def asked(letter: Letter) -> list[tuple[int, str]]:
    return list(fresh(letter).snapshot.requests.order_by("order", "pk").values_list("order", "title"))


def whose_turn(letter: Letter, day: datetime.date = DAY) -> set[str]:
    needed = approvers.needed_approvals(fresh(letter), day)
    return {one.person.full_name for row in needed if row.is_asked for one in row.people}


def names(*users: User) -> set[str]:
    return {user.person.full_name for user in users}


def home(user: User) -> list[str]:
    sections = {section["heading"]: section["items"] for section in inbox.sections(user, APPROVED_AT)}
    return [row["note"].partition(" Отдел развития сетей")[0] for row in sections.get("На согласование", [])]


# -- Routes ---------------------------------------------------------------------------------------


def test_without_a_route_the_own_head_is_asked(office: Office) -> None:
    letter = walked.in_review(office)
    assert asked(letter) == [(1, "Начальник отдела")]
    assert whose_turn(letter) == names(office.head)


def test_the_narrowest_route_of_the_day_applies(office: Office) -> None:
    """The narrowest first, so that none of them wins by being the latest."""
    letter, before = LetterFactory(department=office.department), DAY - datetime.timedelta(days=1)
    both = {"kind": LetterKind.OUTCOME, "department": office.department}
    fields = both, {"department": office.department}, {"kind": LetterKind.OUTCOME}, {}
    made = [route((1, "Начальник отдела", None), **one) for one in fields]
    for one in made:
        assert approvals.route_for(letter, DAY) == one
        one.until = before
        one.save(update_fields=["until"])
    route(name="чужого вида", kind=LetterKind.REPLY)
    route(name="чужого отдела", department=DepartmentFactory(name="другой отдел"))
    assert (approvals.route_for(letter, DAY), approvals.route_for(letter, before)) == (None, made[0])


def test_parallel_approvals_are_asked_at_once_and_the_next_order_after_them(office: Office, second: User) -> None:
    lawyer = staff("methodist", DepartmentFactory(name="правовой отдел"))
    heads = (1, "Начальник отдела", None), (1, "Начальник отдела олимпиад", department(second))
    route(*heads, (2, "Юрисконсульт", lawyer.person))
    letter = walked.in_review(office)
    assert whose_turn(letter) == names(office.head, second)
    with refused(approvals.NotAsked):
        approve(letter, lawyer)
    approve(letter, second)
    assert (fresh(letter).status, whose_turn(letter)) == (LetterStatus.REVIEW, names(office.head))
    approve(letter, office.head)
    assert (fresh(letter).status, whose_turn(letter)) == (LetterStatus.REVIEW, names(lawyer))
    approve(letter, lawyer, at=LATER)
    assert fresh(letter).status == LetterStatus.APPROVED
    assert [(before, after, by) for before, after, by, *_ in walked.steps(letter)[1:]] == [
        ("review", "review", second),
        ("review", "review", office.head),
        ("review", "approved", lawyer),
    ]
    assert list(invariants.approvals()) == []


def test_a_route_changed_after_the_filing_changes_no_letter_under_way(office: Office, second: User) -> None:
    made = route((1, "Начальник отдела", None))
    letter = walked.in_review(office)
    made.stages.update(department=department(second))
    assert whose_turn(letter) == names(office.head)
    letters.recall(letter=fresh(letter), by=office.methodist, at=APPROVED_AT)
    letters.file_outcome(outcome=fresh(letter).outcome, by=office.methodist, at=LATER)
    assert whose_turn(letter) == names(second)


def test_one_person_asked_twice_gives_one_approval(office: Office) -> None:
    route((2, "Ответственный за сеть", office.head.person), (1, "Начальник отдела", None))
    letter = walked.in_review(office)
    assert asked(letter) == [(1, "Начальник отдела; Ответственный за сеть")]
    approve(letter, office.head)
    assert fresh(letter).status == LetterStatus.APPROVED


def test_titles_too_long_to_stand_together_are_cut_with_a_mark(office: Office) -> None:
    route((1, "А" * 100, None), (2, "Б" * 100, office.head.person))
    ((_, title),) = asked(walked.in_review(office))
    assert (len(title), title[-1]) == (150, "…")


# -- Approvals ----------------------------------------------------------------------------------------


def test_an_approval_copies_name_and_post(office: Office) -> None:
    letter = walked.in_review(office)
    approve(letter, office.head, note="Уточнить адрес.", remarks=True)
    approval = Approval.objects.get()
    assert (approval.kind, approval.note, approval.instead_of) == (ApprovalKind.REMARKS, "Уточнить адрес.", None)
    assert (approval.name, approval.post) == (office.head.person.surname_first, "начальник отдела")
    assert (approval.request, fresh(letter).status) == (ApprovalRequest.objects.get(), LetterStatus.APPROVED)


def test_an_approval_is_given_once(office: Office, second: User) -> None:
    route((1, "Начальник отдела", None), (1, "Начальник отдела олимпиад", department(second)))
    letter = walked.in_review(office)
    approve(letter, second)
    with refused(approvals.NotAsked):
        approve(letter, second)
    with refused(approvals.AlreadyGiven):
        approve(letter, second, note="Поздно.", remarks=True)
    with refused(approvals.NotAsked):
        approve(letter, office.methodist)


def test_an_approver_who_left_is_followed_by_the_next_head(office: Office) -> None:
    letter = walked.in_review(office)
    office.head.person.posts.update(until=FILED_AT.date())
    assert whose_turn(letter) == set()
    assert LETTER.rule("approve", LetterCase(fresh(letter), office.head, APPROVED_AT)).status == NOT_YOU
    with refused(approvals.NotAsked):
        approve(letter, office.head)
    successor = staff("head", office.department)
    approve(letter, successor)
    assert fresh(letter).status == LetterStatus.APPROVED


def test_a_person_who_left_is_answered_for_by_a_deputy(office: Office) -> None:
    lawyer = staff("methodist", DepartmentFactory(name="правовой отдел"))
    route((1, "Юрисконсульт", lawyer.person))
    letter = walked.in_review(office)
    lawyer.person.posts.update(until=FILED_AT.date())
    assert whose_turn(letter) == set()
    deputise(office.head, lawyer)
    assert whose_turn(letter) == names(office.head)
    approve(letter, office.head)
    assert Approval.objects.get().instead_of == lawyer.person


# -- Deputies -------------------------------------------------------------------------------------


def test_a_deputy_approves_on_the_days_of_the_row_only(office: Office) -> None:
    deputy = staff("methodist", DepartmentFactory(name="другой отдел"))
    row = deputise(deputy, office.head, since=DAY, until=DAY)
    letter = walked.in_review(office)
    assert whose_turn(letter, FILED_AT.date()) == names(office.head)
    assert home(deputy) == [f"Вы замещаете: {office.head.person.surname_first}"]
    with refused(approvals.NotAsked):
        approve(letter, deputy, at=REGISTERED_AT)
    approve(letter, deputy)
    approval = Approval.objects.get()
    assert (approval.name, approval.post) == (deputy.person.surname_first, "методист")
    assert (approval.instead_of, row.person) == (office.head.person, office.head.person)


def test_a_deputy_without_a_post_in_the_house_approves_nothing(office: Office) -> None:
    stranger = UserFactory()
    deputise(stranger, office.head)
    assert whose_turn(walked.in_review(office)) == names(office.head)
    assert home(stranger) == []


def test_a_deputy_approves_where_the_head_filed_but_not_what_the_deputy_filed(office: Office) -> None:
    deputy = staff("methodist", office.department)
    deputise(deputy, office.head)
    by_head = letters.file_outcome(outcome=ready_outcome(), by=office.head, at=FILED_AT)
    by_deputy = letters.file_outcome(outcome=ready_outcome(), by=deputy, at=FILED_AT)
    assert (whose_turn(by_head), whose_turn(by_deputy)) == (names(deputy), names(office.head))
    assert (home(deputy), len(home(office.head))) == ([f"Вы замещаете: {office.head.person.surname_first}"], 1)
    with refused(approvals.NotAsked):
        approve(by_deputy, deputy)


def test_an_approval_of_a_deputy_answers_for_the_own_post_too(office: Office, second: User) -> None:
    """Asked in the first order for another and in the second for the own department: one word on one text."""
    deputise(second, office.head)
    route((1, "Начальник отдела", None), (2, "Начальник отдела олимпиад", department(second)))
    letter = walked.in_review(office)
    approve(letter, second)
    assert fresh(letter).status == LetterStatus.APPROVED
    assert asked(letter) == [(1, "Начальник отдела; Начальник отдела олимпиад")]


def test_a_deputy_who_has_agreed_for_themselves_answers_for_the_absent_by_a_second_press(
    office: Office, second: User
) -> None:
    deputise(second, office.head)
    route((1, "Начальник отдела олимпиад", department(second)), (1, "Начальник отдела", None))
    letter = walked.in_review(office)
    approve(letter, second)
    assert whose_turn(letter) == names(office.head, second)
    approve(letter, second, at=LATER)
    assert (fresh(letter).status, Approval.objects.count()) == (LetterStatus.APPROVED, 1)
    assert asked(letter) == [(1, "Начальник отдела олимпиад; Начальник отдела")]
    assert list(invariants.approvals()) == []


# -- What is skipped ------------------------------------------------------------------------------


def test_what_the_filer_would_approve_is_skipped_and_the_rest_is_asked(office: Office, second: User) -> None:
    route((1, "Начальник отдела", None), (2, "Начальник отдела олимпиад", department(second)))
    letter = letters.file_outcome(outcome=ready_outcome(), by=office.head, at=FILED_AT)
    assert (fresh(letter).status, asked(letter)) == (LetterStatus.REVIEW, [(2, "Начальник отдела олимпиад")])
    mark = Approval.objects.get()
    assert (mark.kind, mark.note) == (ApprovalKind.SKIPPED, f"Начальник отдела. {approvals.FILED_BY_HEAD}")
    letters.recall(letter=fresh(letter), by=office.head, at=APPROVED_AT)
    assert fresh(letter).status == LetterStatus.DRAFT


def test_a_person_who_filed_or_signs_for_the_director_is_skipped(office: Office, second: User) -> None:
    SigningAuthorityFactory(person=second.person, post="И.о. директора", basis="Приказ")
    route((1, "Методист", office.methodist.person), (1, "Эксперт", second.person))
    letter = walked.in_review(office)
    assert Approval.objects.get().note == (
        f"Методист. {approvals.FILED_BY_APPROVER}\nЭксперт. {approvals.APPROVER_SIGNS}"
    )
    assert (fresh(letter).status, asked(letter)) == (LetterStatus.APPROVED, [])


def test_an_acting_director_who_is_the_head_is_skipped_even_with_a_deputy(office: Office) -> None:
    SigningAuthorityFactory(person=office.head.person, post="И.о. директора", basis="Приказ")
    deputise(staff("methodist", office.department), office.head)
    letter = walked.in_review(office)
    assert (fresh(letter).status, Approval.objects.get().note) == (LetterStatus.APPROVED, approvals.HEAD_SIGNS)
    assert LetterTransition.objects.get(after=LetterStatus.APPROVED).note == approvals.HEAD_SIGNS


def test_a_department_without_a_head_waits_until_one_is_named(office: Office) -> None:
    office.head.person.posts.all().update(until=LONG_AGO)
    letter = walked.in_review(office)
    assert (fresh(letter).status, whose_turn(letter)) == (LetterStatus.REVIEW, set())
    sections = {section["heading"]: section["items"] for section in inbox.sections(administrator(), APPROVED_AT)}
    assert [(row["url"], row["note"]) for row in sections["Некому согласовать"]] == [
        (f"/letters/{letter.pk}/", "Начальник отдела: назначьте в справочнике «Должности» или внесите замещение.")
    ]
    StaffPostFactory(person=office.head.person, duty="head", department=office.department, since=DAY)
    approve(letter, office.head)
    assert fresh(letter).status == LetterStatus.APPROVED


# -- Corrections, returns, recalls ----------------------------------------------------------------


def correct(letter: Letter, by: User, at: datetime.datetime = LATER) -> None:
    letter = fresh(letter)
    corrected = page_of(letter, salutation="Уважаемые координаторы!")
    corrections.correct_and_approve(letter=letter, snapshot_id=letter.snapshot_id, page=corrected, by=by, at=at)


def test_a_correction_voids_earlier_approvals_and_counts_as_the_correctors_own(office: Office, second: User) -> None:
    route((1, "Начальник отдела", None), (2, "Начальник отдела олимпиад", department(second)))
    # Another letter's mark that skips does not come over.
    letters.file_outcome(outcome=ready_outcome(), by=office.head, at=FILED_AT)
    letter = walked.in_review(office)
    with refused(approvals.NotAsked):
        correct(letter, second)
    approve(letter, office.head)
    before = fresh(letter).snapshot_id
    correct(letter, second)
    letter = fresh(letter)
    assert (letter.status, letter.snapshot_id == before) == (LetterStatus.REVIEW, False)
    assert list(letter.snapshot.approvals.values_list("by", "kind", "note")) == [
        (second.pk, ApprovalKind.APPROVED, corrections.NOTE)
    ]
    assert whose_turn(letter) == names(office.head)
    assert approvers.gave_before(letter, office.head, approvers.given(letter))
    approve(letter, office.head, at=REGISTERED_AT)
    assert (fresh(letter).status, list(invariants.approvals())) == (LetterStatus.APPROVED, [])


def test_a_mark_that_skips_goes_over_to_the_corrected_text(office: Office, second: User) -> None:
    route((1, "Начальник отдела", None), (1, "Начальник отдела олимпиад", department(second)))
    letter = letters.file_outcome(outcome=ready_outcome(), by=office.head, at=FILED_AT)
    correct(letter, second)
    letter = fresh(letter)
    assert letter.status == LetterStatus.APPROVED
    assert list(letter.snapshot.approvals.order_by("pk").values_list("kind", "by")) == [
        (ApprovalKind.SKIPPED, office.head.pk),
        (ApprovalKind.APPROVED, second.pk),
    ]


def test_a_return_is_written_into_the_sheet_with_its_remarks(office: Office) -> None:
    letter = walked.in_review(office)
    letters.give_back(letter=fresh(letter), note="Уточните срок.", by=office.head, at=APPROVED_AT)
    mark = Approval.objects.get()
    assert (mark.kind, mark.note, mark.post) == (ApprovalKind.RETURNED, "Уточните срок.", "начальник отдела")
    letters.file_outcome(outcome=fresh(letter).outcome, by=office.methodist, at=LATER)
    approve(letter, office.head, at=LATER)
    letters.give_back(letter=fresh(letter), note="Не туда.", by=office.director, at=REGISTERED_AT)
    last = Approval.objects.order_by("-pk")[0]
    assert (last.kind, last.post, last.request) == (ApprovalKind.RETURNED, office.authority.post, None)
    assert fresh(letter).status == LetterStatus.DRAFT


def test_a_deputy_returns_in_place_of_the_head(office: Office) -> None:
    deputy = staff("methodist", office.department)
    deputise(deputy, office.head)
    letter = walked.in_review(office)
    letters.give_back(letter=fresh(letter), note="Не туда.", by=deputy, at=APPROVED_AT)
    mark = Approval.objects.get()
    assert (mark.by, mark.name, mark.instead_of) == (deputy, deputy.person.surname_first, office.head.person)
    assert (mark.at, mark.snapshot, mark.request.snapshot) == (APPROVED_AT, letter.snapshot, letter.snapshot)


def test_only_whose_turn_it_is_returns(office: Office, second: User) -> None:
    route((1, "Начальник отдела", None), (2, "Начальник отдела олимпиад", department(second)))
    letter = walked.in_review(office)
    with refused(approvals.NotAsked):
        letters.give_back(letter=fresh(letter), note="Рано.", by=second, at=APPROVED_AT)


def test_nobody_recalls_what_somebody_has_approved(office: Office, second: User) -> None:
    route((1, "Начальник отдела", None), (1, "Начальник отдела олимпиад", department(second)))
    letter = walked.in_review(office)
    approve(letter, second)
    with refused(WrongStep):
        letters.recall(letter=fresh(letter), by=office.methodist, at=LATER)


def of_earlier_years(office: Office) -> Letter:
    """In review, as the portal left it when nobody wrote requests down."""
    letter = walked.in_review(office)
    ApprovalRequest.objects.all().delete()
    return fresh(letter)


def test_a_letter_without_requests_asks_its_head(office: Office) -> None:
    letter = of_earlier_years(office)
    assert (whose_turn(letter), len(home(office.head))) == (names(office.head), 1)
    approve(letter, office.head)
    assert (fresh(letter).status, asked(letter)) == (LetterStatus.APPROVED, [(1, "Начальник отдела")])


def test_a_letter_without_requests_is_returned(office: Office) -> None:
    letter = of_earlier_years(office)
    letters.give_back(letter=letter, note="Уточните срок.", by=office.head, at=APPROVED_AT)
    assert Approval.objects.values_list("kind", "request").get() == (ApprovalKind.RETURNED, None)


# -- Pages ----------------------------------------------------------------------------------------


def test_remarks_are_typed_beside_the_approval(client: Client, office: Office) -> None:
    letter = walked.in_review(office)
    client.force_login(office.head)
    path, sent = f"/letters/{letter.pk}/approve/", {"snapshot": letter.snapshot_id}
    assert client.post(path, sent | {"remarks": " "}).status_code == 422
    assert client.post(path, sent | {"remarks": "Проверить адреса."}).status_code == 302
    assert Approval.objects.get().note == "Проверить адреса."
