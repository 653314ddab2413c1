"""The network's tables as an office keeps them (``data/*.xlsx``), brought in by the same importer as the pages."""

from typing import Any

from centers.models import User
from rcro_portal.demo import source
from rcro_portal.lib.registers.importing import registry, sessions
from rcro_portal.models import ImportSession

BY, AT = "belozerova@rcro.example", "2026-11-20T10:00"


def bring_in(key: str, *, sheet: str = "", **options: Any) -> None:
    """Write all rows of the kind's file. Raises Refusal where one of them cannot be written."""
    kind = registry.kind(key)
    data = source.DATA.joinpath(f"{key}.xlsx").read_bytes()
    session = begun(key, data, sheet=sheet, **options)
    sessions.keep(session, data)
    sessions.write(session, kind, by=session.begun_by, at=session.begun_at)


def begun(key: str, data: bytes, *, sheet: str = "", **options: Any) -> ImportSession:
    """By the methodist of the network; neither the file nor the session is kept yet."""
    by, at = User.objects.select_related("person").get(email=BY), source.typed(AT)
    name = f"{registry.kind(key).list_name}.xlsx"
    session = ImportSession.begin(kind=key, options=options, name=name, data=data, by=by, at=at)
    session.sheet = sheet
    return session
