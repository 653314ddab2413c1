"""The inbox: what waits for a person, by role, on the home page. Each leads to where the next step is taken."""

import datetime
from typing import Any

from django.urls import reverse

from centers import permissions as center_permissions
from centers.models import User
from reports import permissions
from reports.delivery import returned_mail
from reports.home import (
    assignment_rows,
    certificate_rows,
    commitment_rows,
    event_rows,
    incoming_rows,
    letter_rows,
    request_rows,
)
from reports.home.reader import Reader
from reports.letters import second_person
from reports.operations import health


def sections(user: User, now: datetime.datetime) -> list[dict[str, Any]]:
    """Sections «heading, items», most urgent first; a person of several roles sees them all."""
    reader = Reader(user, now)
    day = reader.day
    sections = _of_the_director(user) if permissions.may_sign(user, day) else []
    to_approve = letter_rows.to_approve(user, day)
    if to_approve or "head" in user.roles:
        sections.append(_section("На согласование", to_approve, "Писем на согласование нет."))
    if "clerk" in user.roles:
        sections += _of_the_clerk(user, day)
    if user.roles & {"methodist", "head"}:
        if to_answer := incoming_rows.to_answer(reader):
            sections.append(_section("Ответить на письма", to_answer, ""))
        sections.append(_section("Требует действий", event_rows.to_do(reader), "Всё сделано."))
        if wishes := commitment_rows.wishes(user, day):
            sections.append(_section("Просят о переносе срока", wishes, ""))
    if "methodist" in user.roles:
        sections += _of_answers()
    if center_permissions.may_invite(user) and (returned := returned_mail.rows(user, now)):
        sections.append(_section("Вернулось по почте", returned, ""))
    if "administrator" in user.roles:
        sections.append(_section("Состояние портала", health.troubles(now), health.FINE))
        if vacant := letter_rows.without_approvers(day):
            sections.append(_section("Некому согласовать", vacant, ""))
        sections.append(_section("Администрирование", [health.inspected(), *_desk_of_the_administrator()], ""))
    if "coordinator" in user.roles:
        owed = [*request_rows.owed(reader), *commitment_rows.owed(reader), *assignment_rows.to_write(reader)]
        sections.append(_section("Что нужно сделать", owed, "Поручений нет. О новых сообщим на почту."))
        if answered := commitment_rows.answered(user, now, day):
            sections.append(_section("Что стало с ответами", answered, ""))
    return sections


def _of_the_director(user: User) -> list[dict[str, Any]]:
    sections = [_section("На подпись", letter_rows.to_sign(user), "Писем на подпись нет.")]
    if to_release := certificate_rows.to_release():
        sections.append(_section("На выпуск", to_release, ""))
    if to_resolve := incoming_rows.to_resolve():
        sections.append(_section("На резолюцию", to_resolve, ""))
    return sections


def _of_the_clerk(user: User, day: datetime.date) -> list[dict[str, Any]]:
    alone = second_person.one_is_enough(day)
    sections = [_section("Подтвердить скан", letter_rows.to_confirm(user, alone), "Сканов на подтверждение нет.")]
    if unchecked := letter_rows.to_check_outside(user, alone):
        sections.append(_section("Проверить подпись вне портала", unchecked, ""))
    undelivered = _section("Не доставлено", letter_rows.doubtful(), "Все письма доставлены.")
    return [*sections, {**undelivered, "id": "undelivered"}]


def _of_answers() -> list[dict[str, Any]]:
    """What centres sent, for the methodist to judge."""
    answers = [*commitment_rows.to_review(), *request_rows.to_review()]
    sections = [_section("Ответы на проверку", answers, "Ответов на проверку нет.")]
    if to_agree := assignment_rows.to_agree():
        sections.append(_section("Технические задания на согласовании", to_agree, ""))
    return sections


def _section(heading: str, rows: list[dict[str, Any]], empty: str) -> dict[str, Any]:
    """What is late stands before what is not."""
    rows = sorted(rows, key=lambda row: row.get("tone") != "overdue")
    return {"heading": heading, "items": rows, "empty": empty}


def _desk_of_the_administrator() -> list[dict[str, Any]]:
    return [
        {"title": "Пригласить человека в портал", "url": reverse("centers:invitation-list")},
        {"title": "Передать дела уходящего сотрудника", "url": reverse("reports:hand-over-new")},
        {
            "title": "Справочники",
            "url": reverse("admin:index"),
            "note": "бланки, права подписи, отделы и должности, организации и статусы, журналы и номенклатура дел, "
            "маршруты согласования и замещения, указатели рассылки",
        },
    ]
