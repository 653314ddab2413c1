"""Rows of a list that a link alone asks for, such as those behind a figure: no form above a list offers all of them.

What such a link may ask for is known on the floors above; they say it by ``offer``, and the list takes it with
``filters={…, **by_link.asked(request, Model)}``. The form above the list then shows what was asked, and lets go of it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from rcro_portal.lib.registers.filters import Filter

# Of a request and the model of a list's rows.
type Asked = Callable[[Any, type[Model]], Mapping[str, Filter]]
_offered: list[Asked] = []


def offer(asked: Asked) -> None:
    """For ``ready`` of an app. ``asked`` gives no filter where the link asks for nothing, or its reader may not."""
    _offered.append(asked)


def asked(request: HttpRequest, model: type[Model]) -> dict[str, Filter]:
    return {key: one for each in _offered for key, one in each(request, model).items()}
