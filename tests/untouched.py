"""A refused verb must leave the database as it found it: every row of every table of the portal is compared."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps

OURS = ("centers", "projects", "events", "olympiad", "reports")


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the portal's own tables, those of many-to-many relations among them."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


@contextlib.contextmanager
def nothing_changes() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


@contextlib.contextmanager
def refused(refusal: type[Exception], words: str | None = None) -> Iterator[None]:
    """What is done inside raises exactly this refusal, with exactly these words, and changes no row."""
    with nothing_changes(), pytest.raises(refusal) as caught:
        yield
    assert caught.type is refusal
    assert words is None or str(caught.value) == words
