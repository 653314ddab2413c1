"""The Celery application: tasks are doors to verbs, rows are the queue."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import task_postrun
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from rcro_portal import queues
from rcro_portal.lib.changes import authorship

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")
TRANSPORT_ALIASES["files"] = "rcro_portal.lib.file_broker:Transport"


class Door(Task):
    """What a task changes is the portal's own act, under the task's name; a verb may say for whom it works."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with authorship.begin(through=self.name):
            return super().__call__(*args, **kwargs)


app = Celery("rcro_portal", task_cls=Door)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_postrun.connect
def leave_a_sign_of_life(task: Any = None, **_: Any) -> None:
    """For ``script/healthy``: beat, broker and the worker of that queue all live while its sweep comes round."""
    queue = (task.request.delivery_info or {}).get("routing_key") if task else None
    run = settings.DATA_DIR / "run"
    run.mkdir(parents=True, exist_ok=True)
    for sign in ("worker", *([f"worker-{queue}"] if queue in queues.WORKERS else [])):
        (run / sign).touch()
