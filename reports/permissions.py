"""Who may do what with letters and the register; ``available_actions`` says when, and why not."""

import datetime

from centers.models import Department, User
from events.permissions import PLANNERS, is_office, may_file, may_see_audit_log, works_in
from reports.approval import approvers
from reports.models import Letter, SigningAuthority
from reports.models.letter import LetterStatus

__all__ = [
    "is_office",
    "may_annul",
    "may_approve",
    "may_choose_way",
    "may_confirm_scan",
    "may_file",
    "may_file_letter",
    "may_give_back",
    "may_recall",
    "may_register_incoming",
    "may_see_evidence",
    "may_send_again",
    "may_sign",
    "may_upload_scan",
    "may_upload_signature",
    "may_write",
]


def may_write(user: User) -> bool:
    """Letters that no outcome writes: any methodist or head writes, the own department files."""
    return bool(user.roles & PLANNERS)


def may_file_letter(user: User, letter: Letter, day: datetime.date) -> bool:
    """File a written letter, throw its draft away, begin the one that replaces it."""
    return works_in(user, letter.department, day, PLANNERS)


def may_recall(user: User, letter: Letter, day: datetime.date) -> bool:
    """Its own department's methodist or head, as for filing."""
    return works_in(user, letter.department, day, PLANNERS)


def may_approve(user: User, letter: Letter, day: datetime.date) -> bool:
    """Whoever the route asks, and their deputies of that day; not who filed. ``available_actions`` says when."""
    return approvers.is_among(approvers.needed_approvals(letter, day), user)


def may_sign(user: User, day: datetime.date) -> bool:
    """Holds the signing authority on that day; the administrator's role gives none."""
    return SigningAuthority.objects.in_force_on(day).filter(person=user.person_id).exists()


def may_choose_way(user: User, letter: Letter, day: datetime.date) -> bool:
    """The signatory whom the letter names; before it names one, whoever may sign."""
    return may_sign(user, day) and (letter.authority is None or letter.authority.person_id == user.person_id)


def may_give_back(user: User, letter: Letter, day: datetime.date) -> bool:
    """Whose turn it is may return the letter: an approver in review, the director afterwards."""
    if letter.status == LetterStatus.REVIEW:
        return may_approve(user, letter, day)
    return may_sign(user, day)


def may_annul(user: User, day: datetime.date) -> bool:
    return may_sign(user, day)


def may_upload_scan(user: User, letter: Letter, day: datetime.date) -> bool:
    return "clerk" in user.roles or may_sign(user, day) or _is_of(user, letter.department, day)


def may_upload_signature(user: User, letter: Letter, day: datetime.date) -> bool:
    """The signatory, or the clerk for them: whoever writes a letter does not bring its signature."""
    return "clerk" in user.roles or may_choose_way(user, letter, day)


def may_register_incoming(user: User) -> bool:
    return bool(user.roles & {"clerk", *PLANNERS})


def may_see_evidence(user: User, letter: Letter, day: datetime.date) -> bool:
    """Who may see the audit log, and the clerk, who answers for what went out."""
    return "clerk" in user.roles or may_see_audit_log(user, letter.department, day)


def may_confirm_scan(user: User) -> bool:
    return "clerk" in user.roles


def may_send_again(user: User, letter: Letter, day: datetime.date) -> bool:
    return "clerk" in user.roles or _is_of(user, letter.department, day)


def _is_of(user: User, department: Department, day: datetime.date) -> bool:
    return works_in(user, department, day, PLANNERS)
