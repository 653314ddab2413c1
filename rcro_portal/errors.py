"""Pages that say in words what went wrong, what is kept and what to do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def say(request: HttpRequest, status: int, words: str = "") -> HttpResponse:
    """The page of an error; inside a page (htmx) only its words."""
    name = f"{status}.html"
    if request.headers.get("HX-Request"):
        name = "errors/words.html"
    return render(request, name, {"words": words, "status": status}, status=status)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return say(
        request, 403, "Страница устарела. Вернитесь назад, обновите её и повторите: введённое останется в полях."
    )


def status_of(form: Any) -> int:
    """422 for a form that came back with errors, so that a machine sees what the page says in words."""
    return 422 if form is not None and form.is_bound and form.errors else 200
