"""The act on those who are silent: when it is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from django.db.models import Prefetch, prefetch_related_objects

from events.models.commitment import TO_DO
from rcro_portal.lib.acts import Act, Case, alike
from reports import permissions
from reports.models import Letter, LetterCommitment
from reports.models.letter import LetterStatus

NOT_SENT = "Письмо ещё не отправлено: напоминать не о чем."
NOBODY_SILENT = "Напоминать некому: никто не молчит, ответов по этому письму больше не ждут."


def _nobody_silent(case: Case[Letter]) -> str:
    return "" if any(one.commitment.status in TO_DO for one in _asked(case.row)) else NOBODY_SILENT


def _asked_something(case: Case[Letter]) -> bool:
    return case.row.status == LetterStatus.SENT and bool(_asked(case.row))


def _asked(letter: Letter) -> list[LetterCommitment]:
    """What the letter asked of each; its page has read it already."""
    prefetch_related_objects([letter], Prefetch("commitments", LetterCommitment.objects.select_related("commitment")))
    return list(letter.commitments.all())


REMIND = Act[Case[Letter]](
    key="remind",
    label="Напомнить тем, кто молчит",
    url="reports:letter-remind",
    who=lambda case: permissions.may_remind(case.user, case.row, case.day),
    ask=lambda case: f"Напоминает отдел, чьё письмо: {case.row.department.name}.",
    states=[LetterStatus.SENT],
    otherwise={
        **alike([status for status in LetterStatus if status != LetterStatus.SENT], NOT_SENT),
        LetterStatus.ANNULLED: "Письмо аннулировано.",
    },
    not_yet=_nobody_silent,
    on_page=_asked_something,
)
