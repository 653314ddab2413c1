"""An import is killed before, in and after its writing: all rows of the file or none, and the same for its undoing."""

from collections.abc import Iterator
from typing import Any

import pytest

from centers.importing.centers import CentersKind
from centers.models import Center, Coordinator, Organization, Person, StatusGrant
from rcro_portal.lib.registers.importing import sessions
from rcro_portal.models import ImportedRow, ImportSession
from reports.journal import invariants as journal_invariants
from reports.journal.importing import JournalKind
from reports.models import RegisterEntry
from reports.models.register import Origin
from tests.factories import imports
from tests.factories.centers import MunicipalityFactory
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office
from tests.faults.dying import Mortal

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
MACHINE = "rcro_portal.lib.registers.importing.sessions"
ROWS = "Номер;Дата;Кому\n938;14.01.2026;Школам\n939;15.01.2026;Лицеям\n940;15.01.2026;Всем".encode()


@pytest.fixture(scope="module")
def mortal(django_db_setup: None, django_db_blocker: Any) -> Iterator[Mortal]:
    with django_db_blocker.unblock(), Mortal() as process:
        yield process


@pytest.fixture
def session(office: Office) -> ImportSession:
    return imports.begun(JournalKind, ROWS, register=office.register.pk, by=office.clerk, at=REGISTERED_AT)


def stands(session: ImportSession) -> tuple[str, int, int]:
    session.refresh_from_db()
    assert list(journal_invariants.registers()) == []
    return session.state, RegisterEntry.objects.count(), ImportedRow.objects.count()


def test_writing(mortal: Mortal, office: Office, session: ImportSession) -> None:
    told = {"session": session.pk, "by": office.clerk.pk, "at": REGISTERED_AT.isoformat()}
    for point in (
        "after reports.journal.importing:JournalKind.lock",
        "after reports.journal.importing:JournalKind.write",
        f"before {MACHINE}:_keep",
        f"after {MACHINE}:_keep",
    ):
        mortal.dies("bring-in", point, **told)
        assert stands(session) == ("open", 0, 0), point
    mortal.dies("bring-in", "end", **told)
    assert stands(session) == ("written", 3, 3)


def test_undoing(mortal: Mortal, office: Office, session: ImportSession) -> None:
    sessions.write(session, JournalKind, by=office.clerk, at=REGISTERED_AT)
    told = {"session": session.pk, "by": office.clerk.pk, "at": REGISTERED_AT.isoformat()}
    mortal.dies("undo-import", "after reports.journal.importing:JournalKind.undo", **told)
    assert stands(session) == ("written", 3, 3)
    assert {entry.origin for entry in RegisterEntry.objects.all()} == {Origin.IMPORTED}
    mortal.dies("undo-import", "end", **told)
    assert stands(session) == ("undone", 3, 3)
    assert {entry.origin for entry in RegisterEntry.objects.all()} == {Origin.UNKNOWN}


CENTERS = (
    "Центр;Муниципалитет;Номер распоряжения;Дата распоряжения;Координатор\n"
    "Лицей «Ель»;Заречный район;17-р;14.01.2020;Рощина Вера Юрьевна\n"
    "Лицей «Клён»;Заречный район;17-р;14.01.2020;Иволгина Анна Львовна"
).encode()
TABLES = (Organization, Center, StatusGrant, Person, Coordinator, ImportedRow)


def test_rows_of_several_tables(mortal: Mortal, office: Office) -> None:
    """Organisations, centres, grants, people and posts of one file: none without the others, when undone as well."""
    told: dict[str, Any] = {"by": office.methodist, "at": REGISTERED_AT}
    MunicipalityFactory()
    session = imports.begun(CentersKind, CENTERS, **told)
    order = {"session": session.pk, "by": office.methodist.pk, "at": REGISTERED_AT.isoformat()}
    before = [model._default_manager.count() for model in TABLES]
    for point in ("after rcro_portal.lib.keeping.writing:create_many", f"before {MACHINE}:_keep"):
        mortal.dies("bring-in", point, **order)
        assert [model._default_manager.count() for model in TABLES] == before, point
    sessions.write(session, CentersKind, **told)
    written = [model._default_manager.count() for model in TABLES]
    assert [now - then for now, then in zip(written, before, strict=True)] == [2, 2, 2, 2, 2, 10]
    mortal.dies("undo-import", "after rcro_portal.lib.keeping.imports:taking_back.take_back", **order)
    assert [model._default_manager.count() for model in TABLES] == written
    sessions.undo(session, CentersKind, **told)
    assert [model._default_manager.count() for model in TABLES] == [*before[:-1], written[-1]]
