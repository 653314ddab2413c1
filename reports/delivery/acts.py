"""The acts on the messages of a sent letter: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from dataclasses import dataclass
from functools import cached_property

from rcro_portal.lib.acts import Act, Acts, Case, alike, while_in
from rcro_portal.lib.notices.messages import DOUBTFUL, NOT_REACHED, MessageStatus
from reports import permissions
from reports.delivery import mended
from reports.models import Letter, Recipient
from reports.models.letter import LetterStatus

QUEUED, SENDING, SENT, FAILED, UNKNOWN, BOUNCED = MessageStatus
NOT_SENT = "Письмо ещё не отправлено: повторять нечего."
ALL_REACHED = "Повторять нечего: нет получателей, до которых письмо не дошло."
UNDER_WAY = "Письмо ещё уходит: подождите, пока станет ясно, дошло ли оно."
ARRIVED = "Письмо доставлено: делать больше ничего не нужно."


def _whom_to_ask(letter: Letter) -> str:
    return f"Повторяет отправку делопроизводитель или отдел, чьё письмо: {letter.department.name}."


def _all_reached(case: Case[Letter]) -> str:
    return "" if any(one.status in NOT_REACHED for one in case.row.recipients.all()) else ALL_REACHED


SEND_AGAIN = Act[Case[Letter]](
    key="send_again",
    label="Отправить ещё раз всем, до кого не дошло",
    url="reports:letter-send-again",
    who=lambda case: permissions.may_send_again(case.user, case.row, case.day),
    ask=lambda case: _whom_to_ask(case.row),
    states=[LetterStatus.SENT],
    otherwise={
        **alike([status for status in LetterStatus if status != LetterStatus.SENT], NOT_SENT),
        LetterStatus.ANNULLED: "Письмо аннулировано.",
    },
    not_yet=_all_reached,
    on_page=while_in(LetterStatus.SIGNED, LetterStatus.SENT),
)
MESSAGES = Acts[Case[Letter]](LetterStatus, SEND_AGAIN)


@dataclass
class MessageCase(Case[Recipient]):
    """One message of a letter; ``decides``: whether this person decides on messages of it, where the page knows."""

    decides: bool | None = None

    @cached_property
    def sends(self) -> bool:
        if self.decides is not None:
            return self.decides
        return permissions.may_send_again(self.user, self.row.letter, self.day)

    @cached_property
    def offer(self) -> mended.Offer | None:
        found = Recipient.objects.mended().filter(pk=self.row.pk).first()
        return mended.address_offer(found, self.user, self.day) if found else None

    @cached_property
    def is_own(self) -> bool:
        return Recipient.objects.of_reader(self.user, self.day).filter(pk=self.row.pk).exists()


def _not_keeping(case: MessageCase) -> str:
    return (case.offer.ask or mended.LOGS_IN) if case.offer and not case.offer.may else ""


def _nothing_to_keep(case: MessageCase) -> str:
    return "" if case.offer else "Адрес у этого письма не исправляли, или в карточке уже другой."


def _has_read(case: MessageCase) -> str:
    return "Ознакомление уже подтверждено." if case.row.acknowledged_at else ""


SEND_ONE = Act[MessageCase](
    key="send_one_again",
    label="Отправить ещё раз",
    url="reports:recipient-send-again",
    who=lambda case: case.sends,
    ask=lambda case: _whom_to_ask(case.row.letter),
    states=DOUBTFUL,
    otherwise={QUEUED: UNDER_WAY, SENDING: UNDER_WAY, SENT: ARRIVED},
    on_page=while_in(*DOUBTFUL),
)
MESSAGE = Acts[MessageCase](
    MessageStatus,
    SEND_ONE,
    Act(
        key="settle",
        label="Письмо пришло",
        url="reports:recipient-settle",
        who=SEND_ONE.who,
        ask=lambda case: _whom_to_ask(case.row.letter),
        states=[UNKNOWN],
        otherwise={
            QUEUED: UNDER_WAY,
            SENDING: UNDER_WAY,
            SENT: ARRIVED,
            **alike([FAILED, BOUNCED], "Письмо не дошло: исправьте адрес и отправьте ещё раз."),
        },
        on_page=while_in(UNKNOWN),
    ),
    Act(
        key="keep_address",
        label="Запомнить адрес",
        url="reports:recipient-keep-address",
        who=lambda case: permissions.is_office(case.user),
        ask="Адреса в карточках исправляют сотрудники института.",
        states=[SENT],
        otherwise={
            QUEUED: "Запомнить адрес можно, когда письмо на него уйдёт.",
            SENDING: "Запомнить адрес можно, когда письмо на него уйдёт.",
            **alike(DOUBTFUL, "На этот адрес письмо не дошло: исправьте его и отправьте ещё раз."),
        },
        not_you=_not_keeping,
        not_yet=_nothing_to_keep,
        on_page=lambda case: case.offer is not None,
    ),
    Act(
        key="acknowledge",
        label="Подтвердить ознакомление",
        url="reports:recipient-acknowledge",
        who=lambda case: case.is_own,
        ask="Ознакомление подтверждает тот, кому направлено письмо.",
        states=list(MessageStatus),
        not_yet=_has_read,
        # Afterwards the page says when it was confirmed.
        on_page=lambda case: case.row.acknowledged_at is None,
    ),
)
