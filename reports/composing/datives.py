"""Names and posts in the dative, as an addressee is printed: a first guess that its author mends in the form.

Surnames are declined by a library, after the exceptions that it does not know (``surname_datives``). Posts are not
given to a library: word by word they come out wrong («заместителю директору»), so only the head noun and the
adjectives before it are declined, by rules. A gender is never guessed: what neither register nor patronymic says is
left in the nominative, and the check before filing asks for it.
"""

import re

from rcro_portal.lib import personal_names, russian
from reports.composing import surname_datives

ADJECTIVE = re.compile(r"(?:ый|ой|ий|ая|яя)$")
ADJECTIVES = {"ый": "ому", "ой": "ому", "ий": "ему", "ая": "ой", "яя": "ей"}
REFLEXIVES = {"ийся": "емуся", "аяся": "ейся"}  # «обучающийся» → «обучающемуся»
HARD_BEFORE_IY = ("кий", "гий", "хий")  # «ведущий» → «ведущему», but «технический» → «техническому»
HUSHED_BEFORE_AYA = ("жая", "шая", "щая", "чая")  # «главная» → «главной», but «заведующая» → «заведующей»
# Adjectives that are posts themselves: what follows them stays as it is.
SUBSTANTIVES = ("заведующ", "управляющ", "исполняющ", "обслуживающ")
UNCHANGED = ("и.о.", "врио", "врид", "и. о.")
ADVERBS = ("временно", "постоянно")
IRREGULAR = {"третий": "третьему"}
NOUN_ENDINGS = {"ь": "ю", "й": "ю", "а": "е", "я": "е"}
CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")
# After a masculine adjective these are heads of the post; other words in -а, -я are its genitive: «ведущий вебинара».
MASCULINE_IN_A = ("глава", "судья", "староста", "старшина", "коллега")
# The same after a feminine one: «главная медицинская сестра», but «ведущая вебинара».
FEMININE = re.compile(r"(?:ница|сестра|няня|санитарка|лаборантка)$")
# Genitives plural that look like adjectives: «ведущий занятий».
GENITIVES = re.compile(r"(?:аний|ений|тий|ций|зий|сий)$")
PREPOSITIONS = frozenset(
    ["по", "за", "в", "во", "на", "при", "от", "с", "со", "для", "из", "к", "ко", "о", "об", "над", "под", "у"]
)
# What begins a second post after a comma: «директор, учитель физики».
HEAD = re.compile(r"(?:тель|ист|тор|дор|сор|жор|жёр|нер|мер|тер|ник|лог|гог|арь|рач|ент|ант|дат|граф|вед)$")
# Endings that no dative has; «-и» is one of «организации» too, so only the plurals of «-тель», «-ник» and the like.
NOT_DATIVE = re.compile(r"(?:[бвгджзклнпрстфхцчшщьыая]|[ыи][ей]|(?:ел|ик|ак|ог|ач|ар)и)$")


def surname_first(surname: str, given_name: str, patronymic: str, gender: str) -> str:
    """«Ивановой А.Б.»: the surname in the dative, then initials."""
    return russian.surname_first(surname_datives.dative(surname, gender), given_name, patronymic)


def full_name(name: str) -> str:
    """«Иванова Анна Борисовна» → «Ивановой А.Б.»; a name that does not say its gender comes back as it is."""
    parts = personal_names.parts(name)
    gender = personal_names.gender_of(parts[2]) if parts else ""
    return surname_first(*parts, gender) if parts and gender else name


def is_unknown(name: str) -> bool:
    """A person's name of which nobody here can say whether it is a man's or a woman's."""
    return bool(name) and full_name(name) == name


def is_undeclined(words: str) -> bool:
    """Somebody who is surely not in the dative: «управления образования», «директор школы»."""
    first = words.split(" ")[0]
    return not first.isupper() and bool(NOT_DATIVE.search(first.lower()))


def post(title: str) -> str:
    """«главный специалист отдела» → «главному специалисту отдела»: adjectives and the head noun, nothing after it."""
    if title.lower().startswith(UNCHANGED):
        return title
    first, *others = title.split(", ")
    return ", ".join([_post(first), *(_post(other) if HEAD.search(other.split(" ")[0]) else other for other in others)])


def _post(title: str) -> str:
    words = title.split(" ")
    adjective = ""
    for place, word in enumerate(words):
        lower = word.lower()
        if lower in ADVERBS:
            continue
        if adjective and _depends(lower, adjective):
            break
        words[place] = "-".join(_word(part) for part in word.split("-"))
        if not ADJECTIVE.search(lower) or lower.startswith(SUBSTANTIVES):
            break
        adjective = lower
    return " ".join(words)


def _depends(lower: str, adjective: str) -> bool:
    """After an adjective that is the post itself: «ответственный за питание», «дежурный отряда», «ведущая занятий»."""
    if lower in PREPOSITIONS or GENITIVES.search(lower):
        return True
    if adjective.endswith("я"):
        return not ADJECTIVE.search(lower) and not FEMININE.search(lower)
    return lower.endswith(("а", "я")) and lower not in MASCULINE_IN_A


def _word(word: str) -> str:
    lower = word.lower()
    if lower in IRREGULAR:
        return word[:-2] + IRREGULAR[lower][len(word) - 2 :]
    if lower[-4:] in REFLEXIVES:
        return word[:-4] + REFLEXIVES[lower[-4:]]
    if ADJECTIVE.search(lower):
        return word[:-2] + _adjective_ending(lower)
    if lower.endswith("ец"):
        return surname_datives.vanishing(word)
    if lower[-1:] in NOUN_ENDINGS:
        return word[:-1] + NOUN_ENDINGS[lower[-1]]
    return f"{word}у" if CONSONANT.search(lower) else word


def _adjective_ending(lower: str) -> str:
    if lower.endswith(HARD_BEFORE_IY):
        return "ому"
    return "ей" if lower.endswith(HUSHED_BEFORE_AYA) else ADJECTIVES[lower[-2:]]
