"""The main job, run once: the outcome of the webinar of 18.09.2020 becomes the signed letter № 941 of 25.09.2020.

Each step is taken only if the letter has not passed it yet, so that a run that was broken off goes on where it stopped.
What the worker does (drawing, releasing, mailing) is waited for: without a worker there is no letter.
"""

import datetime
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from centers.models import User
from events.models import Outcome
from rcro_portal.demo import answers, keys
from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from reports.composing import renditions
from reports.letters import letters, signatures
from reports.models import Letter
from reports.models.letter import LetterStatus

METHODIST, HEAD, DIRECTOR = "safonova@rcro.example", "sarycheva@rcro.example", "lyzhina@rcro.example"
WAIT_SECONDS = 60


class NoWorker(Exception):
    """The letter waits and nobody works: the worker is not running, or cannot do it."""


def run() -> Path:
    """Walk № 941 to everyone; the path of its signed PDF. Raises NoWorker."""
    outcome = Outcome.objects.get(event__starts_at__date=datetime.date(2020, 9, 18), event__kind="webinar")
    letter = outcome.letters.living().first() or letters.file_outcome(
        outcome=outcome, by=_user(METHODIST), at=_at(22, 10)
    )
    _pass(letter, LetterStatus.REVIEW, _approve)
    _pass(letter, LetterStatus.APPROVED, _register)
    _wait(letter, "нарисовал PDF", lambda: letter.status != LetterStatus.PREPARING)
    _pass(letter, LetterStatus.AWAITING, _sign)
    _wait(letter, "отправил письмо", lambda: letter.status == LetterStatus.SENT and not _on_the_way(letter))
    answers.give_to_letter_941()
    return _copy(letter)


def _pass(letter: Letter, status: str, step: Callable[[Letter], None]) -> None:
    letter.refresh_from_db()
    if letter.status == status:
        step(letter)


def _approve(letter: Letter) -> None:
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=_user(HEAD), at=_at(23, 11))


def _register(letter: Letter) -> None:
    letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=_user(DIRECTOR), at=_at(25, 9))


def _sign(letter: Letter) -> None:
    signatures.sign(
        letter=letter,
        digest=letter.final.digest,
        password=keys.PASSWORD,
        by=_user(DIRECTOR),
        at=_at(25, 9, 30),
        now=timezone.now(),
    )


def _on_the_way(letter: Letter) -> bool:
    return letter.recipients.filter(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING]).exists()


def _wait(letter: Letter, what: str, is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        letter.refresh_from_db()
        if is_done():
            return
        time.sleep(0.1)
    raise NoWorker(
        f"Обработчик заданий за {WAIT_SECONDS} секунд не {what}. Ничего не потеряно: запустите его и повторите. "
        f"{letter.draw_error}"
    )


def _copy(letter: Letter) -> Path:
    """The signed file under a name that people know, beside the store that keeps it under its digest."""
    letter = Letter.objects.select_related("entry", "signature__original").get(pk=letter.pk)
    path = settings.DATA_DIR / "letters" / f"{renditions.file_stem(letter)}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(store.read(letter.signature.original.digest))
    return path


def _user(email: str) -> User:
    return User.objects.select_related("person").get(email=email)


def _at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(2020, 9, day, hour, minute))  # noqa: DTZ001
