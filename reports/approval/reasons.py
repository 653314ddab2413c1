"""Whose step is missing: the post, the name and since when, in the words that stand beside a button."""

import datetime
from typing import Any

from django.utils import timezone

from centers.models import Person, StaffPost
from centers.models.person import Duty
from rcro_portal.lib import russian
from reports.approval.approvers import NeededApproval
from reports.models import Letter, SigningAuthority
from reports.models.letter import LetterStatus

NO_HEAD = " Начальника отдела назначает администратор в справочнике «Должности»."
NOBODY = " Согласовать сейчас некому: администратор назначит замещающего в справочнике «Замещения»."


def missing_approvals(letter: Letter, missing: list[NeededApproval]) -> str:
    """«не согласовано начальником отдела (Иванов И.И., на согласовании с 21.09.2020).» for those asked now."""
    asked = [approval for approval in missing if approval.is_asked]
    if all(approval.request.department and ";" not in approval.request.title for approval in asked):
        words = "не согласовано " + " и ".join(_by_head(letter, approval) for approval in asked)
    else:
        words = "не согласовано. Очередь: " + "; ".join(_in_turn(approval) for approval in asked)
    return f"{words}." + _nobody(letter, asked)


def _nobody(letter: Letter, asked: list[NeededApproval]) -> str:
    """Whom to ask where an approval that is due has no approver."""
    vacant = [approval for approval in asked if not approval.people]
    without_head = any(approval.request.department_id and not _filed_by_head(letter, approval) for approval in vacant)
    return NO_HEAD if without_head else NOBODY if vacant else ""


def awaited(letter: Letter, approvals: list[NeededApproval]) -> str:
    """«начальник отдела Иванов И.И., с 21.09.2020.»: whose approval is asked now, and since when."""
    asked = [approval for approval in approvals if approval.is_asked]
    words = "; ".join(_waited_for(approval) for approval in asked)
    return russian.stopped(words) + _nobody(letter, asked)


def _waited_for(approval: NeededApproval) -> str:
    title, who = approval.request.title, _who(approval)
    named = f"{title[:1].lower()}{title[1:]}"
    whose = f"{named} {who}" if approval.people and not who.startswith("замещает") else f"{named} ({who})"
    return f"{whose}, с {short(approval.since)}" if approval.since else whose


def turns(missing: list[NeededApproval]) -> str:
    """«начальник отдела (Иванов И.И., с 21.09.2020)» for those asked now."""
    return "; ".join(_in_turn(approval) for approval in missing if approval.is_asked)


def _by_head(letter: Letter, approval: NeededApproval) -> str:
    department = approval.request.department
    own = department is None or department.pk == letter.department_id
    return f"начальником {'отдела' if own else department.name_genitive} ({_who(approval)}, {_since(approval)})"


def _in_turn(approval: NeededApproval) -> str:
    title = approval.request.title
    return f"{title[:1].lower()}{title[1:]} ({_who(approval)}, {_since(approval)})"


def _since(approval: NeededApproval) -> str:
    return f"на согласовании с {short(approval.since)}" if approval.since else "очередь не подошла"


def _who(approval: NeededApproval) -> str:
    """Those asked in their own right; then their deputies."""
    own = [one.person.surname_first for one in approval.people if one.instead_of is None]
    deputies = [one.person.surname_first for one in approval.people if one.instead_of]
    words = [", ".join(own)] if own else []
    if deputies:
        words.append(f"замещает {', '.join(deputies)}")
    if not words:
        words = [approval.request.person.surname_first] if approval.request.person else ["не назначен"]
    return "; ".join(words)


def _filed_by_head(letter: Letter, approval: NeededApproval) -> bool:
    """The only head is the one who filed, and so does not approve."""
    day = timezone.localdate(approval.since)
    heads = StaffPost.objects.in_force_on(day).filter(department=approval.request.department_id, duty=Duty.HEAD)
    return bool(letter.filed_by) and heads.filter(person=letter.filed_by.person_id).exists()


def author(letter: Letter) -> str:
    """«на доработке у исполнителя (Иванов И.И., с 21.09.2020)»; a draft that was never filed is only being written."""
    return f"{'на доработке' if letter.filed_at else 'готовится'} у исполнителя ({by_author(letter)})"


def by_author(letter: Letter) -> str:
    """«Иванов И.И., с 21.09.2020»: whose text it is, and since when it lies with them again."""
    back = _lies_since(letter, LetterStatus.DRAFT)
    return f"{letter.prepared_by.surname_first}{f', с {short(back)}' if back else ''}"


def _lies_since(letter: Any, status: LetterStatus) -> datetime.datetime | None:
    """Since when it lies there: a page that only names the letter has read it with the row, its own page all steps."""
    if letter.status == status and hasattr(letter, "waits_since"):
        return letter.waits_since
    steps = [step for step in letter.transitions.all() if step.after == status]
    last = max(steps, key=lambda step: step.pk, default=None)
    return last.at if last else None


def director(letter: Letter, day: datetime.date) -> str:
    """«директора (Иванов И.И., с 21.09.2020)»: since when the letter waits for them."""
    approved = _lies_since(letter, LetterStatus.APPROVED)
    since = f", с {short(approved)}" if approved else ""
    return f"директора ({signatories(day)}{since})"


def signatories(day: datetime.date) -> str:
    """«Иванов И.И.»: who holds the right to sign that day."""
    people = SigningAuthority.objects.in_force_on(day).select_related("person").order_by("pk")
    return ", ".join(row.person.surname_first for row in people) or "не назначен"


def standing_in(person: Person) -> str:
    return russian.stopped(f"Вы замещаете: {person.surname_first}")


def short(at: datetime.datetime | None) -> str:
    return russian.short_date(timezone.localdate(at))
