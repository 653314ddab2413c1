"""Materials of an event: a file is put into the store, a link is kept as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from events.models import Material
from rcro_portal.lib import uploads
from rcro_portal.lib.keeping import writing

NO_FILE: dict[str, Any] = {"file_name": "", "digest": "", "size": 0, "media_type": ""}


def create(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> Material:
    """Raises as ``writing.create``, StoreFull, OutOfReach."""
    return writing.create(model, by=by, why=why, **_kept(fields))


def change(row: Material, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any) -> bool:
    """Raises as ``writing.change``, StoreFull, OutOfReach. A link takes the place of a file, and a file of a link."""
    return writing.change(row, by=by, held=held, why=why, **_kept(fields))


def _kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in fields.items() if name != "upload"}
    if upload := fields.get("upload"):
        return columns | uploads.columns(upload)
    return columns | NO_FILE if columns.get("link") else columns
