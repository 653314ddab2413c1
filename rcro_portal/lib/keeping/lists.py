"""Lists of rows that may be archived: today's, or on request what is in the archive."""

from typing import Any

from django.http import QueryDict

from rcro_portal.lib.registers import Filter

ARCHIVE = Filter([("yes", "в архиве")], lambda rows, value: rows, "Архив")  # noqa: ARG005


def in_archive(rows: Any, params: QueryDict) -> Any:
    """What the filter ``ARCHIVE`` asks for; without it what is not archived."""
    return rows.archived() if params.get("archive") == "yes" else rows.kept()
