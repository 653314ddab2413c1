"""Workbooks of Excel 97–2003, by calamine: it tells neither hidden rows nor colours nor errors."""

import datetime
import io
from typing import Any

from rcro_portal.lib.packages import Unreadable
from rcro_portal.lib.spreadsheets import values
from rcro_portal.lib.spreadsheets.grid import Counter, Grid

AGAIN = "Откройте файл в Excel, сохраните его как .xlsx без пароля и загрузите ещё раз."


def sheets(data: bytes, counter: Counter) -> list[Grid]:
    """Raises Unreadable, TooMuch."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = []
        for number, told in enumerate(book.sheets_metadata):
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            grid = Grid(told.name, counter, is_hidden=told.visible != SheetVisibleEnum.Visible)
            _fill(grid, book.get_sheet_by_index(number))
            grids.append(grid)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise Unreadable(f"Файл .xls не прочитан. {AGAIN}") from error
    return grids


def _fill(grid: Grid, sheet: Any) -> None:
    for row, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, cell in enumerate(cells, start=1):
            if cell != "":
                grid.put(row, column, _told(cell))
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        grid.merge(top + 1, left + 1, bottom + 1, right + 1)


def _told(cell: Any) -> str:
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, datetime.date):
        return values.day(cell)
    if isinstance(cell, datetime.time):
        return values.time(cell)
    return values.number(cell) if isinstance(cell, (int, float)) else str(cell)
