"""Who keeps the results of olympiads. Their counts are for everybody who logs in, single tables for the staff."""

from centers.models import User
from centers.permissions import EDITORS

KEPT_BY_METHODISTS = "Итоги олимпиад вносят методист сети и администратор."
FOR_THE_STAFF = "Таблицы итогов смотрят сотрудники. Учтённые числа – на странице «Итоги»."


def keeps_results(user: User) -> bool:
    return bool(user.roles & EDITORS)
