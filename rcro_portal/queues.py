"""Which queue a task waits in, and which worker takes it: a mail server that hangs holds up no letter.

``python -m rcro_portal.queues letters`` (by ``script/serve worker letters``) becomes the worker of that kind; without a
kind one worker takes everything, and then letters do wait for the mail.
"""

import os
import sys
from typing import Any

from celery.schedules import crontab
from kombu import Exchange, Queue

from rcro_portal.lib import env

# Drawing and releasing; one message each; work of many pieces that nobody looks at; inspections, bounces.
LETTERS, MAIL, BULK, UPKEEP = "letters", "mail", "bulk", "upkeep"
# Where everything waited before: what was queued when the portal was upgraded is still done.
FORMER = "celery"
ROUTES = {
    "reports.tasks.draw": {"queue": LETTERS},
    "reports.tasks.send": {"queue": LETTERS},
    "reports.tasks.sweep": {"queue": LETTERS},
    "reports.tasks.deliver": {"queue": MAIL},
    "reports.tasks.sweep_messages": {"queue": MAIL},
    "centers.tasks.tell": {"queue": MAIL},
    "centers.tasks.tell_due": {"queue": MAIL},
    "centers.tasks.forget_sessions": {"queue": UPKEEP},
    "events.tasks.settle_hand_overs": {"queue": UPKEEP},
    "events.tasks.follow_facts": {"queue": UPKEEP},
    "olympiad.tasks.forget_pupils": {"queue": UPKEEP},
    "reports.tasks.follow_incoming": {"queue": UPKEEP},
    "reports.tasks.draw_certificates": {"queue": BULK},
    "reports.tasks.sweep_certificates": {"queue": BULK},
    "reports.tasks.follow_attendance": {"queue": BULK},
    "reports.tasks.make_year_report": {"queue": BULK},
    "reports.tasks.sweep_year_reports": {"queue": BULK},
    "rcro_portal.tasks.work_on_import": {"queue": BULK},
    "rcro_portal.tasks.sweep_imports": {"queue": BULK},
    "reports.tasks.inspect": {"queue": UPKEEP},
    "reports.tasks.collect_bounces": {"queue": UPKEEP},
}
WORKERS = {LETTERS: (LETTERS,), MAIL: (MAIL, BULK, UPKEEP, FORMER)}
BEHIND_LETTERS = 5
# Workers that gossip fill the broker with control messages that nobody here reads.
CELERY = [sys.executable, "-m", "celery", "-A", "rcro_portal"]
WORKER = [*CELERY, "worker", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]
BEAT = [*CELERY, "beat", "--loglevel", "INFO", "--pidfile", ""]


def queues() -> list[Queue]:
    """Each with an exchange and a key of its own: on a shared one every queue would get every message."""
    return [Queue(name, Exchange(name), routing_key=name) for name in (LETTERS, MAIL, BULK, UPKEEP, FORMER)]


def schedule(sweep_seconds: int) -> dict[str, dict[str, Any]]:
    """What comes round by itself. A sweep that nobody came to take is worth nothing once the next one is due."""
    sweep = {"schedule": sweep_seconds, "options": {"expires": 60}}
    each_minute = {"schedule": 60, "options": {"expires": 60}}
    return {
        "sweep": {"task": "reports.tasks.sweep", **sweep},
        "sweep_messages": {"task": "reports.tasks.sweep_messages", **sweep},
        # Every file is read and every signature verified: by night, when nobody waits for a letter.
        "inspect": {"task": "reports.tasks.inspect", "schedule": crontab(hour=3, minute=0)},
        "tell_due": {"task": "centers.tasks.tell_due", **each_minute},
        "settle_hand_overs": {"task": "events.tasks.settle_hand_overs", "schedule": crontab(hour=0, minute=5)},
        "follow_facts": {"task": "events.tasks.follow_facts", "schedule": crontab(hour=0, minute=10)},
        "follow_incoming": {"task": "reports.tasks.follow_incoming", "schedule": crontab(hour=0, minute=15)},
        # Each hour, for what was broken off at midnight.
        "forget_pupils": {"task": "olympiad.tasks.forget_pupils", "schedule": crontab(minute=2)},
        "sweep_imports": {"task": "rcro_portal.tasks.sweep_imports", **each_minute},
        "sweep_certificates": {"task": "reports.tasks.sweep_certificates", **each_minute},
        "sweep_year_reports": {"task": "reports.tasks.sweep_year_reports", **each_minute},
        "follow_attendance": {"task": "reports.tasks.follow_attendance", **each_minute},
        "forget_sessions": {"task": "centers.tasks.forget_sessions", "schedule": crontab(hour=4, minute=0)},
    }


def limits(seconds: int) -> dict[str, dict[str, int]]:
    """How long a task that mails may take: a server may take its time over one message."""
    mailing = (task for task, route in ROUTES.items() if route["queue"] == MAIL)
    return {task: {"soft_time_limit": seconds - 30, "time_limit": seconds} for task in mailing}


def worker(kind: str = "") -> list[str]:
    """The command of a worker; ``mail`` has more children, since it mostly waits for others. KeyError for no kind."""
    if not kind:
        return WORKER
    command = [*WORKER, "--queues", ",".join(WORKERS[kind]), "--hostname", f"{kind}@%h"]
    if kind == MAIL:
        # One may wait minutes for a server, or inspect the portal half an hour: another shows that the worker lives.
        command += ["--concurrency", str(env.number("RCRO_MAIL_CHILDREN", 2, least=2))]
    return command


def main() -> None:
    kind = "".join(sys.argv[1:2])
    if kind and kind not in WORKERS:
        sys.exit(f"There is no worker «{kind}», only: {', '.join(WORKERS)}.")
    if kind == MAIL:
        # Thousands of certificates are drawn there too: a letter that is drawn meanwhile goes first.
        os.nice(BEHIND_LETTERS)
    os.execv(sys.executable, worker(kind))  # noqa: S606


if __name__ == "__main__":
    main()
