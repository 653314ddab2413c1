"""The Celery application: tasks are doors to verbs, rows are the queue."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from rcro_portal import queues

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")
TRANSPORT_ALIASES["files"] = "rcro_portal.lib.file_broker:Transport"
app = Celery("rcro_portal")
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
