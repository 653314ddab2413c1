"""The lists that may be read: each by the list's own declaration, with the fields that are given and no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.http import QueryDict

from centers.views import organizations, register
from events.views import event_list
from projects.views import clusters, project_list
from rcro_portal.lib.registers import Register
from reports.journal.views import entries
from reports.models import ApiScope


class Reader:
    """Whoever has logged in and has no centre of their own: sees what is published to all of them."""

    is_authenticated, pk, person = True, None, None
    roles = frozenset({"coordinator"})


class Question(NamedTuple):
    """What a list asks of a request: nobody is logged in there, and its session stays untouched."""

    GET: QueryDict
    user: Reader = Reader()


class Field(NamedTuple):
    """One field of a row: its type, what it is, whence: a path of attributes, else the list's column of its name."""

    type: Any
    words: str
    path: str = ""

    def read(self, name: str, table: Register) -> Callable[[Any], Any]:
        if self.path:
            return attrgetter(self.path)
        return next(column.read for column in table.columns if column.key == name)


@dataclass(frozen=True)
class Resource:
    """``asks`` are the list's own filters in their words, ``searches`` whether «q» is asked for too."""

    scope: ApiScope
    title: str
    table: Callable[[Any], Register]
    fields: Mapping[str, Field]
    asks: Mapping[str, str]
    searches: str = ""

    @property
    def path(self) -> str:
        return f"/{self.scope.value}/"


KEY = Field(int, "ключ строки", "pk")
DAY = "день, на который показан список: 2026-11-27"
PLACE = Field(str, "название муниципалитета")

RESOURCES = (
    Resource(
        ApiScope.ORGANIZATIONS,
        "Организации",
        organizations.table,
        {
            "id": KEY,
            "name": Field(str, "краткое наименование"),
            "full_name": Field(str, "полное наименование"),
            "municipality": PLACE,
            "municipality_code": Field(str, "код муниципалитета", "municipality.code"),
            "kind": Field(str, "вид"),
            "roles": Field(str, "роли в области, через запятую"),
            "inn": Field(str, "ИНН"),
            "ogrn": Field(str, "ОГРН"),
            "legal_address": Field(str, "юридический адрес"),
            "website": Field(str, "сайт"),
            "state": Field(str, "«в архиве» или пусто"),
        },
        {
            "municipality": "код муниципалитета, можно несколько раз",
            "kind": "вид, можно несколько раз",
            "roles": "роль в области",
            "state": "archived – в архиве",
            "partner": "год, в котором организация была партнёром проекта",
            "on": DAY,
        },
        "название, в том числе прежнее",
    ),
    Resource(
        ApiScope.CENTERS,
        "Центры (РВЦИ)",
        register.table,
        {
            "id": KEY,
            "organization": Field(int, "ключ организации", "organization_id"),
            "name": Field(str, "краткое наименование"),
            "municipality": PLACE,
            "municipality_code": Field(str, "код муниципалитета", "organization.municipality.code"),
            "status": Field(str, "статус словами"),
            "has_status": Field(bool, "статус действует", "term.has_status"),
            "status_since": Field(date | None, "первый день последнего присвоения", "term.status_since"),
            "status_until": Field(date | None, "его последний день", "term.status_until"),
            "projects": Field(int, "сколько проектов ведёт"),
        },
        {
            "municipality": "код муниципалитета, можно несколько раз",
            "status": "now – действует, ended – завершён",
            "during": "год, в котором статус действовал",
            "on": DAY,
        },
        "название, в том числе прежнее",
    ),
    Resource(
        ApiScope.PROJECTS,
        "Сетевые инновационные проекты",
        project_list.table,
        {
            "id": KEY,
            "title": Field(str, "название"),
            "theme": Field(str, "направление"),
            "leads": Field(str, "кто ведёт, через точку с запятой"),
            "since": Field(date, "первый день", "since"),
            "until": Field(date | None, "последний день", "until"),
            "state": Field(str, "состояние словами"),
        },
        {
            "state": "now, overdue, coming или ended",
            "year": "год, в котором проект шёл",
            "theme": "направление, можно несколько раз",
            "municipality": "код муниципалитета ведущего центра",
            "model": "yes или no: сетевая модель управления",
            "archive": "yes – в архиве",
            "on": DAY,
        },
        "название, направление",
    ),
    Resource(
        ApiScope.CLUSTERS,
        "Инновационные образовательные кластеры",
        clusters.table,
        {
            "id": KEY,
            "name": Field(str, "название"),
            "area": Field(str, "предметная область"),
            "formed": Field(date, "сформирован"),
            "dissolved": Field(date | None, "распущен"),
            "members": Field(int, "участников"),
            "centers": Field(int, "из них РВЦИ"),
        },
        {
            "area": "предметная область, можно несколько раз",
            "state": "now, coming или ended",
            "archive": "yes – в архиве",
            "on": DAY,
        },
        "название, предметная область",
    ),
    Resource(
        ApiScope.EVENTS,
        "Мероприятия: объявленные, проведённые, отменённые",
        event_list.table,
        {
            "id": KEY,
            "topic": Field(str, "тема"),
            "kind": Field(str, "вид"),
            "starts_at": Field(datetime, "начало", "starts_at"),
            "ends_at": Field(datetime | None, "окончание", "ends_at"),
            "department": Field(str, "кто проводит"),
            "status": Field(str, "состояние"),
        },
        {
            "kind": "вид, можно несколько раз",
            "status": "состояние, можно несколько раз",
            "year": "год начала",
            "since": "начало не раньше этого дня",
            "until": "начало не позже этого дня",
        },
        "тема",
    ),
    Resource(
        ApiScope.JOURNAL,
        "Журнал исходящих, без текстов, адресатов и имён",
        entries.table,
        {
            "id": KEY,
            "journal": Field(str, "журнал", "register.name"),
            "number": Field(str, "номер"),
            "date": Field(date | None, "дата номера"),
            "document_kind": Field(str, "вид документа"),
            "file_item": Field(str, "дело по номенклатуре"),
            "status": Field(str, "состояние"),
            "origin": Field(str, "откуда номер"),
        },
        {
            "status": "состояние",
            "origin": "откуда номер",
            "year": "год журнала",
            "since": "дата номера не раньше",
            "until": "дата номера не позже",
        },
    ),
)
