"""What goes with a letter (приложения): files taken, ordered and named.

The same verbs serve the outcome of an event and a letter that is written freely; at filing the rows are copied into
the snapshot, so that the approval covers the files by their sha256.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from events.models import Outcome
from events.outcomes import outcomes
from rcro_portal.lib import files, records, store
from rcro_portal.lib.drafts.models import ENCLOSED, Enclosure
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.refusals import Refusal
from reports.composing import enclosed_file
from reports.letters import drafts
from reports.models import Letter, LetterAppendix, Snapshot, SnapshotAppendix

AT_MOST = 20


class TooMany(Refusal):
    words = f"У письма не больше {AT_MOST} приложений. Объедините файлы."


class SheetsUnknown(Refusal):
    words = "Файл не говорит, сколько в нём листов. Укажите их число."


def add(
    *, of: Outcome | Letter, data: bytes, file_name: str, title: str, sheets: int | None = None, copies: int = 1
) -> Enclosure:
    """Keep the file and put it last. Where ``sheets`` is not said, the file's own count is taken; of a DOCX a person
    confirms it before the letter is filed.

    The same file under the same name is there once, however often its form is sent.

    Raises NotTaken, SheetsUnknown, TooMany, and OutcomeLocked or DraftLocked where the text is under way.
    """
    kind = enclosed_file.judge(data)
    confirmed = kind.is_counted or sheets is not None
    sheets = sheets or kind.sheets
    if not sheets:
        raise SheetsUnknown
    digest = store.put(data)
    with transaction.atomic():
        _drafts(of).hold_draft(of)
        if same := of.appendices.filter(digest=digest, title=title).first():
            return same
        count = of.appendices.count()
        if count >= AT_MOST:
            raise TooMany
        return of.appendices.create(
            position=count + 1,
            title=title,
            file_name=files.named(file_name, kind.media_type, "Приложение"),
            digest=digest,
            size=len(data),
            media_type=kind.media_type,
            sheets=sheets,
            copies=copies,
            pages=kind.sheets,
            sheets_confirmed=confirmed,
        )


@transaction.atomic
def remove(*, of: Outcome | Letter, appendix: Enclosure) -> None:
    _drafts(of).hold_draft(of)
    appendix.delete()
    _number(of, [row for row in _in_order(of) if row.pk != appendix.pk])


@transaction.atomic
def rise(*, of: Outcome | Letter, appendix: Enclosure) -> None:
    """Put it one place higher; the first stays."""
    _drafts(of).hold_draft(of)
    rows = _in_order(of)
    place = next((place for place, row in enumerate(rows) if row.pk == appendix.pk), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    _number(of, rows)


@transaction.atomic
def count(*, of: Outcome | Letter, appendix: Enclosure, sheets: int, copies: int, title: str) -> None:
    """Mend or confirm what the mark says of it: a file printed on both sides has fewer sheets than pages.

    Raises Moved where somebody else has mended it since it was read.
    """
    _drafts(of).hold_draft(of)
    said = {"sheets": sheets, "copies": copies, "title": title, "sheets_confirmed": True}
    records.change(appendix, held=counted(appendix), **said)


def counted(appendix: Enclosure) -> dict[str, Any]:
    """What the mark says of it now."""
    return {"title": appendix.title, "sheets": appendix.sheets, "copies": appendix.copies}


def freeze(snapshot: Snapshot, of: Outcome | Letter) -> None:
    """Copy the rows into the snapshot; call it where the snapshot is taken."""
    rows = [{name: getattr(row, name) for name in ENCLOSED} for row in _in_order(of)]
    SnapshotAppendix.objects.bulk_create(SnapshotAppendix(snapshot=snapshot, **row) for row in rows)


def copy(*, snapshot: Snapshot | None, letter: Letter) -> None:
    """Give a new draft the appendices of a letter that it replaces."""
    rows = snapshot.appendices.order_by("position") if snapshot else []
    LetterAppendix.objects.bulk_create(
        LetterAppendix(letter=letter, **{name: getattr(row, name) for name in ENCLOSED}) for row in rows
    )


def _drafts(of: Outcome | Letter) -> Drafts[Any]:
    """Where the text is held: filing waits until the commit, and afterwards finds the change or has refused it."""
    return outcomes.DRAFTS if isinstance(of, Outcome) else drafts.DRAFTS


def _in_order(of: Outcome | Letter) -> list[Any]:
    return list(of.appendices.order_by("position", "pk"))


def _number(of: Outcome | Letter, rows: Iterable[Any]) -> None:
    for position, row in enumerate(rows, 1):
        of.appendices.filter(pk=row.pk).update(position=position)
