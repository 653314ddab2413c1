"""The Celery application: tasks are doors to verbs, rows are the queue."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")
app = Celery("rcro_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_postrun.connect
def leave_a_sign_of_life(**_: Any) -> None:
    """For ``script/healthy``: beat, broker and worker all live while the sweep comes round."""
    sign = settings.DATA_DIR / "run" / "worker"
    sign.parent.mkdir(parents=True, exist_ok=True)
    sign.touch()
