"""What is said of the answers: models that draw the OpenAPI page of each address."""

from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from rcro_portal.api.asking import LIMIT, MOST
from rcro_portal.api.resources import Resource


class Fault(Schema):
    parameter: str = Field(description="имя параметра")
    words: str = Field(description="что не так, по-русски")


class Faults(Schema):
    detail: list[Fault]


class ERROR(Schema):
    detail: str = Field(description="что не так, по-русски")


class KnownFigure(Schema):
    code: str = Field(description="код, по нему и спрашивают")
    title: str = Field(description="название")
    describes: str = Field(description="что посчитано")
    parameters: list[str] = Field(description="без чего не считается")
    narrowed: list[str] = Field(description="чем ещё можно сузить")


class FIGURES(Schema):
    items: list[KnownFigure]


class FIGURE(Schema):
    code: str = Field(description="код")
    over: str = Field(description="за какой срок, словами")
    value: float = Field(description="число")
    words: str = Field(description="число с его словом")


class FigureAsked(Schema):
    year: str | None = Field(None, description="год: 2026")
    since: str | None = Field(None, description="первый день: 2026-01-01")
    until: str | None = Field(None, description="последний день")
    day: str | None = Field(None, description="день: 2026-11-27")
    municipality: str | None = Field(None, description="код муниципалитета, где показатель делится")


ERRORS: dict[int, Any] = {401: ERROR, 403: ERROR, 422: Faults, 429: ERROR}


def page(resource: Resource) -> type[Schema]:
    """A piece of the list."""
    name = resource.scope.value.capitalize()
    fields: dict[str, Any] = {key: (one.type, Field(description=one.words)) for key, one in resource.fields.items()}
    row = create_model(f"{name}Row", __base__=Schema, **fields)
    paged: dict[str, Any] = {
        "items": (list[row], Field(description="строки по возрастанию ключа")),  # type: ignore[valid-type]
        "next": (str | None, Field(description="значение after для следующей части; в последней нет")),
    }
    return create_model(f"{name}Page", __base__=Schema, **paged)


def asked(resource: Resource) -> type[Schema]:
    """Its parameters; their values are judged by ``asking``, which knows what the list offers today."""
    own = {**({"q": resource.searches} if resource.searches else {}), **resource.asks}
    fields: dict[str, Any] = {
        name: (list[str] if "можно несколько раз" in words else str | None, Field(None, description=words))
        for name, words in own.items()
    }
    fields["limit"] = (str | None, Field(None, description=f"сколько строк, до {MOST}; без него {LIMIT}"))
    fields["after"] = (str | None, Field(None, description="поле next прошлого ответа"))
    name = f"{resource.scope.value.capitalize()}Asked"
    return create_model(name, __base__=Schema, **fields)
