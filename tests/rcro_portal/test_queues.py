"""Each task has its queue, and each queue a worker in both set-ups."""

import os
import sys

import pytest
from celery.app.task import Task
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from centers import tasks as centers_tasks
from events import tasks as events_tasks
from olympiad import tasks as olympiad_tasks
from rcro_portal import keeper, queues
from rcro_portal import tasks as portal_tasks
from rcro_portal.celery import app
from reports import tasks
from tests.house.tree import ROOT

OURS = [
    task
    for module in (tasks, centers_tasks, events_tasks, olympiad_tasks, portal_tasks)
    for task in vars(module).values()
    if isinstance(task, Task)
]


def taken(kind: str) -> list[str]:
    command = queues.worker(kind)
    return command[command.index("--queues") + 1].split(",")


def test_every_task_has_a_queue() -> None:
    assert {task.name for task in OURS} == set(queues.ROUTES)


def test_mail_and_upkeep_wait_in_other_queues_than_letters() -> None:
    routed = {name: app.amqp.router.route({}, name)["queue"].name for name in queues.ROUTES}
    assert {name for name, queue in routed.items() if queue == queues.LETTERS} == {
        "reports.tasks.draw",
        "reports.tasks.send",
        "reports.tasks.sweep",
    }
    assert routed["reports.tasks.deliver"] == queues.MAIL
    assert routed["reports.tasks.inspect"] == queues.UPKEEP


def test_task_that_mails_outlives_the_servers_look_and_no_lease(settings: Settings) -> None:
    limit = app.tasks["reports.tasks.deliver"].time_limit
    assert settings.MAIL_ANSWER_SECONDS < app.tasks["reports.tasks.deliver"].soft_time_limit < limit
    assert limit < settings.MAIL_LEASE_SECONDS
    assert app.tasks["reports.tasks.draw"].time_limit == settings.CELERY_TASK_TIME_LIMIT


def test_every_queue_has_one_worker_and_one_key() -> None:
    everything = sorted(queue for kind in queues.WORKERS for queue in taken(kind))
    assert everything == sorted(queue.name for queue in queues.queues())
    assert {(queue.exchange.name, queue.routing_key) for queue in queues.queues()} == {
        (name, name) for name in everything
    }


def test_the_mail_has_more_than_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One alone would look dead to its health check during the nightly inspection, and be ended in the middle of it."""
    monkeypatch.setenv("RCRO_MAIL_CHILDREN", "1")
    with pytest.raises(ImproperlyConfigured, match="RCRO_MAIL_CHILDREN"):
        queues.worker(queues.MAIL)


@pytest.mark.parametrize(("kind", "nice"), [(queues.LETTERS, []), (queues.MAIL, [queues.BEHIND_LETTERS])])
def test_what_is_drawn_in_bulk_stands_behind_letters(
    kind: str, nice: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered, became = [], []
    monkeypatch.setattr(os, "nice", lowered.append)
    monkeypatch.setattr(os, "execv", lambda program, command: became.append(command))
    monkeypatch.setattr(sys, "argv", ["queues", kind])
    queues.main()
    assert (lowered, became) == (nice, [queues.worker(kind)])


def test_both_set_ups_start_each_kind() -> None:
    kept = [command for command in keeper.COMMANDS.values() if "worker" in command]
    assert kept == [queues.worker(kind) for kind in queues.WORKERS]
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert [kind for kind in queues.WORKERS if f"command: [worker, {kind}]" not in compose] == []
