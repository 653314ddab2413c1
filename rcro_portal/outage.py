"""The answer while the database is away: 503 in words, with the time after which to ask again."""

import sqlite3
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

RETRY_AFTER_SECONDS = 30
WORDS = (
    "База данных сейчас не отвечает. Сохранённое не потеряно; то, что вы отправляли только что, не сохранено. "
    "Подождите полминуты, вернитесь назад и повторите: введённое останется в полях."
)


@login_not_required
def error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: called while the exception is handled, whichever view or middleware raised it."""
    if not is_outage(sys.exception()):
        return server_error(request)
    name = "errors/words.html" if request.headers.get("HX-Request") else "errors/503.html"
    answer = HttpResponse(render_to_string(name, {"words": WORDS}), status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def is_outage(exception: BaseException | None) -> bool:
    """True where the database cannot be reached or cannot work now; a statement that it does not understand is ours.

    SQLite calls that an OperationalError too, with its plainest code.
    """
    if not isinstance(exception, (OperationalError, InterfaceError)):
        return False
    return getattr(exception.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
