"""The sheets of a brought file, read in a process of their own under limits."""

import json
from typing import Any

from django.core.exceptions import ValidationError

from rcro_portal.lib import limited, packages
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.importing.cells import Broken
from rcro_portal.lib.registers.importing.sheets import Merge, Sheet
from rcro_portal.lib.russian import grouped
from rcro_portal.lib.spreadsheets import brought
from rcro_portal.lib.text import FILE_LIMIT_BYTES, clean_text
from rcro_portal.lib.xlsx import ROW_LIMIT

COLUMN_LIMIT = 100
BOUNDS = packages.Bounds(rows=ROW_LIMIT + 1, columns=COLUMN_LIMIT)
LIMITS = limited.DEFAULT
NOTHING = "В файле нет данных: все ячейки пусты. Проверьте, тот ли это файл."


class CannotRead(Refusal):
    """The file is no table that the portal reads; the words say how to save it."""

    words = "Файл не прочитан. Сохраните таблицу как XLSX или CSV и загрузите её ещё раз."


class TooLarge(CannotRead):
    words = (
        f"Таблица слишком велика: файл – до 12 МБ, до {grouped(ROW_LIMIT)} строк и {COLUMN_LIMIT} столбцов. "
        "Удалите лишнее или разделите её на части."
    )


def read(data: bytes) -> list[Sheet]:
    """The sheets of an XLSX, XLS or ODS, the tables of a DOCX, the only one of a CSV: their cells as texts.

    Days are «05.10.2026», whole numbers have no fraction, cells without a value are Broken. Raises CannotRead or
    TooLarge before anything is laid out.
    """
    if len(data) > FILE_LIMIT_BYTES:
        raise TooLarge
    if not data.strip():
        raise CannotRead("Файл пуст.")
    sheets = [_sheet(told) for told in json.loads(_told(data))]
    if not any(sheet.rows for sheet in sheets):
        raise CannotRead(NOTHING)
    return sheets


def _told(data: bytes) -> bytes:
    expected = (packages.TooMuch, packages.Unreadable)
    try:
        return limited.call(brought.read, data, *BOUNDS, raises=expected, limits=LIMITS)
    except packages.TooMuch as error:
        raise TooLarge(f"{TooLarge.words} Сейчас в ней: {error}.") from error
    except (limited.OutOfMemory, limited.OutOfTime) as error:
        raise TooLarge(
            f"{TooLarge.words} Чтобы прочитать эту, не хватило {LIMITS.memory >> 20} МБ памяти или {LIMITS.seconds} с."
        ) from error
    except limited.Busy as error:
        raise CannotRead(limited.BUSY) from error
    except (packages.Unreadable, limited.Failed) as error:
        raise CannotRead(str(error) if isinstance(error, packages.Unreadable) else "") from error


def _sheet(told: dict[str, Any]) -> Sheet:
    texts = ((number, [_text(cell) for cell in cells]) for number, cells in told["rows"])
    # Of cells that seemed to be filled nothing may be left that a reader sees.
    rows = {number: cells for number, cells in texts if any(cells)}
    return Sheet(
        name=_text(told["name"])[:100],
        rows=rows,
        merges=tuple(Merge(*one) for one in told["merges"]),
        is_hidden=told["hidden"],
        hidden_rows=frozenset(told["hidden_rows"]) & rows.keys(),
        coloured=told["coloured"],
    )


def _text(cell: str | list[str]) -> str:
    """What holds no value comes in a list of its own."""
    if isinstance(cell, list):
        return Broken(cell[0])
    if cell.isascii() and cell.isalnum():
        return cell
    try:
        return clean_text(cell)
    except ValidationError as error:
        raise CannotRead(error.messages[0]) from error
