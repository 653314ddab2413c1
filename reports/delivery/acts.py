"""The act on the messages of a sent letter: when it is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from rcro_portal.lib.acts import Act, Acts, Case, alike, while_in
from reports import permissions
from reports.models import Letter
from reports.models.letter import LetterStatus

NOT_SENT = "Письмо ещё не отправлено: повторять нечего."
ALL_REACHED = "Повторять нечего: нет получателей, до которых письмо не дошло."


def _all_reached(case: Case[Letter]) -> str:
    return "" if case.row.recipients.not_reached().exists() else ALL_REACHED


SEND_AGAIN = Act[Case[Letter]](
    key="send_again",
    label="Отправить ещё раз всем, до кого не дошло",
    url="reports:letter-send-again",
    who=lambda case: permissions.may_send_again(case.user, case.row, case.day),
    ask=lambda case: f"Повторяет отправку делопроизводитель или отдел, чьё письмо: {case.row.department.name}.",
    states=[LetterStatus.SENT],
    otherwise={
        **alike([status for status in LetterStatus if status != LetterStatus.SENT], NOT_SENT),
        LetterStatus.ANNULLED: "Письмо аннулировано.",
    },
    not_yet=_all_reached,
    on_page=while_in(LetterStatus.SIGNED, LetterStatus.SENT),
)
MESSAGES = Acts[Case[Letter]](LetterStatus, SEND_AGAIN)
