"""How a view of a list answers: with its page, as this reader keeps it, or with one of its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rcro_portal.lib.registers import saved
from rcro_portal.lib.registers.register import Register


def answer(request: HttpRequest, table: Register, template: str, file: str = "", **context: Any) -> HttpResponse:
    """``file`` is what ``paths`` says of the address; the template finds the list as ``table``."""
    if file:
        return table.file(file)
    table.is_personal = True
    query = saved.passing_left_out(table.querystring)
    table.kept = saved.of(request.user, table.url_name, query, timezone.localdate())
    # From here on they stand in the address line: a file holds the columns of the screen.
    table.asked_columns = table.asked_columns or table.known_columns(table.kept.columns)
    return render(request, template, {"table": table, **context})
