"""Large files are judged and written by a worker: the session is the queue, a task only a nudge.

Whoever asked may leave the page. A worker that died leaves its lease; when that is over another one begins anew, for
what was not written whole is not written at all.
"""

import datetime
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from rcro_portal.lib import sweeps
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.registers.importing import forgetting, registry, sessions, showing
from rcro_portal.lib.registers.importing.stored import Session, State, Work

# A file with fewer rows is judged and written while its page waits.
LARGE, TRIES_AT_MOST = 500, 3
BROKEN_OFF = "Обработка файла трижды прервалась. Ничего не внесено. Разделите файл на части или загрузите его ещё раз."
NO_RIGHT = "У вас больше нет права вносить этот файл. Ничего не внесено."
STILL_AT_WORK = "Файл ещё обрабатывается. Дождитесь конца: страница обновится сама."


def is_large(session: Session) -> bool:
    return session.all_rows > LARGE


def ask(session: Session, work: str, *, by: Any, at: datetime.datetime) -> None:
    """Have it done soon. Raises WrongStep where it is written already, or another work is under way."""
    fresh = {"tries": 0, "done_rows": 0, "trouble": "", "lease_until": None}
    rows = _rows(session).filter(pk=session.pk, state=State.OPEN, work="")
    with transaction.atomic():
        if not rows.update(work=work, work_by=by, work_at=at, **fresh):
            raise WrongStep(STILL_AT_WORK)
        transaction.on_commit(partial(_nudge, session.pk), robust=True)


def judge_anew(session: Session, *, by: Any, at: datetime.datetime) -> None:
    """What people said of a large file has changed: what was found in it is no longer so."""
    if is_large(session) and session.state == State.OPEN:
        _rows(session).filter(pk=session.pk).update(found=None)
        ask(session, Work.JUDGE, by=by, at=at)


def due(model: type[Session], now: datetime.datetime) -> Any:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return model._default_manager.filter(free, state=State.OPEN).exclude(work="")


def do_due(model: type[Session], *, now: datetime.datetime) -> int:
    """What nudges lost and dead workers left; how many were done."""
    return sweeps.each(due(model, now), lambda pk: do(model, pk, now=now))


def sweep(model: type[Session], *, now: datetime.datetime) -> None:
    """Do what is due, and let go of files whose term is over."""
    do_due(model, now=now)
    forgetting.forget_files(model, now=now)


def do(model: type[Session], pk: int, *, now: datetime.datetime) -> bool:
    """Do the work of this session unless somebody else is at it; whether it was done."""
    lease = now + datetime.timedelta(seconds=settings.LEASE_SECONDS)
    if not due(model, now).filter(pk=pk).update(lease_until=lease, tries=F("tries") + 1):
        return False
    session = model._default_manager.select_related("work_by").get(pk=pk)
    if session.tries > TRIES_AT_MOST:
        _end(session, trouble=BROKEN_OFF)
        return False
    try:
        _work(session)
    except Refusal as refusal:
        _end(session, trouble=str(refusal))
        return False
    return True


def _work(session: Session) -> None:
    kind = registry.kind(session.kind)
    told: dict[str, Any] = {"by": session.work_by, "at": session.work_at}
    if not kind.may(session.work_by):
        raise WrongStep(NO_RIGHT)
    if session.work == Work.JUDGE:
        found = showing.of_file(sessions.opened(session, kind), tell=partial(_tell, session), **told)
        _end(session, found=found)
    else:
        sessions.write(session, kind, good_rows=session.work == Work.WRITE_GOOD, **told)


def _tell(session: Session, done: int) -> None:
    _rows(session).filter(pk=session.pk).update(done_rows=done)


def _end(session: Session, **told: Any) -> None:
    rows = _rows(session).filter(pk=session.pk, state=State.OPEN)
    rows.update(**{"work": "", "lease_until": None, "done_rows": 0, **told})


def _rows(session: Session) -> Any:
    return type(session)._default_manager


def _nudge(pk: int) -> None:
    current_app.send_task("rcro_portal.tasks.work_on_import", (pk,), ignore_result=True)
