"""Who keeps sessions, results and problem areas. Counts are for everybody who logs in, single tables for the staff."""

from typing import Any

from centers.models import User
from centers.permissions import EDITORS
from events.permissions import is_office
from olympiad.models import StageProblem
from olympiad.models.problem import StageProblemQuerySet

KEPT_BY_METHODISTS = "Итоги олимпиад вносят методист сети и администратор."
BY_METHODISTS = "Это вносят методист сети и администратор."
FOR_THE_STAFF = "Таблицы итогов смотрят сотрудники. Учтённые числа – на странице «Итоги»."
PROBLEMS_FOR_THE_STAFF = "Проблемные зоны смотрят сотрудники. О решениях по ним центрам сообщают письма."


def keeps_results(user: User) -> bool:
    return bool(user.roles & EDITORS)


def may_keep(user: User, row: object) -> str:  # noqa: ARG001
    """Why this person does not keep sessions, programmes and problem areas; nothing where they do."""
    return "" if user.roles & EDITORS else BY_METHODISTS


def problems_seen(user: User, day: Any) -> StageProblemQuerySet:  # noqa: ARG001
    """What is weak is the institution's own judgement."""
    rows = StageProblem.objects.select_related("season", "subject", "outcome__event")
    return rows if is_office(user) else rows.none()
