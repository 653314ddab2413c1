"""What goes with a letter (приложения): files taken, ordered and named.

The same verbs serve the outcome of an event and a letter that is written freely; at filing the rows are copied into
the snapshot, so that the visa covers the files by their sha256.
"""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import F

from events.models import Outcome, OutcomeAppendix
from events.models.outcome import OutcomeStatus
from events.outcomes import OutcomeLocked
from rcro_portal import store
from rcro_portal.drafting import Enclosure
from rcro_portal.refusals import Refusal
from rcro_portal.text import NAME_LIMIT, clean_text
from reports import drafts, enclosed_file
from reports.models import Letter, LetterAppendix, Snapshot, SnapshotAppendix

AT_MOST = 20
COPIED = ("position", "title", "file_name", "digest", "size", "media_type", "sheets", "copies")


class TooMany(Refusal):
    words = f"У письма не больше {AT_MOST} приложений. Объедините файлы."


class SheetsUnknown(Refusal):
    words = "Файл не говорит, сколько в нём листов. Укажите их число."


def add(
    *, of: Outcome | Letter, data: bytes, file_name: str, title: str, sheets: int | None = None, copies: int = 1
) -> Enclosure:
    """Keep the file and put it last. Where ``sheets`` is not said, the file's own count is taken.

    Raises NotTaken, SheetsUnknown, TooMany, and OutcomeLocked or DraftLocked where the text is under way.
    """
    kind = enclosed_file.judge(data)
    sheets = sheets or kind.sheets
    if not sheets:
        raise SheetsUnknown
    digest = store.put(data)
    with transaction.atomic():
        _hold(of)
        count = of.appendices.count()
        if count >= AT_MOST:
            raise TooMany
        return _rows(of).create(
            position=count + 1,
            title=title,
            file_name=_named(file_name, kind.media_type),
            digest=digest,
            size=len(data),
            media_type=kind.media_type,
            sheets=sheets,
            copies=copies,
            **_owner(of),
        )


@transaction.atomic
def remove(*, of: Outcome | Letter, appendix: Enclosure) -> None:
    _hold(of)
    appendix.delete()
    _number(of, [row for row in _in_order(of) if row.pk != appendix.pk])


@transaction.atomic
def rise(*, of: Outcome | Letter, appendix: Enclosure) -> None:
    """Put it one place higher; the first stays."""
    _hold(of)
    rows = _in_order(of)
    place = next((place for place, row in enumerate(rows) if row.pk == appendix.pk), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    _number(of, rows)


@transaction.atomic
def count(*, of: Outcome | Letter, appendix: Enclosure, sheets: int, copies: int, title: str) -> None:
    """Mend what the mark says of it: a file printed on both sides has fewer sheets than pages."""
    _hold(of)
    _rows(of).filter(pk=appendix.pk).update(sheets=sheets, copies=copies, title=title)


def freeze(snapshot: Snapshot, of: Outcome | Letter) -> None:
    """Copy the rows into the snapshot; call it where the snapshot is taken."""
    rows = [{name: getattr(row, name) for name in COPIED} for row in _in_order(of)]
    SnapshotAppendix.objects.bulk_create(SnapshotAppendix(snapshot=snapshot, **row) for row in rows)


def copy(*, snapshot: Snapshot | None, letter: Letter) -> None:
    """Give a new draft the appendices of a letter that it replaces."""
    rows = snapshot.appendices.order_by("position") if snapshot else []
    LetterAppendix.objects.bulk_create(
        LetterAppendix(letter=letter, **{name: getattr(row, name) for name in COPIED}) for row in rows
    )


def _hold(of: Outcome | Letter) -> None:
    """Filing waits until the commit, and afterwards finds the change or has refused it."""
    if isinstance(of, Letter):
        drafts.hold_draft(of)
    elif not Outcome.objects.filter(pk=of.pk, status=OutcomeStatus.DRAFT).update(version=F("version")):
        raise OutcomeLocked


def _rows(of: Outcome | Letter) -> Any:
    return OutcomeAppendix.objects if isinstance(of, Outcome) else LetterAppendix.objects


def _owner(of: Outcome | Letter) -> dict[str, Any]:
    return {"outcome": of} if isinstance(of, Outcome) else {"letter": of}


def _in_order(of: Outcome | Letter) -> list[Any]:
    return list(of.appendices.order_by("position", "pk"))


def _number(of: Outcome | Letter, rows: Iterable[Any]) -> None:
    for position, row in enumerate(rows, 1):
        _rows(of).filter(pk=row.pk).update(position=position)


def _named(file_name: str, media_type: str) -> str:
    """The name as people know it, with the ending that the content has."""
    stem = clean_text(PurePath(file_name or "").stem) or "Приложение"
    ending = f".{enclosed_file.ENDINGS[media_type]}"
    return stem[: NAME_LIMIT - len(ending)] + ending
