"""Materials of an event: a file is put into the store, a link is kept as it is; those who were there are told."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from events import told
from events.models import Material
from events.models.programme import Openness
from rcro_portal.lib import uploads
from rcro_portal.lib.keeping import writing

NO_FILE: dict[str, Any] = {"file_name": "", "digest": "", "size": 0, "media_type": ""}


@transaction.atomic
def create(model: Callable[..., Any], *, by: Any, at: datetime.datetime, why: str = "", **fields: Any) -> Material:
    """Raises as ``writing.create``, StoreFull, OutOfReach."""
    row: Material = writing.create(model, by=by, why=why, added_at=at, **_kept(fields))
    told.material_added(row.event, at=at)
    return row


@transaction.atomic
def change(
    row: Material,
    *,
    by: Any,
    at: datetime.datetime,
    held: Mapping[str, Any] | None = None,
    why: str = "",
    **fields: Any,
) -> bool:
    """Raises as ``writing.change``, StoreFull, OutOfReach. A link takes the place of a file, and a file of a link.

    Another file or link, and what only the staff saw before, is new to those who were there.
    """
    kept, before = _kept(fields), _content(row)
    is_changed = writing.change(row, by=by, held=held, why=why, **kept)
    if _content(row) != before:
        writing.change(row, by=by, why=why, added_at=at)
        told.material_added(row.event, at=at)
    return is_changed


def _content(row: Material) -> tuple[str, str, bool]:
    return row.link, row.digest, row.openness == Openness.STAFF


def _kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in fields.items() if name != "upload"}
    if upload := fields.get("upload"):
        return columns | uploads.columns(upload)
    return columns | NO_FILE if columns.get("link") else columns
