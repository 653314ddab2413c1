"""Surnames in the dative: what the library gets wrong is said here first, then it is asked.

Pytrovich knows a vowel that vanishes only where the ending is listed («Воробью», but «Соловею», «Стрелецу», «Кузнцу»),
and takes short nouns in -ой for adjectives («Бому»). Only men's surnames of these kinds are declined at all.
"""

import functools
import re

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from rcro_portal.lib.russian import upper_first

VOWELS = "аеёиоуыэюя"
MEN = {
    "соловей": "соловью",
    "воробей": "воробью",
    "муравей": "муравью",
    "репей": "репью",
    "ручей": "ручью",
    "орёл": "орлу",
    "орел": "орлу",
    "козёл": "козлу",
    "козел": "козлу",
    "осёл": "ослу",
    "осел": "ослу",
    "дятел": "дятлу",
    "щегол": "щеглу",
    "посол": "послу",
    "хорёк": "хорьку",
    "хорек": "хорьку",
    "заяц": "зайцу",
    "бобёр": "бобру",
    "бобер": "бобру",
    "костёр": "костру",
    "костер": "костру",
    "ковёр": "ковру",
    "ковер": "ковру",
    "шатёр": "шатру",
    "шатер": "шатру",
    "осетёр": "осетру",
    "осетер": "осетру",
    "огонь": "огню",
    "пень": "пню",
    "камень": "камню",
    "корень": "корню",
    "гребень": "гребню",
    "ремень": "ремню",
    "ливень": "ливню",
    "лапоть": "лаптю",
    "ноготь": "ногтю",
    "дёготь": "дёгтю",
    "деготь": "дегтю",
    "топчий": "топчию",
    "злой": "злому",
    **{noun: f"{noun[:-1]}ю" for noun in ("покой", "герой", "прибой", "разбой", "отбой", "водопой", "конвой")},
}
WOMEN = {"третья": "третьей"}
SHORT_NOUN = re.compile(rf"^[^{VOWELS}]*ой$")  # «Бой», «Цой», «Рой»: one syllable
SMALL_THING = re.compile(rf"[{VOWELS}].*[чшж]ок$")  # «Сверчок», «Горшок», «Лужок»
LONE_EC = re.compile(rf"^[^{VOWELS}]?ец$")  # «Мец»: nothing before it could be left without the vowel


def dative(surname: str, gender: str) -> str:
    """Each part of a double surname by itself: «Новикову-Прибою»; ``gender`` is «m» or «f»."""
    return "-".join(_part(part, gender) for part in surname.split("-"))


def _part(surname: str, gender: str) -> str:
    lower = surname.lower()
    known = (WOMEN if gender == "f" else MEN).get(lower)
    if known:
        return upper_first(known) if surname[0].isupper() else known
    if gender != "f" and (SHORT_NOUN.search(lower) or lower.endswith("ец") or SMALL_THING.search(lower)):
        return vanishing(surname)
    return _maker().make(NamePart.LASTNAME, Gender.FEMALE if gender == "f" else Gender.MALE, Case.DATIVE, surname)


def vanishing(noun: str) -> str:
    """«Стрелец» → «Стрельцу», «Кузнец» → «Кузнецу», «Боец» → «Бойцу», «Сверчок» → «Сверчку», «Бой» → «Бою»."""
    lower = noun.lower()
    if lower.endswith("ой"):
        return f"{noun[:-1]}ю"
    if lower.endswith("ок"):
        return f"{noun[:-2]}ку"
    stem, last, before = noun[:-2], lower[-3:-2], lower[-4:-3]
    if LONE_EC.search(lower) or (last not in VOWELS and before and before not in VOWELS):
        return f"{noun}у"
    if last in VOWELS:
        return f"{stem}йцу"
    return f"{stem}ьцу" if last == "л" else f"{stem}цу"


@functools.cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()
