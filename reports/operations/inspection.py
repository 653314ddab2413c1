"""The portal inspects itself: by night, and on request. What is found is kept and shown."""

import datetime
import logging
import time
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

from rcro_portal.lib.refusals import Refusal
from reports import nudges
from reports.models import CheckRun
from reports.operations import append_only_triggers, invariants, notices, overdue, redrawing, stored_files

log = logging.getLogger(__name__)
# So many findings of a kind are kept in the row; the command names all of them.
WORDS_AT_MOST = 100
REDRAWN = "Письма рисуются заново такими же"


class BrokerSilent(Refusal):
    words = "Очередь заданий не отвечает, проверка не началась. Запустите её позже или командой check_invariants."


def found(*, now: datetime.datetime) -> dict[str, list[str]]:
    """Everything that must hold, by its title, with what breaks it. Changes nothing."""
    return {
        **invariants.broken(),
        "В хранилище нет лишнего": list(stored_files.left_over(now)),
        "База данных не даёт менять записанное": list(append_only_triggers.missing()),
        "Ничто не ждёт дольше пяти минут": list(overdue.overdue(now)),
    }


def inspect(*, now: datetime.datetime) -> CheckRun:
    """The whole inspection: tidies the store, draws a sample of letters again, and keeps what was found."""
    began = time.monotonic()
    removed = stored_files.tidy(now)
    redrawn = [str(one) for one in redrawing.redraw(redrawing.SAMPLE) if not one.verdict.holds]
    findings = {**found(now=now), REDRAWN: redrawn}
    for title, words in findings.items():
        for line in words:
            log.error("%s: %s", title, line)
    log.info("inspected: %s findings, %s unfinished files removed", sum(map(len, findings.values())), removed)
    ended = now + datetime.timedelta(seconds=time.monotonic() - began)
    return _keep(begun_at=now, ended_at=ended, findings={title: _at_most(words) for title, words in findings.items()})


@transaction.atomic
def _keep(**fields: Any) -> CheckRun:
    """With what is told of it."""
    run = CheckRun.objects.create(**fields)
    notices.tell_findings(run)
    return run


def _at_most(words: list[str]) -> list[str]:
    more = len(words) - WORDS_AT_MOST
    return words if more <= 0 else [*words[:WORDS_AT_MOST], f"И ещё {more}."]


def ask() -> None:
    """A worker is told to inspect now. Raises BrokerSilent."""
    try:
        nudges.inspect()
    except (OperationalError, OSError) as error:
        raise BrokerSilent from error


def last() -> CheckRun | None:
    return CheckRun.objects.order_by("-ended_at", "-pk").first()


def titles(run: CheckRun) -> list[tuple[str, list[str]]]:
    """What was looked at and what broke it, by title: PostgreSQL keeps no order of its own."""
    return sorted(run.findings.items())


def total(run: CheckRun) -> int:
    return sum(map(len, run.findings.values()))
