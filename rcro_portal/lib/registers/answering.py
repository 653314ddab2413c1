"""How a view of a list answers: with its page as this reader keeps it, with a file, or with a change of many rows."""

from typing import Any, NamedTuple, Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rcro_portal.lib.registers import saved
from rcro_portal.lib.registers.paths import BULK
from rcro_portal.lib.registers.register import Register


class Offered(NamedTuple):
    """Of a change of many rows: whether this reader makes one, and the one just made that may be taken back.

    ``said`` tells of the latter, ``url`` takes it back; ``ticked`` and ``all_found`` are the buttons above the rows.
    """

    may: bool = False
    done: int = 0
    said: str = ""
    url: str = ""
    ticked: str = ""
    all_found: str = ""


class Bulk(Protocol):
    """What ``keeping.BulkPages`` is to a list."""

    def page(self, request: HttpRequest, table: Any) -> HttpResponse: ...

    def offered(self, request: HttpRequest, table: Any) -> Offered: ...


def answer(
    request: HttpRequest,
    table: Register,
    template: str,
    file: str = "",
    *,
    bulk: Bulk | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """``file`` is what ``paths`` says of the address; the template finds the list as ``table``.

    ``status`` is that of a page whose own form, beside the list, has errors.
    """
    if file == BULK:
        if bulk is None:
            raise Http404
        return bulk.page(request, table)
    if file:
        return table.file(file)
    offered = bulk.offered(request, table) if bulk else Offered()
    table.is_personal, table.is_ticked = True, offered.may
    query = saved.passing_left_out(table.querystring)
    table.kept = saved.of(request.user, table.url_name, query, timezone.localdate())
    # From here on they stand in the address line: a file holds the columns of the screen.
    table.asked_columns = table.asked_columns or table.known_columns(table.kept.columns)
    return render(request, template, {"table": table, "bulk": offered, **context}, status=status)
