"""Rules of the periods of technical assignments."""

import datetime
from typing import Any

from rcro_portal.lib.rules import NoOverlap, Rule


class OneAssignmentPeriodAtATime(NoOverlap):
    """Периоды технических заданий не пересекаются: у центра в один день одно техническое задание."""


class AssignmentPeriodOfAYearAtMost(Rule):
    """Период технических заданий – не длиннее года: месяц в нём один раз."""

    fields = ("until",)

    def breach(self, row: Any, day: datetime.date) -> str:  # noqa: ARG002
        if row.since is None or row.until is None:
            return ""
        months = (row.until.year - row.since.year) * 12 + row.until.month - row.since.month + 1
        return f"Сейчас в нём месяцев: {months}." if months > 12 else ""
