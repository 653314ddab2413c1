"""Tables brought in as the pages do it: a session of a file, judged, and written."""

import datetime
from typing import Any

from centers.importing.organizations import OrganizationsKind
from rcro_portal.lib.registers.importing import reading, sessions
from rcro_portal.lib.registers.importing.kinds import Judgement, Kind
from rcro_portal.models import ImportSession
from reports.journal.importing import JournalKind
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office


def begun(kind: type[Kind], data: bytes, *, by: Any, at: datetime.datetime, **options: Any) -> ImportSession:
    session = sessions.begin(ImportSession, kind, options=options, name="table.csv", data=data, by=by, at=at)
    assert isinstance(session, ImportSession)
    return session


def judged(session: ImportSession, kind: type[Kind], *, at: datetime.datetime) -> Judgement:
    return sessions.opened(session, kind).judging(by=session.begun_by, at=at).all


def written(
    kind: type[Kind], data: bytes, *, by: Any, at: datetime.datetime, good_rows: bool = False, **options: Any
) -> tuple[ImportSession, Judgement]:
    session = begun(kind, data, by=by, at=at, **options)
    judgement = sessions.write(session, kind, by=by, at=at, good_rows=good_rows)
    session.refresh_from_db()
    return session, judgement


def of_former_years(office: Office, addressee: str) -> dict[str, ImportSession]:
    """Registers of former years: one that is looked at, one that was brought in."""
    told = {"register": office.register.pk, "by": office.clerk, "at": SENT_AT}
    looked_at = begun(JournalKind, "Номер;Дата;Кому\n1;12.01.2019;Школам".encode(), **told)
    brought_in, _ = written(JournalKind, f"Номер;Дата;Кому\n1;12.01.2018;{addressee}".encode(), **told)
    return {"brought": looked_at, "brought-in": brought_in}


def schools(*names: str) -> bytes:
    return "\n".join(["Краткое наименование;Муниципалитет", *(f"{name};Заречный район" for name in names)]).encode()


def of_schools(office: Office, name: str) -> dict[str, ImportSession]:
    """Organisations: a file that is looked at, one that was brought in."""
    told = {"by": office.methodist, "at": SENT_AT}
    looked_at = begun(OrganizationsKind, schools(name), **told)
    brought_in, _ = written(OrganizationsKind, schools(f"{name}, филиал № 2"), **told)
    return {"schools": looked_at, "schools-in": brought_in}


def table(data: bytes, sheet: int = 0) -> list[list[str]]:
    """A sheet from its first row to its last, all rows as wide as the widest."""
    found = reading.read(data)[sheet]
    rows = [found.rows.get(number, []) for number in range(1, max(found.rows, default=0) + 1)]
    return [row + [""] * (found.width - len(row)) for row in rows]
