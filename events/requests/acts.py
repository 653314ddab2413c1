"""The acts on a request and on a centre's sheet: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from dataclasses import replace
from functools import cached_property

from events import permissions
from events.models import DataRequest, DataSheet
from events.models.request import RequestStatus
from events.models.request_sheet import SILENT, SheetStatus
from events.requests import checks, requests
from rcro_portal.lib import russian
from rcro_portal.lib.acts import Act, Acts, Case, Words, while_in
from rcro_portal.lib.keeping import writing

OPEN, IN_REVIEW, ACCEPTED, RETURNED, EXCUSED = SheetStatus
KEEPERS = "Запросы сведений ведут методист сети и администратор."


class RequestCase(Case[DataRequest]):
    @cached_property
    def has_questions(self) -> bool:
        return self.row.questions.exists()

    @cached_property
    def has_silent(self) -> bool:
        return self.row.sheets.silent().exists()


class SheetCase(Case[DataSheet]):
    @cached_property
    def is_own(self) -> bool:
        """Of a centre that this person coordinates."""
        return permissions.may_answer_request(self.user, self.row, self.day)

    @cached_property
    def faults(self) -> dict[str, str]:
        return checks.faults(self.row.asked, self.row.answers)


def _keeps(case: Case) -> bool:
    return permissions.may_keep_requests(case.user)


def _nothing_asked(case: RequestCase) -> str:
    if case.row.is_archived:
        return writing.InArchive.words
    if not case.has_questions:
        return requests.NothingToAsk.words
    return requests.TooLate.words if case.day > case.row.due_on else ""


REQUEST = Acts(
    RequestStatus,
    Act(
        key="send",
        label="Разослать",
        url="events:request-send",
        who=_keeps,
        ask=KEEPERS,
        states=[RequestStatus.DRAFT],
        otherwise={RequestStatus.SENT: requests.SentAlready.words},
        not_yet=_nothing_asked,
        is_next=while_in(RequestStatus.DRAFT),
        on_page=while_in(RequestStatus.DRAFT),
    ),
    Act(
        key="remind",
        label="Напомнить тем, кто молчит",
        url="events:request-remind",
        who=_keeps,
        ask=KEEPERS,
        states=[RequestStatus.SENT],
        otherwise={RequestStatus.DRAFT: "Запрос ещё не разослан: напоминать не о чем."},
        not_yet=lambda case: "" if case.has_silent else requests.NobodySilent.words,
        on_page=while_in(RequestStatus.SENT),
    ),
)


def _coordinator(case: SheetCase) -> str:
    return f"Отвечает координатор центра: {case.row.center}."


def _incomplete(case: SheetCase) -> str:
    if not case.faults:
        return ""
    labels = [one.label for one in case.row.asked if one.key in case.faults]
    rest = f" и ещё {len(labels) - 3}" if len(labels) > 3 else ""
    return f"Сначала заполните или исправьте: {'; '.join(labels[:3])}{rest}."


def _no_answer_yet(case: SheetCase) -> str:
    return f"Центр ещё не ответил, срок – {russian.short_date(case.row.request.due_on)}."


DONE = "Сведения уже приняты."
NOT_AWAITED = "Ответа на этот запрос от центра больше не ждут."
SUBMIT = Act(
    key="submit",
    label="Направить ответы",
    url="events:answer-sheet-submit",
    who=lambda case: case.is_own,
    ask=_coordinator,
    states=[OPEN, RETURNED],
    otherwise={
        IN_REVIEW: "Ответы уже на проверке. Поправить их можно, если методист вернёт их с замечаниями.",
        ACCEPTED: DONE,
        EXCUSED: NOT_AWAITED,
    },
    not_yet=_incomplete,
    is_next=while_in(*SILENT),
    on_page=while_in(*SILENT),
)
NOT_HERE_YET: dict[str, Words[SheetCase]] = {
    OPEN: _no_answer_yet,
    RETURNED: _no_answer_yet,
    ACCEPTED: DONE,
    EXCUSED: NOT_AWAITED,
}
ACCEPT = Act(
    key="accept",
    label="Принять",
    url="events:answer-sheet-accept",
    who=_keeps,
    ask="Сведения проверяет методист сети.",
    states=[IN_REVIEW],
    otherwise=NOT_HERE_YET,
    on_page=while_in(IN_REVIEW),
)
SHEET = Acts(
    SheetStatus,
    SUBMIT,
    replace(
        SUBMIT,
        key="enter",
        label="Внести ответы за центр",
        url="events:answer-sheet-enter",
        who=_keeps,
        ask="Ответы, которые пришли по телефону или почте, вносит методист сети.",
        is_next=lambda case: False,  # noqa: ARG005
    ),
    ACCEPT,
    replace(
        ACCEPT,
        key="give_back",
        label="Вернуть с замечаниями",
        url="events:answer-sheet-give-back",
        states=[IN_REVIEW, ACCEPTED],
        otherwise={**NOT_HERE_YET, RETURNED: "Сведения уже возвращены с замечаниями."},
        on_page=while_in(IN_REVIEW, ACCEPTED),
    ),
    Act(
        key="excuse",
        label="Не ждать ответа",
        url="events:answer-sheet-excuse",
        who=_keeps,
        ask=KEEPERS,
        states=[OPEN, IN_REVIEW, RETURNED],
        otherwise={ACCEPTED: DONE, EXCUSED: NOT_AWAITED},
        on_page=while_in(*SILENT, IN_REVIEW),
    ),
    Act(
        key="await_again",
        label="Ждать снова",
        url="events:answer-sheet-await",
        who=_keeps,
        ask=KEEPERS,
        states=[EXCUSED],
        otherwise=dict.fromkeys([OPEN, IN_REVIEW, ACCEPTED, RETURNED], "Ответа и так ждут, или он уже есть."),
        on_page=while_in(EXCUSED),
    ),
)
