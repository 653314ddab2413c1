"""The worker of the tests is a real one: it consumes, dies at once when killed, and comes back."""

import pytest

from rcro_portal.celery import app
from tests.worker import Worker, until

pytestmark = pytest.mark.faults


def ran(worker: Worker, task_id: str) -> bool:
    return f"celery.accumulate[{task_id}] succeeded" in worker.log


def test_killed_worker_is_dead_and_a_new_one_takes_what_waited(late_worker: Worker) -> None:
    with late_worker as worker:
        worker.kill()
        assert not worker.alive
        waiting = app.send_task("celery.accumulate")
        worker.start()
        until(lambda: ran(worker, waiting.id), 90, lambda: worker.log)


def test_worker_sweeps_by_itself(worker: Worker) -> None:
    until(lambda: "Task reports.tasks.sweep[" in worker.log, 90, lambda: worker.log)


def test_worker_that_cannot_start_tells_why(late_worker: Worker) -> None:
    late_worker.variables["RCRO_LEASE_SECONDS"] = "soon"
    with pytest.raises(AssertionError, match="RCRO_LEASE_SECONDS must be a whole number"):
        late_worker.start()
