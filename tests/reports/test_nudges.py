"""Nudges name tasks that are there, by the names that messages in the queues have."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.db import transaction

from reports import nudges, tasks
from tests.factories.moments import SENT_AT

NAMED = {"draw": tasks.draw, "send": tasks.send, "deliver": tasks.deliver, "inspect": tasks.inspect}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    messages: list[tuple[Any, ...]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, values, **_: messages.append((name, *values)))
    return messages


@pytest.mark.parametrize("name", NAMED)
def test_names_of_tasks_stay(name: str) -> None:
    assert current_app.tasks[f"reports.tasks.{name}"].name == NAMED[name].name


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nudge", [nudges.draw, nudges.send, nudges.deliver])
def test_the_worker_is_told_after_the_commit(
    nudge: Callable[[int, datetime.datetime], None], told: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        nudge(7, SENT_AT)
        assert told == []
    assert told == [(f"reports.tasks.{nudge.__name__}", 7, SENT_AT.isoformat())]


def test_an_inspection_is_told_at_once(told: list[tuple[Any, ...]]) -> None:
    nudges.inspect()
    assert told == [("reports.tasks.inspect",)]
