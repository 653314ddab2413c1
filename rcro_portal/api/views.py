"""The administrator's page of tokens, and the page that tells developers what there is to read."""

import json
import re
from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from rcro_portal.api import served, tokens
from rcro_portal.api.forms import TokenForm
from rcro_portal.lib import errors, sent_forms
from rcro_portal.lib.refusals import require
from rcro_portal.open_pages import answers
from reports.models import ApiToken

_WRITTEN = re.compile(r"([A-Za-z]\w*)")
NOT_YOU = "Доступ системам даёт администратор портала."


def token_list(request: HttpRequest) -> HttpResponse:
    require("administrator" in request.user.roles, NOT_YOU)
    day = timezone.localdate()
    held: list[Any] = list(ApiToken.objects.select_related("made_by__person", "revoked_by__person").order_by("-pk"))
    for token in held:
        token.tone, token.state = token.state_on(day)
        token.is_valid = token.tone == "good"
    return render(request, "api/token_list.html", {"tokens": held})


def token_new(request: HttpRequest) -> HttpResponse:
    """The secret is on the page that answers the form, and nowhere else."""
    require("administrator" in request.user.roles, NOT_YOU)
    form = TokenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "api/token_new.html", {"form": form}, status=errors.status_of(form))
    secret, key, now = tokens.made_up(), form.take_key(), timezone.now()
    token, is_new = sent_forms.once(
        lambda: tokens.issue(secret=secret, by=request.user, at=now, **form.cleaned_data),
        key=key,
        by=request.user,
        at=now,
    )
    if not is_new:
        messages.warning(request, "Форма пришла второй раз: доступ уже выдан, токен показан один раз.")
        return redirect("token-list")
    return render(request, "api/token_made.html", {"token": token, "secret": secret})


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    require("administrator" in request.user.roles, NOT_YOU)
    token = get_object_or_404(ApiToken, pk=pk)
    tokens.revoke(token=token, by=request.user, at=timezone.now())
    messages.success(request, f"Доступ отозван: {token}. Токен больше ничего не открывает.")
    return redirect("token-list")


@cache
def schema() -> dict[str, Any]:
    return served.API.get_openapi_schema(path_prefix=served.PREFIX)


@login_not_required
def openapi(request: HttpRequest) -> HttpResponse:
    text = json.dumps(schema(), ensure_ascii=False)
    return answers.kept(request, HttpResponse(text, content_type="application/json; charset=utf-8"))


@login_not_required
def description(request: HttpRequest) -> HttpResponse:
    """The same for people: no script, nothing from elsewhere."""
    told = schema()
    context = {"operations": [_told(path, told["paths"][path]["get"], told) for path in told["paths"]]}
    about = "Чтение данных сети РВЦИ другими системами: адреса, параметры, поля ответов и ошибки."
    return answers.page(request, "api/description.html", about=about, **context)


def _told(path: str, get: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The address, its parameters and the fields of a row, or of the answer where it holds no rows."""
    said = {one["name"]: one.get("description") or one["schema"].get("description", "") for one in get["parameters"]}
    return {
        "path": path,
        "summary": get["summary"],
        "id": get["operationId"],
        "parameters": [(name, _marked(words)) for name, words in said.items()],
        "fields": _fields(get, told),
    }


def _fields(get: dict[str, Any], told: dict[str, Any]) -> list[tuple[str, str]]:
    answer = _named(get["responses"][200]["content"]["application/json"]["schema"], told)
    items = answer.get("items")
    row = _named(items["items"], told) if items else answer
    return [(name, _marked(one.get("description", ""))) for name, one in row.items()]


def _marked(words: str) -> SafeString:
    """Names and values that systems write stand apart from the words around them."""
    parts = _WRITTEN.split(words)
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", one) if _WRITTEN.fullmatch(one) else one,) for one in parts)
    )


def _named(schema: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    name = schema["$ref"].rsplit("/", 1)[-1]
    return told["components"]["schemas"][name]["properties"]
