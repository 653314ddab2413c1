"""A sent letter of an outcome on the way to being replaced, walked by the real verbs."""

import datetime
from typing import Any

from events.models import Outcome
from events.outcomes import outcomes
from reports.letters import letters, replacements
from reports.models import Letter
from tests.factories import letters as walked
from tests.factories.moments import tomsk
from tests.factories.reports import Office

LATER = tomsk(3, 20, 10)
SENT_LATER = tomsk(3, 20, 15)
NEW_TERM = datetime.date(2026, 4, 20)
REASON = "Перенесён срок."


def begun(letter: Letter, office: Office) -> Letter:
    return replacements.begin(letter=letter, reason=REASON, by=office.methodist, at=LATER)


def written(letter: Letter, office: Office, **changed: Any) -> None:
    """The outcome with its decisions as ``changed`` says: «decisions» as the editor's form gives them."""
    outcome = Outcome.objects.get(pk=letter.outcome_id)
    page = outcomes.written(outcome) | changed
    outcomes.save(of=outcome, version=outcome.version, by=office.methodist, at=LATER, **page)


def decided(letter: Letter) -> list[dict[str, Any]]:
    return outcomes.written(letter.outcome)["decisions"]


def replaced(old: Letter, office: Office, **changed: Any) -> Letter:
    """The whole road of the letter that replaces it."""
    draft = begun(old, office)
    if changed:
        written(old, office, **changed)
    return walked.send_on_paper(filed(draft, office), office, sent_at=SENT_LATER)


def filed(draft: Letter, office: Office) -> Letter:
    outcome = Outcome.objects.get(pk=draft.outcome_id)
    return Letter.objects.get(pk=letters.file_outcome(outcome=outcome, by=office.methodist, at=LATER).pk)
