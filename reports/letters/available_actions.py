"""What a letter waits for, whose turn it is, and what this person can do with it now."""

import datetime
from typing import Any, NamedTuple

from django.conf import settings

from centers.models import Person, User
from rcro_portal.lib import russian
from rcro_portal.lib.acts import Act, Refused, Ruling
from reports.approval import reasons
from reports.letters.acts import LETTER
from reports.letters.case import LetterCase
from reports.models import Letter
from reports.models.letter import LetterStatus, Way

VOIDED = "Текст изменён после согласования. Нужно согласовать заново. "
TURNS = {
    "approve": "Ваш шаг: прочитайте письмо и согласуйте его, исправьте или верните.",
    "assign_number": "Ваш шаг: прочитайте письмо. Номер и дата присваиваются по кнопке «К подписанию».",
    "sign": "Ваш шаг: прочитайте письмо с номером и датой и подпишите его паролем ключа.",
    "confirm_signature": "Ваш шаг: проверьте файл подписи вне портала и подтвердите его.",
    "confirm_scan": "Ваш шаг: сверьте скан с подписанной бумагой и подтвердите его.",
    "correct_outcome": "Ваш шаг: исправьте текст и направьте его на согласование.",
    "correct_letter": "Ваш шаг: исправьте текст и направьте его на согласование.",
}
SIGN_OUTSIDE = "Ваш шаг: скачайте PDF, подпишите его усиленной подписью и загрузите файл подписи."


class AvailableActions(NamedTuple):
    """``waits`` says in words what is missing and whose step it is; ``acts`` are open to this person, by their keys.

    ``waiting``: their own step, where something must come before it; ``refused``: what else of theirs is not possible.
    """

    waits: str
    acts: dict[str, Act[Any]]
    waiting: Ruling | None
    refused: list[Refused]
    instead_of: Person | None


def actions_for(letter: Letter, user: User, now: datetime.datetime) -> AvailableActions:
    return actions_of(LetterCase(letter, user, now))


def actions_of(case: LetterCase) -> AvailableActions:
    """The same for a page that asks more of the case."""
    offer = LETTER.offer(case)
    instead_of = case.turn.approver.instead_of if case.turn else None
    waits = _your_turn(case) or _waits(case)
    return AvailableActions(waits, offer.acts, offer.waiting, offer.refused, instead_of)


def waits_for(letter: Letter, user: User, now: datetime.datetime) -> str:
    """What is missing and whose step it is, for a page that only names the letter."""
    case = LetterCase(letter, user, now)
    return _your_turn(case) or _waits(case)


def _your_turn(case: LetterCase) -> str:
    words = next((words for key, words in TURNS.items() if LETTER.is_open(key, case)), "")
    if not words and case.is_named and LETTER.is_open("upload_signature", case):
        words = SIGN_OUTSIDE
    if case.turn is None:
        return words
    instead_of = case.turn.approver.instead_of
    whose = f"{reasons.standing_in(instead_of)} " if instead_of else ""
    return f"{VOIDED if case.gave_before else ''}{whose}{words}"


def _waits(seen: LetterCase) -> str:
    letter = seen.letter
    match letter.status:
        case LetterStatus.DRAFT:
            return f"Письмо {reasons.author(letter)}."
        case LetterStatus.REVIEW if seen.signs:
            return f"Подписать пока нельзя: {reasons.missing_approvals(letter, seen.approvals)}"
        case LetterStatus.REVIEW:
            return f"Ждёт визы: {reasons.awaited(letter, seen.approvals)}"
        case LetterStatus.APPROVED if waits := seen.number_waits:
            return waits
        case LetterStatus.APPROVED:
            return f"Ждёт {seen.director}: номер и дата присваиваются по кнопке «К подписанию»."
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
