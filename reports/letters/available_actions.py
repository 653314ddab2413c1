"""What a letter waits for, whose turn it is, and what this person can do with it now."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from centers.models import Person, User
from events import permissions as event_permissions
from rcro_portal.lib import russian
from reports import permissions
from reports.approval import approvers, reasons
from reports.journal import numbering, year_opening
from reports.letters import outside_signatures, second_person
from reports.models import DetachedSignature, Letter, LetterFile, OutgoingRegister
from reports.models.letter import SIGNED, LetterStatus, Way


class AvailableActions(NamedTuple):
    """``waits`` says in words what is missing and whose step it is; the flags open this person's acts.

    ``blocked``: acts that would be this person's, but not now, each with whose step is missing.
    """

    waits: str
    acts: dict[str, bool]
    blocked: dict[str, str]
    instead_of: Person | None


def actions_for(letter: Letter, user: User, now: datetime.datetime) -> AvailableActions:
    day = timezone.localdate(now)
    approvals = (
        approvers.needed_approvals(letter, day) if letter.status in (LetterStatus.DRAFT, LetterStatus.REVIEW) else []
    )
    turn = approvers.turn(approvals, user) if letter.status == LetterStatus.REVIEW else None
    acts = {**_approving(letter, user, approvals, turn, day), **_signing(letter, user, day)}
    blocked = {act: why for act, why in _reasons(letter, user, approvals, day).items() if not acts[act]}
    waits = _your_turn(letter, user, acts, turn) or _waits(letter, user, approvals, day)
    return AvailableActions(waits, acts, blocked, turn.approver.instead_of if turn else None)


def _approving(
    letter: Letter,
    user: User,
    approvals: list[approvers.NeededApproval],
    turn: approvers.Turn | None,
    day: datetime.date,
) -> dict[str, bool]:
    status = letter.status
    signatory = permissions.may_sign(user, day)
    return {
        "correct": status == LetterStatus.DRAFT and _may_mend(letter, user),
        # An approver who can return the letter need not recall it.
        "recall": status == LetterStatus.REVIEW
        and permissions.may_recall(user, letter, day)
        and not approvers.is_among(approvals, user)
        and not approvers.has_acted(letter),
        "approve": turn is not None,
        "amend": turn is not None,
        "assign_number": status == LetterStatus.APPROVED and signatory and not _year_waits(letter, day),
        "give_back": turn is not None or (status in (LetterStatus.APPROVED, LetterStatus.AWAITING) and signatory),
        "annul": status not in (LetterStatus.SENT, LetterStatus.ANNULLED)
        and letter.snapshot_id is not None
        and permissions.may_annul(user, day),
    }


def _signing(letter: Letter, user: User, day: datetime.date) -> dict[str, bool]:
    status = letter.status
    signatory = permissions.may_sign(user, day)
    mine = letter.authority is not None and letter.authority.person_id == user.person_id and signatory
    by_key, on_paper, outside = (letter.way == way for way in (Way.KEY, Way.PAPER, Way.GOST))
    awaiting = status == LetterStatus.AWAITING
    confirms = permissions.may_confirm_scan(user) and _may_confirm(letter, user, day)
    return {
        "sign": awaiting and by_key and mine,
        "preapprove": awaiting and by_key and mine and letter.endorsed_at is None,
        "choose_paper": awaiting and not on_paper and mine,
        "choose_key": awaiting and not by_key and mine,
        "choose_gost": awaiting and not outside and mine,
        "upload_scan": awaiting and on_paper and permissions.may_upload_scan(user, letter, day),
        "confirm_scan": on_paper and confirms,
        "sign_outside": awaiting and outside and mine,
        "upload_signature": awaiting and outside and permissions.may_upload_signature(user, letter, day),
        "confirm_signature": outside and confirms,
        "attach_signature": by_key
        and status in (LetterStatus.AWAITING, *SIGNED)
        and permissions.may_upload_signature(user, letter, day),
        "send_again": status == LetterStatus.SENT and permissions.may_send_again(user, letter, day),
        "draw_again": is_stuck(letter) and (signatory or permissions.may_recall(user, letter, day)),
    }


def _brought(letter: Letter) -> LetterFile | DetachedSignature | None:
    """What waits for the clerk to confirm it: the newest scan, or the newest file of a signature not checked here."""
    if letter.status != LetterStatus.AWAITING or letter.way == Way.KEY:
        return None
    return letter.scans().first() if letter.way == Way.PAPER else outside_signatures.waiting(letter)


def _may_confirm(letter: Letter, user: User, day: datetime.date) -> bool:
    file = _brought(letter)
    return file is not None and not _own(file, user, day)


def _own(file: LetterFile | DetachedSignature, user: User, day: datetime.date) -> str:
    """Why this clerk may not confirm what they brought; empty where another did."""
    brought_by = file.made_by_id if isinstance(file, LetterFile) else file.uploaded_by_id
    return second_person.reason_against(brought_by, user, day)


def _may_mend(letter: Letter, user: User) -> bool:
    return event_permissions.may_plan(user) if letter.outcome else permissions.may_write(user)


VOIDED = "Текст изменён после согласования. Нужно согласовать заново. "
TURNS = {
    "approve": "Ваш шаг: прочитайте письмо и согласуйте его, исправьте или верните.",
    "assign_number": "Ваш шаг: прочитайте письмо. Номер и дата присваиваются по кнопке «К подписанию».",
    "sign": "Ваш шаг: прочитайте письмо с номером и датой и подпишите его паролем ключа.",
    "confirm_signature": "Ваш шаг: проверьте файл подписи вне портала и подтвердите его.",
    "sign_outside": "Ваш шаг: скачайте PDF, подпишите его усиленной подписью и загрузите файл подписи.",
    "confirm_scan": "Ваш шаг: сверьте скан с подписанной бумагой и подтвердите его.",
    "correct": "Ваш шаг: исправьте текст и направьте его на согласование.",
}


def _your_turn(letter: Letter, user: User, acts: dict[str, bool], turn: approvers.Turn | None) -> str:
    words = next((words for act, words in TURNS.items() if acts[act]), "")
    if turn is None:
        return words
    instead_of = turn.approver.instead_of
    whose = f"{reasons.standing_in(instead_of)} " if instead_of else ""
    return f"{VOIDED if approvers.gave_before(letter, user) else ''}{whose}{words}"


def _reasons(
    letter: Letter, user: User, approvals: list[approvers.NeededApproval], day: datetime.date
) -> dict[str, str]:
    """Whose step is missing before this person's; an act that is open to them anyway is left out by the caller."""
    match letter.status:
        case LetterStatus.DRAFT:
            return _before_filing(letter, user, approvals, day)
        case LetterStatus.REVIEW:
            return _before_approval(letter, user, approvals, day)
        case LetterStatus.APPROVED if permissions.may_sign(user, day):
            return {"assign_number": _year_waits(letter, day)}
        case LetterStatus.AWAITING:
            return _before_signature(letter, user, day)
    return {}


def _year_waits(letter: Letter, day: datetime.date) -> str:
    """That the register's year is to be opened by the clerk first; empty where it is open or opens by itself."""
    register = numbering.among(list(OutgoingRegister.objects.order_by("pk")), letter.kind)
    asked = year_opening.question(register, day) if register else None
    return asked.waits if asked else ""


def _before_filing(
    letter: Letter, user: User, approvals: list[approvers.NeededApproval], day: datetime.date
) -> dict[str, str]:
    author, blocked = reasons.sentence(f"Сначала исполнитель: {reasons.by_author(letter)}"), {}
    if permissions.may_sign(user, day):
        blocked["assign_number"] = author
    if approvers.is_among(approvals, user):
        blocked["approve"] = author
    return blocked


def _before_approval(
    letter: Letter, user: User, approvals: list[approvers.NeededApproval], day: datetime.date
) -> dict[str, str]:
    asked, among, blocked = reasons.turns(approvals), approvers.is_among(approvals, user), {}
    if permissions.may_sign(user, day):
        blocked["assign_number"] = f"Сначала виза: {asked}."
    if among and not any(approval.answer and approval.answer.by_id == user.pk for approval in approvals):
        blocked["approve"] = f"Ваша очередь ещё не подошла. Сейчас согласует {asked}."
    if letter.filed_by_id == user.pk and "head" in user.roles:
        blocked["approve"] = f"Кто направил письмо, тот его не согласует. Сейчас согласует {asked}."
    if permissions.may_recall(user, letter, day) and not among and approvers.has_acted(letter):
        blocked["recall"] = f"Отозвать уже нельзя: виза есть. Вернуть письмо может {asked}."
    return blocked


def _before_signature(letter: Letter, user: User, day: datetime.date) -> dict[str, str]:
    since = russian.short_date(letter.entry.registered_on)
    signatory, blocked = f"{letter.signatory_post.lower()} {letter.signatory_name}", {}
    if permissions.may_sign(user, day) and letter.way == Way.KEY:
        blocked["sign"] = f"Подписывает тот, кого называет письмо: {signatory}, на подписи с {since}."
    if permissions.may_confirm_scan(user):
        blocked |= _before_confirmation(letter, user, day, f"{signatory}, на подписи с {since}")
    return blocked


def _before_confirmation(letter: Letter, user: User, day: datetime.date, signatory: str) -> dict[str, str]:
    act = "confirm_scan" if letter.way == Way.PAPER else "confirm_signature"
    if file := _brought(letter):
        return {act: _own(file, user, day)}
    return {act: f"Скана ещё нет. На бумаге подписывает {signatory}."} if letter.way == Way.PAPER else {}


def is_stuck(letter: Letter) -> bool:
    """Every attempt to draw it has failed, and no worker is at it."""
    return letter.status == LetterStatus.PREPARING and letter.draw_attempts >= Letter.DRAW_ATTEMPTS


def _waits(letter: Letter, user: User, approvals: list[approvers.NeededApproval], day: datetime.date) -> str:
    match letter.status:
        case LetterStatus.DRAFT:
            return f"Письмо {reasons.author(letter)}."
        case LetterStatus.REVIEW if permissions.may_sign(user, day):
            return f"Подписать пока нельзя: {reasons.missing_approvals(letter, approvals)}"
        case LetterStatus.REVIEW:
            return f"Ждёт визы: {reasons.awaited(letter, approvals)}"
        case LetterStatus.APPROVED if waits := _year_waits(letter, day):
            return waits
        case LetterStatus.APPROVED:
            whose = reasons.director(letter, day)
            return f"Ждёт {whose}: номер и дата присваиваются по кнопке «К подписанию»."
        case LetterStatus.AWAITING if letter.way == Way.PAPER:
            return "Подписывается на бумаге: загрузите скан, делопроизводитель его подтвердит."
        case LetterStatus.AWAITING if letter.way == Way.GOST:
            return (
                "Подписывается усиленной подписью вне портала: "
                f"{letter.signatory_post.lower()} {letter.signatory_name} загрузит файл подписи."
            )
        case LetterStatus.AWAITING:
            since = russian.short_date(letter.entry.registered_on)
            return f"Ждёт подписи: {letter.signatory_post.lower()} {letter.signatory_name}, с {since}."
        case LetterStatus.SIGNED:
            return "Подписано. Рассылка начнётся сама" + (" в рабочие часы." if settings.QUIET_HOURS else ".")
    return ""
