"""What people paste from Word and Excel, as the lines that the portal knows: items of lists and rows of tables.

The clipboard's plain text has a tab between cells and after the mark of a list's item; a space in its place would glue
«Лицей № 8» to its «12». ``paste.js`` does the same in the browser, where it can also ask.
"""

import re

from django.core.exceptions import ValidationError

# Word's line break, page break and the next line of some databases end a line; its non-breaking hyphen is a hyphen.
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c\x1d\x85\u2028\u2029]")
_HARD_HYPHEN = "\x1e"
# Marks of Word's own lists, Symbol and Wingdings in the private area; «o» and «§» are letters unless a tab follows.
_BULLET = (
    r"(?:[·•∙▪▫◦‣●○■□◆◇❖➢➔►✓✔\uf02d\uf06c-\uf06f\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc][ \t\xa0]*"
    r"|[o§](?:\t|[ \xa0]{2})[ \t\xa0]*|[–—-]\t[ \t\xa0]*)"
)
_NUMBER = r"(?:(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|[А-ЯЁа-яёA-Za-z]\))[ \t\xa0]+)"
_ITEM = re.compile(rf"[ \t\xa0]*(?:(?P<bullet>{_BULLET})|(?P<number>{_NUMBER}))(?=\S)")
_MARKS = re.compile(rf"^[ \t\xa0]*(?:(?:{_BULLET}|[–—-][ \xa0]|{_NUMBER})(?=\S))+")
_CELL = re.compile(r"(?:^|[ \xa0])\|(?:[ \xa0]|$)")
NO_TABLES = (
    "Вставлены строки таблицы, а в этом поле таблицы не печатаются. Напишите их фразами или приложите таблицу файлом: "
    "введённое осталось на странице."
)


def lines(text: str, *, items: bool, tables: bool) -> str:
    """Items as «– …», «1. …», «а) …» and rows as «… | …».

    Where the portal numbers by itself (``items`` is false) the marks are taken off. Raises ValidationError for rows
    where no table is printed.
    """
    typed = [line if items else _MARKS.sub("", line, count=1) for line in line_ends(text).split("\n")]
    marked = [_item(line) if items else line for line in typed]
    rows = _rows(marked)
    if any(rows) and not tables:
        raise ValidationError(NO_TABLES, code="table")
    return "\n".join(_row(line) if row else line for line, row in zip(marked, rows, strict=True))


def line_ends(text: str) -> str:
    """A line feed for whatever ends a line."""
    return _LINE_ENDS.sub("\n", text).replace(_HARD_HYPHEN, "-")


def _item(line: str) -> str:
    found = _ITEM.match(line)
    # Two tabs are three cells: what looks like a mark is the first of them.
    if found is None or "\t" in line[found.end() :].strip() or _CELL.search(line):
        return line
    mark = "–" if found["bullet"] else found["number"].strip().lower()
    return f"{mark} {line[found.end() :]}"


def _rows(lines: list[str]) -> list[bool]:
    """Which lines are rows: those with a tab between words, and beside them those whose other cells are empty."""
    sure = ["\t" in line.strip() for line in lines]
    tabs = [line.count("\t") for line in lines]

    def beside(place: int) -> bool:
        near = [one for one in (place - 1, place + 1) if 0 <= one < len(lines)]
        return tabs[place] > 0 and any(sure[one] and tabs[one] == tabs[place] for one in near)

    return [sure[place] or beside(place) for place in range(len(lines))]


def _row(line: str) -> str:
    return " | ".join(cell.strip() for cell in line.split("\t"))
