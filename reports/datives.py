"""Names and posts in the dative, as an addressee is printed: a first guess that its author mends in the form.

Names are declined by a library that was right on all names tried. Posts are not given to a library: word by word they
come out wrong («заместителю директору»), so only the head noun and the adjectives before it are declined, by rules.
"""

import functools
import re

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from rcro_portal import russian

ADJECTIVE = re.compile(r"(?:ый|ой|ий|ая|яя)$")
ADJECTIVES = {"ый": "ому", "ой": "ому", "ий": "ему", "ая": "ой", "яя": "ей"}
HARD_BEFORE_IY = ("кий", "гий", "хий")  # «ведущий» → «ведущему», but «технический» → «техническому»
HUSHED_BEFORE_AYA = ("жая", "шая", "щая", "чая")  # «главная» → «главной», but «заведующая» → «заведующей»
# Adjectives that are posts themselves: what follows them stays as it is.
SUBSTANTIVES = ("заведующ", "управляющ", "исполняющ", "обслуживающ")
UNCHANGED = ("и.о.", "врио", "и. о.")
NOUN_ENDINGS = {"ь": "ю", "й": "ю", "а": "е", "я": "е"}
CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")


def surname_first(surname: str, given_name: str, patronymic: str, gender: str) -> str:
    """«Ивановой А.Б.»: the surname in the dative, then initials."""
    return russian.surname_first(_declined(surname, NamePart.LASTNAME, gender), given_name, patronymic)


def full_name(name: str) -> str:
    """«Иванова Анна Борисовна» → «Ивановой А.Б.»; a name that is not of that form comes back as it is."""
    parts = name.split()
    if not 2 <= len(parts) <= 3:
        return name
    surname, given_name, patronymic = (*parts, "")[:3]
    gender = gender_of(patronymic)
    return surname_first(surname, given_name, patronymic, gender) if gender else name


def gender_of(patronymic: str) -> str:
    """«f», «m», or nothing where the patronymic does not tell."""
    if patronymic.endswith("на"):
        return "f"
    return "m" if patronymic.endswith("ич") else ""


def post(title: str) -> str:
    """«главный специалист отдела» → «главному специалисту отдела»: adjectives and the head noun, nothing after it."""
    words = title.split(" ")
    if title.lower().startswith(UNCHANGED):
        return title
    for place, word in enumerate(words):
        words[place] = "-".join(_word(part) for part in word.split("-"))
        if not ADJECTIVE.search(word) or word.lower().startswith(SUBSTANTIVES):
            break
    return " ".join(words)


def _word(word: str) -> str:
    lower = word.lower()
    if ADJECTIVE.search(lower):
        return word[:-2] + _adjective_ending(lower)
    if lower[-1:] in NOUN_ENDINGS:
        return word[:-1] + NOUN_ENDINGS[lower[-1]]
    return f"{word}у" if CONSONANT.search(lower) else word


def _adjective_ending(lower: str) -> str:
    if lower.endswith(HARD_BEFORE_IY):
        return "ому"
    return "ей" if lower.endswith(HUSHED_BEFORE_AYA) else ADJECTIVES[lower[-2:]]


def _declined(word: str, part: NamePart, gender: str) -> str:
    return _maker().make(part, Gender.FEMALE if gender == "f" else Gender.MALE, Case.DATIVE, word)


@functools.cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()
