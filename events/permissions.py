"""Who may do what with events, outcomes and commitments: predicates; the tables of acts say when."""

import datetime

from centers.models import Center, Department, User
from events.models import Commitment, DataSheet, Event, TechnicalAssignment

PLANNERS = {"methodist", "head"}
REVIEWERS = {"methodist", "administrator"}
OFFICE = {"methodist", "head", "clerk", "director", "administrator"}


def is_office(user: User) -> bool:
    """Of the institution's own staff, who see outcomes, letters and everybody's answers."""
    return bool(user.roles & OFFICE)


def may_plan(user: User) -> bool:
    """Plan, announce, mark who came, write the outcome; filing it is the own department's."""
    return bool(user.roles & {*PLANNERS, "administrator"})


def may_keep_plan(user: User) -> bool:
    """Enter and change plan-schedules and their items."""
    return bool(user.roles & REVIEWERS)


def works_in(user: User, department: Department, day: datetime.date, duties: set[str]) -> bool:
    """Holds one of the duties in that department on that day."""
    return department.pk in user.departments_on(day, *duties)


def may_file(user: User, event: Event, day: datetime.date) -> bool:
    """Methodists and the head of the department that held the event file its outcome, and recall it."""
    return works_in(user, event.department, day, PLANNERS)


def may_see_audit_log(user: User, department: Department, day: datetime.date) -> bool:
    """Who did what: the department its own, director and administrator all; the clerk sees the register's numbers."""
    return bool(user.roles & {"director", "administrator"}) or works_in(user, department, day, PLANNERS)


def may_register(user: User, day: datetime.date) -> Center | None:
    """The centre that this coordinator stands for, or None."""
    if "coordinator" not in user.roles_on(day):
        return None
    return Center.objects.coordinated_by(user.person, day).order_by("pk").first()


def may_answer(user: User, commitment: Commitment, day: datetime.date) -> bool:
    """As coordinator of the centre that owes it; where no centre does, nobody answers here by themselves."""
    return Center.objects.coordinated_by(user.person, day).filter(organization=commitment.organization_id).exists()


def may_enter_answer(user: User) -> bool:
    """For a centre that answered by telephone or mail."""
    return bool(user.roles & REVIEWERS)


def may_review(user: User) -> bool:
    return bool(user.roles & REVIEWERS)


def may_move_terms(user: User) -> bool:
    """Of some department at least; of which commitments the next one says."""
    return bool(user.roles & PLANNERS)


def may_move_term(user: User, commitment: Commitment, day: datetime.date) -> bool:
    """Grant another term: methodists and the head of the department whose letter asks for it."""
    return works_in(user, commitment.department, day, PLANNERS)


def may_keep_requests(user: User) -> bool:
    """Make and send requests for information, judge what centres answer, enter what came by telephone."""
    return bool(user.roles & REVIEWERS)


def may_answer_request(user: User, sheet: DataSheet, day: datetime.date) -> bool:
    """As coordinator of the centre that is asked."""
    return Center.objects.coordinated_by(user.person, day).filter(pk=sheet.center_id).exists()


def may_write_sheet(user: User, sheet: DataSheet, day: datetime.date) -> bool:
    """The coordinator, and whoever enters for the centre what came otherwise."""
    return may_keep_requests(user) or may_answer_request(user, sheet, day)


def may_write_assignment(user: User, assignment: TechnicalAssignment, day: datetime.date) -> bool:
    """As coordinator of its centre on that day."""
    return Center.objects.coordinated_by(user.person, day).filter(pk=assignment.center_id).exists()


def may_agree_assignments(user: User) -> bool:
    """Agree them, give them back, remind of them."""
    return "methodist" in user.roles
