"""Pages that say in words what went wrong, what is kept and what to do."""

import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_NEVER_SENT_BACK = re.compile(r"csrfmiddlewaretoken|.*password.*", re.IGNORECASE)
_WORDS = re.compile(r"[А-Яа-яЁё]{2}")


def say(request: HttpRequest, status: int, words: str = "") -> HttpResponse:
    """The page of an error; inside a page (htmx) only its words."""
    name = f"{status}.html"
    if request.headers.get("HX-Request"):
        name = "errors/words.html"
    context = {
        "words": words,
        "status": status,
        "typed": [value for _, value in _sent(request) if _WORDS.search(value)],
    }
    return render(request, name, context, status=status)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What came with a form, but for what is never given back."""
    lists = request.POST.lists() if request.method == "POST" else ()
    return [(name, value) for name, values in lists for value in values if not _NEVER_SENT_BACK.fullmatch(name)]


def log_in_beside(request: HttpRequest) -> HttpResponse:
    """401 for a form that arrived after its session had ended: the page holds what was typed, to be sent once more.

    Passwords are not given back, files cannot be: the page asks for both anew.
    """
    posted = _sent(request)
    context = {
        "posted": posted,
        "typed": [value for _, value in posted if _WORDS.search(value)],
        "files": [(name, file.name) for name, file in request.FILES.items()],
        "passwords": [name for name in request.POST if "password" in name.lower()],
    }
    return render(request, "errors/401.html", context, status=401)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return say(
        request, 403, "Страница устарела. Вернитесь назад, обновите её и повторите: введённое останется в полях."
    )


def status_of(form: Any) -> int:
    """422 for a form that came back with errors, so that a machine sees what the page says in words.

    409 where its record has moved on, and both values are shown.
    """
    if getattr(form, "is_disputed", False):
        return 409
    return 422 if form is not None and form.is_bound and form.errors else 200
