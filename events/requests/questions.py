"""Questions of a request that is still a draft: entered, mended, put in order."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from events.models import DataQuestion, DataRequest
from events.models.request import NUMERIC, QuestionKind
from events.requests import requests
from rcro_portal.lib.keeping import writing

AT_MOST = 60
NUMBERS_ONLY = "Границы и единица бывают только у числа."
CHOICES_ONLY = "Варианты бывают только у выбора из списка."


@transaction.atomic
def create(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> DataQuestion:
    """The last question of its request, unless a place is said. Raises as ``writing.create``, SentAlready."""
    request: DataRequest = fields["request"]
    requests.hold(request)
    asked = request.questions.aggregate(last=Max("position"))["last"] or 0
    if request.questions.count() >= AT_MOST:
        raise ValidationError({"label": f"Вопросов не больше {AT_MOST}: длинную форму не заполнят."})
    fields["position"] = fields.get("position") or asked + 1
    return writing.create(model, by=by, why=why, **_fitting(fields))


@transaction.atomic
def change(
    question: DataQuestion, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any
) -> bool:
    """Raises as ``writing.change``, SentAlready."""
    requests.hold(question.request)
    return writing.change(question, by=by, held=held, why=why, **_fitting(fields))


def _fitting(fields: dict[str, Any]) -> dict[str, Any]:
    """Without empty lines among the choices. Raises ValidationError for what this kind of answer does not have."""
    if "choices" in fields:
        lines = dict.fromkeys(line.strip() for line in fields["choices"].split("\n"))
        fields = {**fields, "choices": "\n".join(filter(None, lines))}
    errors: dict[str, str] = {}
    if fields.get("kind") not in NUMERIC:
        errors |= {name: NUMBERS_ONLY for name in ("unit", "least", "most") if fields.get(name) not in (None, "")}
    if fields.get("kind") != QuestionKind.CHOICE and fields.get("choices"):
        errors["choices"] = CHOICES_ONLY
    if errors:
        raise ValidationError(errors)
    return fields
