"""The acts on a commitment: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from dataclasses import replace
from functools import cached_property

from django.utils import timezone

from events import permissions
from events.commitments import commitments, terms
from events.models import Commitment, TermRequest
from events.models.commitment import TO_DO, CommitmentStatus
from events.models.outcome import Asks
from rcro_portal.lib import russian
from rcro_portal.lib.acts import Act, Acts, Case, Words

OPEN, IN_REVIEW, ACCEPTED, RETURNED, WITHDRAWN = CommitmentStatus


class CommitmentCase(Case[Commitment]):
    @cached_property
    def asked(self) -> TermRequest | None:
        """The request for another term that waits for its decision."""
        return terms.standing(self.row)

    @cached_property
    def may_move_term(self) -> bool:
        return permissions.may_move_term(self.user, self.row, self.day)

    @cached_property
    def others_owe(self) -> bool:
        """Somebody besides still owes the same decision."""
        return Commitment.objects.alike(self.row).unfinished().exclude(pk=self.row.pk).exists()

    @cached_property
    def is_own(self) -> bool:
        """Owed by a centre that this person coordinates."""
        return permissions.may_answer(self.user, self.row, self.day)

    @property
    def asks_to_read(self) -> bool:
        return self.row.asks == Asks.ACKNOWLEDGEMENT


def _coordinator(case: CommitmentCase) -> str:
    if case.row.center is None:
        return f"{case.row.organization} – не РВЦИ: ответ, который пришёл по почте или телефону, вносит методист."
    return f"Отвечает координатор центра: {case.row.organization}."


def _acknowledged(case: CommitmentCase) -> str:
    at = case.row.acknowledged_at
    return f"Ознакомление уже подтверждено{f' {russian.short_date(timezone.localdate(at))}' if at else ''}."


NEW_VERSION = "Исполнение здесь – новая редакция технического задания: внесите изменения и направьте её."
WITH_THE_ASSIGNMENT = "Поручение решится вместе с техническим заданием: рассмотрите его редакцию."


def _nothing_to_answer(case: CommitmentCase) -> str:
    if case.row.asks_for_assignment:
        return NEW_VERSION
    return "Здесь ответа не ждут: достаточно подтвердить ознакомление." if case.asks_to_read else ""


def _by_the_assignment(case: CommitmentCase) -> str:
    return WITH_THE_ASSIGNMENT if case.row.asks_for_assignment else ""


def _no_answer_yet(case: CommitmentCase) -> str:
    return f"Сначала нужен ответ, его срок – {russian.short_date(case.row.due_on)}."


def _no_better_answer_yet(case: CommitmentCase) -> str:
    return f"Ответ возвращён с замечанием. {_no_answer_yet(case)}"


def _is_answered(case: CommitmentCase) -> bool:
    """The page begins with it where nothing is asked any more."""
    return not case.asks_to_read and not case.row.asks_for_assignment and case.row.status != WITHDRAWN


def _is_own(case: CommitmentCase) -> bool:
    return case.is_own


def _may_come_otherwise(case: CommitmentCase) -> bool:
    """By telephone or mail; of what is only to be read that nobody would look for once it is done."""
    is_read = case.asks_to_read and case.row.status == ACCEPTED
    return case.row.status != WITHDRAWN and not is_read and not case.row.asks_for_assignment


def _is_to_do(case: CommitmentCase) -> bool:
    return case.row.status in TO_DO


def _asked_already(case: CommitmentCase) -> str:
    asked = case.asked
    return f"Просьба от {_day(asked)} ждёт решения. О нём сообщим на почту." if asked else ""


def _not_asked(case: CommitmentCase) -> str:
    return "" if case.asked else "О переносе срока сейчас никто не просит."


def _day(asked: TermRequest) -> str:
    return russian.short_date(timezone.localdate(asked.asked_at))


def _nobody_owes(case: CommitmentCase) -> str:
    is_own = case.row.status != ACCEPTED
    return "" if is_own or case.others_owe else "Все, кому это поручено, уже исполнили."


SETTER = "Срок переносят методист и начальник отдела, который направил письмо."
IN_HAND = (
    "Ответ уже на проверке: срок для него больше не нужен. Если его вернут, о переносе можно будет говорить снова."
)
NO_TERM_LEFT: dict[str, Words[CommitmentCase]] = {
    IN_REVIEW: IN_HAND,
    ACCEPTED: "Поручение уже принято.",
    WITHDRAWN: commitments.Withdrawn.words,
}
MOVE_TERM = Act(
    key="move_term",
    label="Перенести срок",
    url="events:commitment-move-term",
    who=lambda case: case.may_move_term,
    ask=SETTER,
    states=[OPEN, RETURNED],
    otherwise=NO_TERM_LEFT,
    on_page=_is_to_do,
)
DONE = "Поручение уже принято: делать больше ничего не нужно."
ANSWER = Act(
    key="answer",
    label="Направить ответ",
    url="events:commitment-answer",
    who=_is_own,
    ask=_coordinator,
    states=[OPEN, RETURNED],
    otherwise={
        IN_REVIEW: "Ответ уже на проверке. Дополнить его можно, если методист вернёт его с замечанием.",
        ACCEPTED: DONE,
        WITHDRAWN: commitments.Withdrawn.words,
    },
    not_yet=_nothing_to_answer,
    on_page=_is_answered,
)
ACCEPT = Act(
    key="accept",
    label="Принять",
    url="events:commitment-accept",
    who=lambda case: permissions.may_review(case.user),
    ask="Ответы проверяет методист сети.",
    states=[IN_REVIEW],
    otherwise={
        OPEN: _no_answer_yet,
        RETURNED: _no_better_answer_yet,
        ACCEPTED: DONE,
        WITHDRAWN: "Поручение снято более поздним письмом: проверять нечего.",
    },
    not_yet=_by_the_assignment,
    on_page=_is_answered,
)

COMMITMENT = Acts(
    CommitmentStatus,
    Act(
        key="acknowledge",
        label="Подтвердить ознакомление",
        url="events:commitment-acknowledge",
        who=_is_own,
        ask=_coordinator,
        states=[OPEN, RETURNED],
        otherwise={
            IN_REVIEW: _acknowledged,
            ACCEPTED: _acknowledged,
            WITHDRAWN: commitments.Withdrawn.words,
        },
        # Pressed again it changes nothing; the log below says when it was done.
        on_page=lambda case: case.row.acknowledged_at is None and case.row.status != WITHDRAWN,
    ),
    ANSWER,
    ACCEPT,
    replace(ACCEPT, key="give_back", label="Вернуть с замечанием", url="events:commitment-give-back"),
    replace(
        ANSWER,
        key="enter_answer",
        label="Внести пришедший ответ",
        url="events:commitment-enter-answer",
        who=lambda case: permissions.may_enter_answer(case.user),
        ask="Ответ, который пришёл по почте или телефону, вносит методист сети.",
        not_yet=lambda case: NEW_VERSION if case.row.asks_for_assignment else "",
        on_page=_may_come_otherwise,
    ),
    Act(
        key="ask_term",
        label="Попросить о переносе срока",
        url="events:commitment-ask-term",
        who=_is_own,
        ask=_coordinator,
        states=[OPEN, RETURNED],
        otherwise=NO_TERM_LEFT,
        not_yet=_asked_already,
        on_page=_is_to_do,
    ),
    MOVE_TERM,
    replace(
        MOVE_TERM,
        key="decline_term",
        label="Отказать в переносе",
        url="events:commitment-decline-term",
        not_yet=_not_asked,
        on_page=lambda case: case.asked is not None,
    ),
    replace(
        MOVE_TERM,
        key="move_term_for_all",
        label="Перенести срок всем",
        url="events:commitment-move-term-for-all",
        states=[OPEN, RETURNED, IN_REVIEW, ACCEPTED],
        otherwise={WITHDRAWN: commitments.Withdrawn.words},
        not_yet=_nobody_owes,
        on_page=lambda case: case.row.status != WITHDRAWN and case.others_owe,
    ),
)
