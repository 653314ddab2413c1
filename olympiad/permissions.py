"""Who keeps sessions, results and problem areas. Counts are for everybody who logs in, single tables for the staff."""

import datetime
from typing import Any

from django.utils import timezone

from centers.models import User
from centers.permissions import EDITORS
from events.permissions import is_office, works_in
from olympiad.models import PrepSession, StageProblem
from olympiad.models.problem import StageProblemQuerySet

KEPT_BY_METHODISTS = "Итоги олимпиад вносят методист сети и администратор."
BY_METHODISTS = "Это вносят методист сети и администратор."
FOR_THE_STAFF = "Таблицы итогов смотрят сотрудники. Учтённые числа – на странице «Итоги»."
PROBLEMS_FOR_THE_STAFF = "Проблемные зоны смотрят сотрудники. О решениях по ним центрам сообщают письма."
PUPILS_BY_DEPARTMENT = "Обучающихся по именам вносит методист отдела, который проводит смену. Остальным – числа."
NAMES_FOR_FEW = "Имена обучающихся видят методист отдела своей смены и координатор своей школы. Остальным – числа."


def keeps_results(user: User) -> bool:
    return bool(user.roles & EDITORS)


def may_keep(user: User, row: object) -> str:  # noqa: ARG001
    """Why this person does not keep sessions, programmes and problem areas; nothing where they do."""
    return "" if user.roles & EDITORS else BY_METHODISTS


def problems_seen(user: User, day: Any) -> StageProblemQuerySet:  # noqa: ARG001
    """What is weak is the institution's own judgement."""
    rows = StageProblem.objects.select_related("season", "subject", "outcome__event")
    return rows if is_office(user) else rows.none()


def keeps_pupils(user: User, session: PrepSession, day: datetime.date) -> bool:
    """Enters, sees and takes away names of the session: a methodist of the department that holds it, nobody else."""
    return works_in(user, session.event.department, day, {"methodist"})


def may_keep_pupils(user: User, session: Any) -> str:
    """Why this person does not keep the pupils of the session by name; nothing where they do."""
    return "" if keeps_pupils(user, session, timezone.localdate()) else PUPILS_BY_DEPARTMENT


def keeps_some_pupils(user: User) -> bool:
    return "methodist" in user.roles


def sees_some_pupils(user: User) -> bool:
    """Whose rows, ``Pupil.objects.visible_to`` says."""
    return bool(user.roles & {"methodist", "coordinator"})
