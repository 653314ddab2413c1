"""The acts on an incoming letter: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from functools import cached_property

from rcro_portal.lib.acts import Act, Acts, Case, Words, alike
from reports import permissions
from reports.incoming import resolutions
from reports.models import IncomingLetter, Letter
from reports.models.incoming import IncomingStatus

REGISTERED, IN_WORK, ANSWERED, CLOSED = IncomingStatus
OFFICE_ONLY = "Входящие письма видят сотрудники учреждения."


class IncomingCase(Case[IncomingLetter]):
    @cached_property
    def resolves(self) -> bool:
        return permissions.may_sign(self.user, self.day)

    @cached_property
    def works(self) -> bool:
        return permissions.may_work_on(self.user, self.row, self.day)

    @cached_property
    def reassigns(self) -> bool:
        return permissions.may_reassign(self.user, self.row, self.day)

    @cached_property
    def reply(self) -> Letter | None:
        """Our letter that answers it and is on its way."""
        return self.row.answers.under_way().order_by("pk").first()


def _of_the_office(words: Words[IncomingCase]) -> Words[IncomingCase]:
    """Others may not know of the letter: they are told that alone."""

    def ask(case: IncomingCase) -> str:
        if not permissions.is_office(case.user):
            return OFFICE_ONLY
        return words if isinstance(words, str) else words(case)

    return ask


def _executor(case: IncomingCase) -> str:
    if case.row.executor is None:
        return "Исполнителя назовёт директор в резолюции."
    return f"Отвечает исполнитель, {case.row.executor.surname_first}, или начальник отдела."


def _head(case: IncomingCase) -> str:
    if case.row.department is None:
        return "Исполнителя назовёт директор в резолюции."
    return "Исполнителя внутри отдела меняет начальник отдела, другой отдел назначает директор."


def _nobody_else(case: IncomingCase) -> str:
    if resolutions.colleagues(case.row, case.day).exists():
        return ""
    return "В отделе сегодня нет другого методиста или начальника. Другого исполнителя назначает директор."


def _is_written_already(case: IncomingCase) -> str:
    return f"Ответ уже готовится: {case.reply.subject_line}. Откройте его ниже." if case.reply else ""


DIRECTOR = "Резолюцию пишет тот, у кого сегодня есть право подписи."
OVER: dict[str, Words[IncomingCase]] = {ANSWERED: "Ответ уже отправлен.", CLOSED: "Письмо уже закрыто."}
FIRST: dict[str, Words[IncomingCase]] = {REGISTERED: "Сначала директор пишет резолюцию."}

INCOMING = Acts[IncomingCase](
    IncomingStatus,
    Act(
        key="resolve",
        label="Написать резолюцию",
        url="reports:incoming-resolve",
        who=lambda case: case.resolves,
        ask=_of_the_office(DIRECTOR),
        states=[REGISTERED, IN_WORK],
        otherwise=alike([ANSWERED, CLOSED], "Письмо уже закрыто. Чтобы поручить его снова, верните его в работу."),
        on_page=lambda case: case.row.status in (REGISTERED, IN_WORK),
    ),
    Act(
        key="file_away",
        label="В дело, без исполнения",
        url="reports:incoming-file-away",
        who=lambda case: case.resolves,
        ask=_of_the_office(DIRECTOR),
        states=[REGISTERED],
        otherwise={IN_WORK: "Письмо уже в работе: его закроет исполнитель.", **OVER},
        on_page=lambda case: case.row.status == REGISTERED,
    ),
    Act(
        key="answer",
        label="Подготовить ответ",
        url="reports:incoming-answer",
        who=lambda case: case.works,
        ask=_of_the_office(_executor),
        states=[IN_WORK],
        otherwise={**FIRST, **OVER},
        not_yet=_is_written_already,
        on_page=lambda case: case.row.status in (REGISTERED, IN_WORK),
    ),
    Act(
        key="reassign",
        label="Передать другому исполнителю",
        url="reports:incoming-reassign",
        who=lambda case: case.reassigns,
        ask=_of_the_office(_head),
        states=[IN_WORK],
        otherwise={**FIRST, **OVER},
        not_yet=_nobody_else,
        on_page=lambda case: case.row.status == IN_WORK,
    ),
    Act(
        key="close",
        label="Закрыть без ответа",
        url="reports:incoming-close",
        who=lambda case: case.works,
        ask=_of_the_office(_executor),
        states=[IN_WORK],
        otherwise={**FIRST, **OVER},
        on_page=lambda case: case.row.status in (REGISTERED, IN_WORK),
    ),
    Act(
        key="reopen",
        label="Вернуть в работу",
        url="reports:incoming-reopen",
        who=lambda case: case.resolves,
        ask=_of_the_office("Закрытое письмо возвращает в работу тот, у кого сегодня есть право подписи."),
        states=[ANSWERED, CLOSED],
        otherwise=alike([REGISTERED, IN_WORK], "Письмо и так не закрыто."),
        on_page=lambda case: case.row.status in (ANSWERED, CLOSED),
    ),
)
