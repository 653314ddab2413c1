"""What a letter waits for, whose turn it is, and what this person can do with it now."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from centers.models import Person, User
from events import permissions as event_permissions
from rcro_portal import russian
from reports import outside_signatures, permissions
from reports.models import Letter, SigningAuthority
from reports.models.letter import SIGNED, LetterStatus, Way


class Desk(NamedTuple):
    """``waits`` says in words what is missing and whose step it is; the flags open this person's acts."""

    waits: str
    acts: dict[str, bool]


def of(letter: Letter, user: User, now: datetime.datetime) -> Desk:
    day = timezone.localdate(now)
    status = letter.status
    signatory = permissions.may_sign(user, day)
    mine = letter.authority is not None and letter.authority.person_id == user.person_id and signatory
    by_key, on_paper, outside = (letter.way == way for way in (Way.KEY, Way.PAPER, Way.GOST))
    awaiting = status == LetterStatus.AWAITING
    acts = {
        "correct": status == LetterStatus.DRAFT and event_permissions.may_plan(user),
        # Whoever can return the letter need not recall it.
        "recall": status == LetterStatus.REVIEW
        and permissions.may_recall(user, letter, day)
        and not permissions.may_approve(user, letter, day),
        "approve": status == LetterStatus.REVIEW and permissions.may_approve(user, letter, day),
        "register": status == LetterStatus.APPROVED and signatory,
        "sign": awaiting and by_key and mine,
        "choose_paper": awaiting and not on_paper and mine,
        "choose_key": awaiting and not by_key and mine,
        "choose_gost": awaiting and not outside and mine,
        "upload_scan": awaiting and on_paper and permissions.may_upload_scan(user, letter, day),
        "confirm_scan": awaiting and on_paper and permissions.may_confirm_scan(user) and letter.scans().exists(),
        "sign_outside": awaiting and outside and mine,
        "upload_signature": awaiting and outside and permissions.may_upload_signature(user, letter, day),
        "confirm_signature": awaiting
        and outside
        and permissions.may_confirm_scan(user)
        and outside_signatures.waiting(letter) is not None,
        "attach_signature": by_key
        and status in (LetterStatus.AWAITING, *SIGNED)
        and permissions.may_upload_signature(user, letter, day),
        "give_back": status in (LetterStatus.REVIEW, LetterStatus.APPROVED, LetterStatus.AWAITING)
        and permissions.may_give_back(user, letter, day),
        "annul": status not in (LetterStatus.SENT, LetterStatus.ANNULLED)
        and letter.snapshot_id is not None
        and permissions.may_annul(user, day),
        "send_again": status == LetterStatus.SENT and permissions.may_send_again(user, letter, day),
        "draw_again": is_stuck(letter) and (signatory or permissions.may_recall(user, letter, day)),
    }
    return Desk(_your_turn(acts) or _waits(letter, day), acts)


TURNS = {
    "approve": "Ваш шаг: прочитайте письмо и согласуйте его, исправьте или верните.",
    "register": "Ваш шаг: прочитайте письмо. Номер и дата присваиваются по кнопке «К подписанию».",
    "sign": "Ваш шаг: прочитайте письмо с номером и датой и подпишите его паролем ключа.",
    "confirm_signature": "Ваш шаг: проверьте файл подписи вне портала и подтвердите его.",
    "sign_outside": "Ваш шаг: скачайте PDF, подпишите его усиленной подписью и загрузите файл подписи.",
    "confirm_scan": "Ваш шаг: сверьте скан с подписанной бумагой и подтвердите его.",
    "correct": "Ваш шаг: исправьте итоги и направьте их ещё раз.",
}


def _your_turn(acts: dict[str, bool]) -> str:
    return next((words for act, words in TURNS.items() if acts[act]), "")


def is_stuck(letter: Letter) -> bool:
    """Every attempt to draw it has failed, and no worker is at it."""
    return letter.status == LetterStatus.PREPARING and letter.draw_attempts >= Letter.DRAW_ATTEMPTS


def _waits(letter: Letter, day: datetime.date) -> str:
    since = f"с {russian.short_date(timezone.localdate(letter.filed_at))}"
    match letter.status:
        case LetterStatus.DRAFT:
            return f"Письмо на доработке у исполнителя ({letter.prepared_by.surname_first})."
        case LetterStatus.REVIEW:
            return (
                "Подписать пока нельзя: не согласовано начальником отдела "
                f"({_names(_heads(letter, day))}, на согласовании {since})."
            )
        case LetterStatus.APPROVED:
            return f"Ждёт директора ({_names(_signatories(day))}): номер и дата присваиваются по кнопке «К подписанию»."
        case LetterStatus.AWAITING if letter.way == Way.PAPER:
            return "Подписывается на бумаге: загрузите скан, делопроизводитель его подтвердит."
        case LetterStatus.AWAITING if letter.way == Way.GOST:
            return (
                "Подписывается усиленной подписью вне портала: "
                f"{letter.signatory_post.lower()} {letter.signatory_name} загрузит файл подписи."
            )
        case LetterStatus.AWAITING:
            return f"Ждёт подписи: {letter.signatory_post.lower()} {letter.signatory_name}."
        case LetterStatus.SIGNED:
            return "Подписано. Рассылка начнётся сама" + (" в рабочие часы." if settings.QUIET_HOURS else ".")
    return ""


def _heads(letter: Letter, day: datetime.date) -> list[Person]:
    posts = letter.department.posts.in_force_on(day).filter(duty="head").exclude(person__user=letter.filed_by_id)
    return [post.person for post in posts.select_related("person")]


def _signatories(day: datetime.date) -> list[Person]:
    return [row.person for row in SigningAuthority.objects.in_force_on(day).select_related("person")]


def _names(people: list[Person]) -> str:
    return ", ".join(person.surname_first for person in people) or "не назначен"
