"""The broker is dead, the worker is killed, tasks come late or twice: the letter still comes, once."""

import email
import email.policy
import socket
import time
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from events.models import Commitment
from rcro_portal import queues
from rcro_portal.celery import app
from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from reports import tasks
from reports.letters import letters
from reports.models import Letter, LetterFile, Recipient
from reports.models.letter import FileKind, LetterStatus
from reports.operations import invariants, stored_files, sweeping
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.events import TalkFactory, ready_outcome
from tests.factories.moments import FILED_AT, REGISTERED_AT, SENT_AT
from tests.factories.reports import Office
from tests.faults import registering
from tests.pace import Stopwatch
from tests.worker import Worker, until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
SOON = 120


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def comes(letter: Letter, worker: Worker) -> None:
    """The letter awaits its signature, drawn once."""
    until(lambda: fresh(letter).status == LetterStatus.AWAITING, SOON, lambda: worker.log[-3000:])
    final = LetterFile.objects.get(letter=letter, kind=FileKind.FINAL)
    assert fresh(letter).final == final
    assert store.read(final.digest).startswith(b"%PDF-1.7")
    assert letter.transitions.filter(after="awaiting").count() == 1


def long_letter(office: Office) -> Letter:
    """Approved, and long enough to be killed in the middle of."""
    outcome = ready_outcome(prepared_by=office.methodist.person, edited_by=office.methodist)
    for _ in range(3):
        TalkFactory(outcome=outcome, text="Приборы собирают сами ученики, а учитель помогает. " * 40)
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    walked.approve(letter, office)
    return letter


# -- The broker ---------------------------------------------------------------------------------------


def pressed(letter: Letter, office: Office, folder: Path, **variables: str) -> str:
    """«К подписанию» in a process with a broker of its own, which holds nobody for long; what was logged."""
    go = folder / "go"
    process = registering.start(office.director.pk, go, REGISTERED_AT, [letter.pk], **variables)
    watch = Stopwatch()
    go.touch()
    _, logged = process.communicate()
    assert process.returncode == 0, logged
    assert watch.within(30)
    return logged


def dead_broker(settings: Settings, folder: Path) -> dict[str, str]:
    if settings.REDIS_URL:
        return {"REDIS_URL": "redis://127.0.0.1:1/0"}
    # Root writes into any folder, but nobody into a file.
    (folder / "broker").touch()
    return {"RCRO_DATA_DIR": str(folder)}


def test_letter_registered_while_the_broker_is_dead_is_drawn_by_the_sweep(
    office: Office, settings: Settings, tmp_path: Path, late_worker: Worker
) -> None:
    letter = walked.approved(office)
    logged = pressed(letter, office, tmp_path, **dead_broker(settings, tmp_path))
    assert "in on_commit()" in logged
    row = fresh(letter)
    assert (row.status, row.entry.sequence, row.draw_attempts) == (LetterStatus.PREPARING, 941, 0)
    with late_worker as worker:
        comes(letter, worker)


def test_frozen_broker_holds_the_director_for_seconds_not_for_a_minute(office: Office, tmp_path: Path) -> None:
    """It takes the connection and says nothing, as a stopped Redis does."""
    letter = walked.approved(office)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        logged = pressed(letter, office, tmp_path, REDIS_URL=url)
    assert "in on_commit()" in logged
    assert fresh(letter).status == LetterStatus.PREPARING
    assert sweeping.sweep(now=REGISTERED_AT)["drawn"] == 1


# -- The worker -----------------------------------------------------------------------------------------


def lease_ends(letter: Letter) -> None:
    """As after minutes: on a slow machine a short lease ends while its worker still draws, and the work is lost."""
    Letter.objects.filter(pk=letter.pk, status=LetterStatus.PREPARING).update(draw_lease_until=timezone.now())


def test_killed_in_the_middle_of_drawing(office: Office, late_worker: Worker) -> None:
    interrupted = []
    with late_worker as worker:
        for seconds in (0, 0.2):
            letter = long_letter(office)
            walked.register(letter, office)
            until(lambda letter=letter: fresh(letter).draw_attempts, SOON, lambda: worker.log[-3000:])
            time.sleep(seconds)
            worker.kill()
            interrupted.append(fresh(letter).status == LetterStatus.PREPARING)
            lease_ends(letter)
            worker.start()
            comes(letter, worker)
            assert fresh(letter).draw_attempts == 1 + interrupted[-1]
    assert any(interrupted)
    assert [*stored_files.broken(), *invariants.transitions(), *invariants.numbers_of_letters()] == []


def test_doubled_and_late_tasks_change_nothing(office: Office, key: None, worker: Worker) -> None:
    first, second = CoordinatorFactory(), CoordinatorFactory()
    addresses, before = [first.person.email, second.person.email], mail_files(worker)
    letter = walked.approved(office)
    walked.register(letter, office)
    for _ in range(4):
        tasks.draw.delay(letter.pk, REGISTERED_AT.isoformat())
    comes(letter, worker)
    letter = fresh(letter)
    tasks.send.delay(letter.pk, SENT_AT.isoformat())
    walked.sign(letter, office)
    for _ in range(4):
        tasks.draw.delay(letter.pk, REGISTERED_AT.isoformat())
        tasks.send.delay(letter.pk, SENT_AT.isoformat())
    gone = Recipient.objects.filter(status=MessageStatus.SENT)
    until(lambda: gone.count() == 2, SOON, lambda: worker.log[-3000:])
    for pk in Recipient.objects.values_list("pk", flat=True):
        for _ in range(3):
            tasks.deliver.delay(pk, SENT_AT.isoformat())
    all_done(worker)
    assert [(step.before, step.after) for step in letter.transitions.order_by("pk")] == [
        ("draft", "review"),
        ("review", "approved"),
        ("approved", "preparing"),
        ("preparing", "awaiting"),
        ("awaiting", "signed"),
        ("signed", "sent"),
    ]
    assert list(Recipient.objects.values_list("attempts", flat=True)) == [1, 1]
    assert set(Commitment.objects.values_list("organization__center", flat=True)) == {first.center_id, second.center_id}
    assert sorted(receivers(mail_files(worker) - before, "Письмо № 941")) == sorted(addresses)
    assert {title: words for title, words in invariants.broken().items() if words} == {}


def mail_files(worker: Worker) -> set[Path]:
    """A message each, as the demonstration's mail is kept."""
    return set((worker.log_path.parent.parent / "mail").glob("*.log"))


def receivers(files: set[Path], title: str) -> list[str]:
    """To whom the messages went whose subject begins so: digests of the office may come in between."""
    messages = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
    return [message["To"] for message in messages if message["Subject"].startswith(title)]


def all_done(worker: Worker) -> None:
    """What was asked for before this has been done: one child takes one task of a queue after the other."""
    for queue in queues.WORKERS:
        last = app.send_task("celery.accumulate", queue=queue)
        done = f"celery.accumulate[{last.id}] succeeded"
        until(lambda done=done: done in worker.log, SOON, lambda: worker.log[-3000:])
