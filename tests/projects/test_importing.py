"""Projects and clusters from tables as offices keep them."""

from pathlib import Path
from typing import Any

import pytest

from projects.importing.clusters import ClustersKind
from projects.importing.projects import ProjectsKind
from projects.models import Cluster, ClusterMember, NetworkProject
from rcro_portal.lib.registers.importing import sessions, showing
from rcro_portal.lib.registers.importing.asking import WITHOUT
from rcro_portal.lib.registers.importing.kinds import Kind
from tests.factories import imports
from tests.factories.centers import CenterFactory, OrganizationFactory, PersonFactory, UserFactory
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data" / "imports" / "projects_cp1251.csv"


@pytest.fixture
def by() -> Any:
    for name in ("МБОУ «Берёзовская СОШ»", "МАОУ лицей «Сосновый»"):
        CenterFactory(organization__short_name=name)
    return UserFactory(person=PersonFactory(surname="Загрузкина", email="by@office.example"))


def test_register_of_excel_in_cp1251(by: Any) -> None:
    """A title, a line break in a cell, a list of centres, a year for a day, a total; initials are looked up."""
    session = imports.begun(ProjectsKind, DATA.read_bytes(), by=by, at=SENT_AT)
    found = imports.judged(session, ProjectsKind, at=SENT_AT)
    assert (found.rows, [one.row for one in found.new]) == (3, [4])
    assert [(one.row, one.column) for one in found.faults] == [(6, "Начало")]
    assert [(one.row, one.question.candidates) for one in found.doubtful] == [(5, ())]
    assert [(one.row, one.why) for one in found.skipped] == [(1, "название"), (7, "итог")]
    (question,) = showing.questions(found)
    sessions.answer(session, [question], {question["name"]: WITHOUT}, by=by, at=SENT_AT)
    sessions.write(session, ProjectsKind, by=by, at=SENT_AT, good_rows=True)
    first = NetworkProject.objects.get(title='Проект "Лаборатория"')
    assert (str(first.since), first.curator and first.curator.full_name, first.leads.count()) == (
        *("2025-02-01", "Турунтаевич Аглая Назаровна", 2),
    )
    second = NetworkProject.objects.get(title="Летняя школа (физика)")
    assert (second.curator, [str(one) for one in second.leads.all()]) == (None, ["МАОУ лицей «Сосновый»"])
    again = imports.judged(imports.begun(ProjectsKind, DATA.read_bytes(), by=by, at=SENT_AT), ProjectsKind, at=SENT_AT)
    assert (again.same, again.writes, [one.row for one in again.faults]) == ([4, 5], 0, [6])
    sessions.undo(session, ProjectsKind, by=by, at=SENT_AT)
    assert not NetworkProject.objects.exists()


def test_clusters_by_a_list_of_members_or_a_row_for_each(by: Any) -> None:
    OrganizationFactory(short_name="ООО «Прибор»")
    text = (
        "Кластер;Предметная область;Сформирован;Участник;Роль;В кластере с\n"
        "Росток;биология;01.09.2020;МБОУ «Берёзовская СОШ»;координатор;\n"
        "Росток;;;ООО «Прибор»;партнёр;01.09.2021\n"
        'Луч;физика;01.09.2022;"Лицей «Сосновый»; ООО «Прибор»";;'
    ).encode()
    _, found = imports.written(ClustersKind, text, by=by, at=SENT_AT)
    assert (len(found.new), len(found.changed)) == (2, 1)
    members = ClusterMember.objects.order_by("pk").values_list("cluster__name", "organization__short_name", "role")
    assert list(members) == [
        ("Росток", "МБОУ «Берёзовская СОШ»", "координатор"),
        ("Росток", "ООО «Прибор»", "партнёр"),
        ("Луч", "МАОУ лицей «Сосновый»", ""),
        ("Луч", "ООО «Прибор»", ""),
    ]
    again = imports.judged(imports.begun(ClustersKind, text, by=by, at=SENT_AT), ClustersKind, at=SENT_AT)
    assert (again.same, again.writes) == ([2, 3, 4], 0)
    late = "Кластер;Участник;В кластере с\nРосток;МАОУ лицей «Сосновый»;01.09.2019".encode()
    early = imports.judged(imports.begun(ClustersKind, late, by=by, at=SENT_AT), ClustersKind, at=SENT_AT)
    assert [(one.row, one.name, "пока он существует" in one.words) for one in early.faults] == [(2, "members", True)]
    assert Cluster.objects.count() == 2


def faults(kind: type[Kind], text: str, by: Any) -> list[tuple[int, str, str]]:
    found = imports.judged(imports.begun(kind, text.encode(), by=by, at=SENT_AT), kind, at=SENT_AT)
    return [(one.row, one.name, one.words) for one in found.faults]


def test_what_is_wrong_with_a_project_is_said_of_its_cell(by: Any) -> None:
    rows = [
        "Проект;Куратор;Срок;Начало;Окончание",
        "Первый;Турунтаевич;с 01.09.2020;;",
        "Второй;Соснина Анна;когда-нибудь;;",
        "Третий;;01.09.2021 – 30.06.2020;;",
        "Четвёртый;;;01.09.2021;30.06.2020",
        "Пятый;;;;",
        "Шестой;;01.09.2019 - весна;;",
        "Седьмой;Соснина Анна Петровна, Рощина Вера Ильинична;с 01.09.2020;;",
        "Восьмой;;01.09.2019 — 30.06.2021;;",
    ]
    unread = "Срок не прочитан: нужно «01.09.2017 – 30.06.2021» или «с 01.09.2017»."
    one = "Здесь нужен один человек: фамилия с именем и отчеством или с инициалами."
    gender = "Пол по отчеству не ясен. Допишите отчество или сначала внесите этого человека в реестр людей."
    assert faults(ProjectsKind, "\n".join(rows), by) == [
        (2, "curator", one),
        (3, "term", unread),
        (3, "curator", gender),
        (4, "until", "Окончание раньше начала."),
        (5, "until", "Окончание раньше начала."),
        (6, "since", "Нужен день начала: «01.09.2020»."),
        (7, "term", unread),
        (8, "curator", one),
    ]


def test_what_a_cluster_lacks_is_said_of_its_first_row(by: Any) -> None:
    heads = "Кластер;Предметная область;Сформирован;Участник;В кластере с;В кластере по"
    there = "Росток;биология;01.09.2020;МБОУ «Берёзовская СОШ»;01.09.2022;01.09.2021"
    assert faults(ClustersKind, f"{heads}\n{there}\nЛуч;;;Лицей «Сосновый»;;", by) == [
        (2, "until", "Окончание раньше начала."),
        (3, "subject_area", "Укажите предметную область нового кластера."),
        (3, "formed_on", "Укажите день, когда кластер сформирован."),
    ]
