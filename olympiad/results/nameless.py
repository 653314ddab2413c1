"""What of a title or of a cell that says a place may be kept: nothing that names somebody."""

import re

from olympiad.results.headings import NOT_NAMES

_WORD = r"[А-ЯЁ][а-яёА-ЯЁ]+(?:-[А-ЯЁ][а-яёА-ЯЁ]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
_PATRONYMIC = re.compile(r"\b\w{2,}(?:вич|вна|ична|инична|оглы|кызы)\b", re.IGNORECASE)
_SHORTENED = re.compile(rf"{_WORD}\s+{_INITIALS}|{_INITIALS}\s?{_WORD}")
# Whose name a school bears: «им. А.С. Пушкина».
_NAMED_AFTER = re.compile(r"\b(?:имени|им\b\.?)[^,;]*", re.IGNORECASE)
_NAME_ALONE = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,2}}")


def names_somebody(text: str) -> bool:
    """«Орлов О.О.», «Олег Олегович», two or three words with capitals and nothing else."""
    text = _NAMED_AFTER.sub("", text)
    alone = _NAME_ALONE.fullmatch(text.strip()) and not NOT_NAMES.search(text.casefold())
    return bool(alone) or _surely(text)


def _surely(text: str) -> bool:
    return bool(_PATRONYMIC.search(text) or _SHORTENED.search(text))


def kept(text: str) -> str:
    """On one line; nothing of a cell that names somebody."""
    line = " ".join(text.split())
    return "" if names_somebody(line) else line


def kept_of_counts(text: str) -> str:
    """Of a line with counts, which is of a place or a subject and of nobody: «Белый Яр» is no pupil there."""
    line = " ".join(text.split())
    return "" if _surely(_NAMED_AFTER.sub("", line)) else line
