"""The act by which an outcome becomes a letter: when it is done, by whom, and why not (``rcro_portal.lib.acts``).

What is done with it afterwards – recalled, given back – is done with the letter.
"""

from events import planners
from events.models import Outcome
from events.models.outcome import OutcomeStatus
from rcro_portal.lib.acts import Act, Acts, Case, alike
from reports import permissions


class OutcomeCase(Case[Outcome]):
    @property
    def files(self) -> bool:
        return permissions.may_file(self.user, self.row.event, self.day)


def _whom_to_ask(case: OutcomeCase) -> str:
    names = planners.named(case.row.event.department, case.day)
    return f"Направляет методист или начальник отдела: {case.row.event.department.name}{names}."


OUTCOME = Acts[OutcomeCase](
    OutcomeStatus,
    Act(
        key="file_outcome",
        label="Направить на согласование",
        url="reports:outcome-file",
        who=lambda case: case.files,
        ask=_whom_to_ask,
        states=[OutcomeStatus.DRAFT],
        otherwise=alike(
            [status for status in OutcomeStatus if status != OutcomeStatus.DRAFT],
            "Итоги уже направлены на согласование.",
        ),
    ),
)
