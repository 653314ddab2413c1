"""The addresses that systems read; alone knows Ninja. Rows are written as the list reads them, without a model of each.

Answers are checked against what is said of them by the tests, not at each request: that costs more than the rows do.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer

from rcro_portal.api import asking, counted, described, tokens
from rcro_portal.api.resources import RESOURCES, Question, Resource
from rcro_portal.lib.refusals import Refusal
from reports.models import ApiScope

PREFIX = "/api/v1"
UNKNOWN = "Нужен действующий токен: заголовок «Authorization: Bearer …». Его выдаёт администратор портала."
TOO_OFTEN = "Слишком много запросов. Подождите минуту и повторите."


class Token(HttpBearer):
    """Of the system that asks; it becomes ``request.auth``."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        now = timezone.now()
        held = tokens.valid(token, at=now, day=timezone.localdate(now))
        action, key = ("api", str(held.pk)) if held else ("api_refused", None)
        if not ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True):
            raise HttpError(429, TOO_OFTEN)
        return held


API = NinjaAPI(
    title="Сеть РВЦИ: чтение",
    version="1",
    description="Списки портала и показатели для других систем, по токену.",
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    auth=Token(),
)


def answer(request: HttpRequest, content: Any) -> HttpResponse:
    """Private to the system that asked; 304 where it has the same already."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
    tag = f'"{hashlib.sha256(text).hexdigest()}"'
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    for name, value in {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}.items():
        response.headers[name] = value
    return get_conditional_response(request, etag=tag, response=response) or response


def said(status: int, detail: Any) -> HttpResponse:
    text = json.dumps({"detail": detail}, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="api"'
    if status == 429:
        response.headers["Retry-After"] = "60"
    return response


def only_read(refused: HttpResponse) -> HttpResponse:
    """The same refusal of another method, in words."""
    response = said(405, "Здесь только читают: запрос GET.")
    response.headers["Allow"] = refused.headers.get("Allow", "GET")
    return response


def require(request: HttpRequest, scope: ApiScope) -> None:
    if scope.value not in request.auth.scopes.split():  # type: ignore[attr-defined]
        raise HttpError(403, f"Этому токену не открыто: {scope.label}. Спросите администратора портала.")


def listing(resource: Resource) -> Callable[..., HttpResponse]:
    asked_schema = described.asked(resource)

    def listed(request: HttpRequest, asked: asked_schema = Query(...)) -> HttpResponse:  # type: ignore[valid-type] # noqa: ARG001, B008
        require(request, resource.scope)
        table = resource.table(Question(request.GET))
        if found := asking.faults(resource, table, request.GET):
            return said(422, found)
        return answer(request, asking.cut(resource, table, request.GET.dict()))

    listed.__name__ = listed.__qualname__ = resource.scope.value
    return listed


for one in RESOURCES:
    API.get(
        one.path,
        url_name=f"api-{one.scope.value}",
        summary=one.title,
        operation_id=one.scope.value,
        response={200: described.page(one), **described.ERRORS},
    )(listing(one))


@API.get(
    "/figures/",
    url_name="api-figures",
    summary="Какие есть показатели",
    operation_id="figures",
    response={200: described.FIGURES, **described.ERRORS},
)
def figures(request: HttpRequest) -> HttpResponse:
    require(request, ApiScope.FIGURES)
    if request.GET:
        return said(422, [{"parameter": name, "words": "Этот список показывают целиком."} for name in request.GET])
    return answer(request, {"items": counted.known()})


@API.get(
    "/figures/{code}/",
    url_name="api-figure",
    summary="Показатель сейчас",
    operation_id="figure",
    response={200: described.FIGURE, 404: described.ERROR, **described.ERRORS},
)
def figure(request: HttpRequest, code: str, asked: described.FigureAsked = Query(...)) -> HttpResponse:  # noqa: ARG001, B008
    require(request, ApiScope.FIGURES)
    if code not in counted.OPEN:
        return said(404, "Такого показателя нет. Все перечислены в /figures/.")
    if found := counted.faults(code, request.GET):
        return said(422, found)
    return answer(request, counted.now(code, request.GET.dict()))


# -- Refusals, in words -----------------------------------------------------------------------------------------------


@API.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001
    return said(error.status_code, UNKNOWN if isinstance(error, AuthenticationError) else error.message)


@API.exception_handler(Refusal)
def not_now(request: HttpRequest, error: Refusal) -> HttpResponse:  # noqa: ARG001
    return said(422, [{"parameter": "", "words": str(error)}])
