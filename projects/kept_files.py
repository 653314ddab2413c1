"""Verbs of rows with a file: what came with the form goes to the store, and the row names it."""

from typing import Any

from rcro_portal.lib import uploads
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.uploads import Upload

NO_FILE: dict[str, Any] = {"file_name": "", "digest": "", "size": 0, "media_type": ""}


def create(model: Any, *, by: Any, why: str = "", upload: Upload | None = None, **fields: Any) -> Any:
    """Raises as ``writing.create``, and StoreFull."""
    return writing.create(model, by=by, why=why, **fields, **_columns(upload))


def change(row: Any, *, by: Any, held: Any = None, why: str = "", upload: Upload | None = None, **fields: Any) -> bool:
    """Without a file the row keeps its own, unless a link takes its place.

    Raises as ``writing.change``, and StoreFull.
    """
    file = NO_FILE if fields.get("link") else _columns(upload)
    return writing.change(row, by=by, held=held, why=why, **fields, **file)


def _columns(upload: Upload | None) -> dict[str, Any]:
    return uploads.columns(upload) if upload else {}
