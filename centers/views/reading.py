"""«Версия для слабовидящих»: a stranger chooses too; who has logged in finds the choice wherever they log in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from centers.accounts import looks
from centers.accounts.forms import ReadingForm
from rcro_portal.lib import errors, reading


@login_not_required
def reading_choice(request: HttpRequest) -> HttpResponse:
    """The form is looked at in the look that it gives; «Обычный вид» sends it empty."""
    shown = reading.parts(getattr(request.user, "reading", "") or request.COOKIES.get(reading.COOKIE, ""))
    initial = dict(zip(ReadingForm.base_fields, shown, strict=True))
    form = ReadingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        word = reading.joined(**form.cleaned_data)
        if request.user.is_authenticated:
            looks.choose(user=request.user, word=word)
        messages.success(request, "Так теперь показаны все страницы портала." if word else "Вид снова обычный.")
        return _kept(redirect("centers:reading"), word)
    return render(
        request, "centers/reading.html", {"form": form, "is_usual": not any(shown)}, status=errors.status_of(form)
    )


def _kept(response: HttpResponse, word: str) -> HttpResponse:
    """In this browser; a script of the open pages reads it too, and it says nothing about anybody."""
    if not word:
        response.delete_cookie(reading.COOKIE)
        return response
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(reading.COOKIE, word, reading.COOKIE_SECONDS, secure=secure, samesite="Lax")
    return response
