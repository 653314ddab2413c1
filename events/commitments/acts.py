"""The acts on a commitment: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from dataclasses import replace
from functools import cached_property

from django.utils import timezone

from events import permissions
from events.commitments import commitments
from events.models import Commitment
from events.models.commitment import CommitmentStatus
from events.models.outcome import Asks
from rcro_portal.lib import russian
from rcro_portal.lib.acts import Act, Acts, Case, nothing

OPEN, IN_REVIEW, ACCEPTED, RETURNED, WITHDRAWN = CommitmentStatus


class CommitmentCase(Case[Commitment]):
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


def _nothing_to_answer(case: CommitmentCase) -> str:
    return "Здесь ответа не ждут: достаточно подтвердить ознакомление." if case.asks_to_read else ""


def _no_answer_yet(case: CommitmentCase) -> str:
    return f"Сначала нужен ответ, его срок – {russian.short_date(case.row.due_on)}."


def _no_better_answer_yet(case: CommitmentCase) -> str:
    return f"Ответ возвращён с замечанием. {_no_answer_yet(case)}"


def _is_answered(case: CommitmentCase) -> bool:
    """The page begins with it where nothing is asked any more."""
    return not case.asks_to_read and case.row.status != WITHDRAWN


def _is_own(case: CommitmentCase) -> bool:
    return case.is_own


def _may_come_otherwise(case: CommitmentCase) -> bool:
    """By telephone or mail; of what is only to be read that nobody would look for once it is done."""
    return case.row.status != WITHDRAWN and not (case.asks_to_read and case.row.status == ACCEPTED)


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
        not_yet=nothing,
        on_page=_may_come_otherwise,
    ),
)
