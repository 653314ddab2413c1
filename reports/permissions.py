"""Who may do what with letters and the register. An act's duty, states and reasons stand in ``letters.acts``."""

import datetime

from centers.models import User
from events.permissions import PLANNERS, is_office, may_file, may_see_audit_log, works_in
from reports.models import IncomingLetter, Letter, SigningAuthority

__all__ = [
    "is_office",
    "may_confirm_scan",
    "may_file",
    "may_hand_over",
    "may_issue_year_reports",
    "may_prepare_certificates",
    "may_register_incoming",
    "may_see_certificates",
    "may_see_evidence",
    "may_remind",
    "may_send_again",
    "may_sign",
    "may_reassign",
    "may_work_on",
    "may_write",
    "may_write_year_reports",
]


def may_write(user: User) -> bool:
    """Letters that no outcome writes: any methodist or head writes, the own department files."""
    return bool(user.roles & PLANNERS)


def may_sign(user: User, day: datetime.date) -> bool:
    """Holds the signing authority on that day; the administrator's role gives none."""
    return SigningAuthority.objects.in_force_on(day).filter(person=user.person_id).exists()


def may_register_incoming(user: User) -> bool:
    return "clerk" in user.roles


def may_work_on(user: User, incoming: IncomingLetter, day: datetime.date) -> bool:
    """The executor whom its resolution names, while they hold such a post, and the head of its department."""
    if incoming.department is None:
        return False
    if incoming.executor_id == user.person_id:
        return bool(user.roles & PLANNERS)
    return works_in(user, incoming.department, day, {"head"})


def may_reassign(user: User, incoming: IncomingLetter, day: datetime.date) -> bool:
    """The head of the department that its resolution names."""
    return incoming.department is not None and works_in(user, incoming.department, day, {"head"})


def may_hand_over(user: User) -> bool:
    """The work of one who leaves to a colleague."""
    return "administrator" in user.roles


def may_see_evidence(user: User, letter: Letter, day: datetime.date) -> bool:
    """Who may see the audit log, and the clerk, who answers for what went out."""
    return "clerk" in user.roles or may_see_audit_log(user, letter.department, day)


def may_confirm_scan(user: User) -> bool:
    return "clerk" in user.roles


def may_send_again(user: User, letter: Letter, day: datetime.date) -> bool:
    return "clerk" in user.roles or works_in(user, letter.department, day, PLANNERS)


def may_prepare_certificates(user: User) -> bool:
    return "methodist" in user.roles


def may_see_certificates(user: User) -> bool:
    """The releases, and the register of all numbers; whoever has the signing authority is a director."""
    return bool(user.roles & {"methodist", "head", "director", "administrator"})


def may_remind(user: User, letter: Letter, day: datetime.date) -> bool:
    """Those who set the terms: methodists and the head of the letter's department."""
    return works_in(user, letter.department, day, PLANNERS)


def is_of_own_department(user: User, department: int, day: datetime.date) -> bool:
    """The same by the key of the letter's department."""
    return department in user.departments_on(day, *PLANNERS)


def may_write_year_reports(user: User) -> bool:
    """The year's report of the network; all staff of the institution read it."""
    return "methodist" in user.roles


def may_issue_year_reports(user: User) -> bool:
    """Have its files made."""
    return bool(user.roles & {"methodist", "head", "director"})
