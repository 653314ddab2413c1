"""The words of results: what a cell of a protocol says of a status, a grade, a subject, a count."""

import re
from enum import StrEnum

from rcro_portal.lib import russian
from rcro_portal.lib.registers.importing.fields import whole

_NOTHING = re.compile(r"[-–—.\s]*")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_GRADE = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_GRADES_SAID = re.compile(
    r"(?<!\d)((?:\d{1,2}(?:-?(?:й|ый|ой|ых|х|е))?\s*(?:[-–—,/]|и|по)\s*)*\d{1,2})\s*(?:-?(?:й|ый|ой|ых|х|е))?\s*(?:кл\b|класс)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_POINTS = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]+)?")
_WORD = re.compile(r"[^\W\d_]{3}")


class Status(StrEnum):
    """What became of a participant; ``AWAY``: somebody who did not take part, or whose work does not count."""

    WINNER = "winner"
    PRIZE_WINNER = "prize_winner"
    PARTICIPANT = "participant"
    AWAY = "away"


# In any case, gender and number: «победительница», «Призёрам», «не явился».
_STATUSES = (
    (re.compile(r"не\s*яв|неяв|^н/?я$|отсутств|не участв|не приступ|удал[её]н|дисквалиф|аннулир"), Status.AWAY),
    (re.compile(r"победит|(?<!\w)(?:1|i)(?:-?[йея])? ?степен"), Status.WINNER),
    (re.compile(r"при[зс][её]р|(?<!\w)(?:2|3|ii|iii)(?:-?[йея])? ?степен"), Status.PRIZE_WINNER),
    (re.compile(r"участ"), Status.PARTICIPANT),
)
# What somebody was in another year, or is not, says nothing of what they are in this one.
_OTHERWISE = re.compile(
    r"\b(?:победител|при[зс][её]р)\w*(?: и при[зс][её]р\w*)? (?:прошл|предыдущ|20\d\d)\w*(?: (?:учебного )?года)?"
)
_IS_NOT = re.compile(r"\bне (?:явля\w+ )?(?:победит|при[зс][её]р)\w*(?: или при[зс][её]р\w*)?")
STATUSES = ("победитель", "призёр", "участник", "неявка")


def status(text: str) -> Status | None:
    """None where the words say none of them. An empty cell is a participant: protocols name the laureates alone."""
    said = _SPACES.sub(" ", text.strip().casefold())
    if not said.strip("-–—."):
        return Status.PARTICIPANT
    said = _IS_NOT.sub("участник", _OTHERWISE.sub("", said))
    return next((found for pattern, found in _STATUSES if pattern.search(said)), None)


def grade(text: str) -> int | None:
    """«10», «10:Б», «10 «А»», «10.0», «Х»: the number of a class; None where it is not from 1 to 11."""
    found = _GRADE.search(whole(text.strip()))
    return int(found[1]) if found and 1 <= int(found[1]) <= 11 else None


def grade_said(text: str) -> int | None:
    """«9 класс», «Протокол, 9-е классы»: where a title or the name of a sheet says one; «9–11 классы» says none."""
    found = {int(one) for several in _GRADES_SAID.findall(text) for one in _NUMBERS.findall(several)}
    return found.pop() if len(found) == 1 and found <= set(range(1, 12)) else None


def without_grade(text: str) -> str:
    """«Физика, 9 класс» is «Физика», «9 класс» is nothing."""
    bare = re.sub(r"класс\w*|кл\b\.?", "", _GRADES_SAID.sub("", text), flags=re.IGNORECASE)
    return " ".join(bare.split()).strip(" .,;:–—-()")


def grade_alone(name: str) -> int | None:
    """A sheet that is called «9»."""
    return grade(name) if name.strip().isdecimal() else None


def count(text: str) -> int | None:
    """«1 074» is 1074; «–» and nothing are unknown, which is not nought. Raises ValueError."""
    said = _SPACES.sub("", text)
    if _NOTHING.fullmatch(said):
        return None
    number = whole(said)
    if not number.isdecimal() or len(number) > 6:
        raise ValueError(text)
    return int(number)


def points(text: str) -> float | None:
    """«61,5»: a decimal comma. Raises ValueError."""
    said = _SPACES.sub("", text).replace(",", ".")
    if _NOTHING.fullmatch(said):
        return None
    if not _POINTS.fullmatch(said):
        raise ValueError(text)
    return float(said)


def may_name(text: str) -> bool:
    """Whether a cell that cannot be read may hold somebody's name: a row that slipped by a column puts it anywhere."""
    return bool(_WORD.search(text))


def cited(text: str) -> str:
    """« «Б»» after the name of a column; nothing of what may be a name: the row and the column say where it stands."""
    return "" if may_name(text) else f" «{text[:20]}»"


def subject_keys(text: str) -> list[str]:
    """As names are compared, the whole first, then without a profile: «Информатика. Робототехника», «Искусство (МХК)».

    The regulations of each year name profiles anew; results are counted by subject.
    """
    bare = _IN_BRACKETS.sub("", text)
    ways = [text, bare, bare.partition(".")[0], bare.partition(":")[0], bare.partition(" - ")[0]]
    return list(dict.fromkeys(key for way in ways if (key := russian.search_key(way))))
