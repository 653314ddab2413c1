"""The evidence sheet («Сведения о подписании»): who did what and when, digests, certificates, what was checked."""

import datetime
from typing import Any

from django.template.loader import render_to_string

from rcro_portal.lib.refusals import WrongStep
from reports.models import Letter, LetterTransition
from reports.models.letter import LetterStatus
from reports.typesetting import rendering


class NotSignedYet(WrongStep):
    words = "Сведения о подписании составляются, когда письмо подписано."


def pdf(letter: Letter, at: datetime.datetime) -> bytes:
    """The sheet of a signed letter as it stands at that moment. Raises rendering.CannotDraw."""
    return rendering.table_document(render_to_string("reports/letters/evidence.html", facts(letter, at)))


def facts(letter: Letter, at: datetime.datetime) -> dict[str, Any]:
    """Rows as stored: nothing is verified anew here, and the sheet says when each thing was."""
    return {
        "letter": letter,
        "at": at,
        "signature": letter.signature,
        "detached": list(letter.detached.select_related("over", "file", "uploaded_by__person").order_by("pk")),
        "files": list(letter.files.select_related("made_by__person").order_by("pk")),
        "approvals": list(letter.snapshot.approvals.select_related("by__person").order_by("at", "pk")),
        "steps": [_line(step) for step in letter.transitions.select_related("by__person").order_by("pk")],
    }


def _line(step: LetterTransition) -> dict[str, Any]:
    who = step.by.person.surname_first if step.by else "портал"
    return {"what": LetterStatus(step.after).label, "who": who, "at": step.at, "note": step.note}
