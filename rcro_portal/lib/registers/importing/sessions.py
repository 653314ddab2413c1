"""An import from its file to what it wrote: the verbs, and the file as they all see it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from rcro_portal.lib import store
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.registers.importing import forgetting, reading, registry
from rcro_portal.lib.registers.importing import heads as headings
from rcro_portal.lib.registers.importing.asking import SKIP
from rcro_portal.lib.registers.importing.kinds import Judgement, Kind, Written
from rcro_portal.lib.registers.importing.opened import Opened
from rcro_portal.lib.registers.importing.stored import Session, State
from rcro_portal.lib.text import NAME_LIMIT, readable_name

EDITED_AT_MOST = 5_000
NO_WORK: dict[str, Any] = {"work": "", "lease_until": None, "found": None}


class NotReady(Refusal):
    """The file cannot be written as it is."""

    words = "Файл с тех пор перестал подходить: в портале появились другие строки. Проверьте его ещё раз."


class FileGone(Refusal):
    words = "Срок хранения файла вышел, портал его удалил. Загрузите файл ещё раз."


def begin(
    model: type[Session],
    kind: type[Kind],
    *,
    options: Mapping[str, Any],
    name: str,
    data: bytes,
    by: Any,
    at: datetime.datetime,
) -> Session:
    """Keep a file that can be read. Raises reading.CannotRead where it is no table."""
    sheets = reading.read(data)
    known_as = readable_name(name, "таблица")[-NAME_LIMIT:]
    session = model.begin(kind=kind.key, options=options, name=known_as, data=data, by=by, at=at)
    session.all_rows = sum(len(one.rows) for one in sheets)
    keep(session, data)
    return session


def of_data(session: Session, kind: type[Kind], data: bytes) -> Opened:
    """A file that may not be kept yet. Raises reading.CannotRead."""
    return Opened(session, kind, reading.read(data))


def keep(session: Session, data: bytes) -> None:
    kind = registry.kinds().get(session.kind)
    session.file_name = (kind.file_called if kind else "") or session.file_name
    session.digest = store.put_for_row(data)
    session.save()


def opened(session: Session, kind: type[Kind]) -> Opened:
    """Raises FileGone."""
    if not session.digest:
        raise FileGone
    return Opened(session, kind, reading.read(store.read(session.digest)))


def read_as(
    file: Opened,
    *,
    sheet: str = "",
    head_rows: Sequence[int] | None = None,
    columns: Mapping[str, str] | None = None,
    with_hidden: bool = False,
) -> None:
    """Which sheet, which rows of headings (none: none at all; null: the portal finds them), which column is which.

    What is said of columns is remembered for files with the same headings. Raises WrongStep.
    """
    session = file.session
    told = {"sheet": sheet, "head_rows": head_rows, "with_hidden": with_hidden, "columns": columns, "signature": ""}
    if columns is not None and file.sheet is not None:
        told["signature"] = headings.signature(file.heads if head_rows is None else file.at(head_rows))
    if not _idle(session).update(**told):
        raise WrongStep
    session.refresh_from_db()


def edit(session: Session, row: int, cells: Mapping[str, str]) -> None:
    """Read these cells (by their letters) otherwise than the file has them. Raises WrongStep, FileGone."""
    with transaction.atomic():
        # No other row is edited meanwhile.
        if not _idle(session).update(kind=F("kind")):
            raise WrongStep
        session.refresh_from_db()
        if not session.digest:
            # What was typed went with the file, and nothing would take this away.
            raise FileGone
        if str(row) not in session.edits and len(session.edits) >= EDITED_AT_MOST:
            raise NotReady(f"Исправлено {EDITED_AT_MOST} строк. Остальные исправьте в самом файле.")
        session.edits[str(row)] = {**session.edits.get(str(row), {}), **cells}
        session.save(update_fields=["edits"])


def answer(
    session: Session, asked: Iterable[Mapping[str, Any]], said: Mapping[str, str], *, by: Any, at: datetime.datetime
) -> int:
    """Keep what is said of the questions that are ``asked``, and remember it for other files; how many answers it is.

    What none of a question's choices is, is no answer. Raises WrongStep.
    """
    told = [(one, said.get(one["name"], "")) for one in asked]
    told = [(one, value) for one, value in told if value in {choice[0] for choice in one["choices"]}]
    with transaction.atomic():
        if not _idle(session).update(kind=F("kind")):
            raise WrongStep
        session.refresh_from_db()
        for one, value in told:
            if value == SKIP:
                session.passed_over = sorted({*session.passed_over, *one["numbers"]})
            else:
                defaults = {"said": value, "by": by, "at": at}
                session.answered().update_or_create(about=one["about"], key=one["key"], defaults=defaults)
        session.save(update_fields=["passed_over"])
    return len(told)


def take_again(session: Session) -> None:
    """No row is passed over any more. Raises WrongStep."""
    if not _idle(session).update(passed_over=[]):
        raise WrongStep


def write(session: Session, kind: type[Kind], *, by: Any, at: datetime.datetime, good_rows: bool = False) -> Judgement:
    """All rows of the file, or with ``good_rows`` those without a fault; in one transaction, or nothing.

    Raises ChooseSheet, NotReady, WrongStep.
    """
    file = opened(session, kind)
    importer = file.importer(by=by, at=at)
    with _said_in_words(), transaction.atomic(), authorship.explain(f"Загрузка файла «{session.file_name}»", by=by.pk):
        if not _open(session).update(state=State.WRITTEN, written_by=by, written_at=at, **NO_WORK):
            raise WrongStep("Этот файл уже внесён или его загрузка отменена. Загрузите файл ещё раз.")
        importer.lock()
        session.refresh_from_db()
        file = Opened(session, kind, file.sheets)
        judging = file.judging(by=by, at=at, kind=importer)
        judgement = judging.good if good_rows else judging.all
        if not judgement.is_ready:
            raise NotReady
        _keep(session, importer.write(judgement))
        session.left_out = sorted(judgement.set_aside)
        session.save(update_fields=["left_out"])
        if not kind.keeps_file:
            transaction.on_commit(partial(forgetting.forget_unkept, type(session), now=at), robust=True)
    return judgement


@contextmanager
def _said_in_words() -> Iterator[None]:
    """What the database refuses came up in this moment: whoever judges again reads what it is."""
    try:
        yield
    except IntegrityError as error:
        raise NotReady from error


def _keep(session: Session, written: Any) -> None:
    rows: Any = session.rows  # type: ignore[attr-defined]
    rows.bulk_create(
        [
            rows.model(session=session, table=one.table, row=one.row, record=one.pk, was=one.was, now=one.now)
            for one in written
        ],
        batch_size=1_000,
    )


def undo(session: Session, kind: type[Kind], *, by: Any, at: datetime.datetime) -> str:
    """Take the whole session back as far as the kind's rules allow; words say how far. Raises CannotUndo, WrongStep."""
    importer = kind(options=session.options, by=by, at=at)
    with transaction.atomic(), authorship.explain(f"Отмена загрузки файла «{session.file_name}»", by=by.pk):
        written = type(session)._default_manager.filter(pk=session.pk, state=State.WRITTEN)
        if not written.update(state=State.UNDONE, undone_by=by, undone_at=at):
            raise WrongStep("Отменять нечего: файл не внесён или уже отменён.")
        importer.lock()
        rows = session.rows.order_by("pk").values_list("row", "record", "was", "now", "table")  # type: ignore[attr-defined]
        return importer.undo([Written(*row) for row in rows])


def _open(session: Session) -> Any:
    return type(session)._default_manager.filter(pk=session.pk, state=State.OPEN)


def _idle(session: Session) -> Any:
    """Open, and no worker is at it."""
    return _open(session).filter(work="")
