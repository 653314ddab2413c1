"""What a text counts: a number, the adjectives after it, and the noun itself. One rule for all that asks it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from events.outcomes import outcomes
from rcro_portal.lib import russian
from rcro_portal.lib.russian import MONTHS
from reports.composing import lexicon
from reports.composing.lexicon import Form

# Measures of time, money and place, and what is numbered, not counted.
MEASURES = (
    *("год", "лет", "час", "минут", "секунд", "недел", "месяц", "день", "дня", "дней", "сут", "раз", "этап"),
    *("балл", "рубл", "тыс", "млн", "процент", "класс", "страниц", "лист", "км", "метр", "мест"),
)
YEARS = range(1900, 2100)
WORDS_AFTER = 5
NUMBER = r"(?<![\w№.,:/–—-])(?<!№\s)(?P<number>\d{1,3}(?:\s\d{3})+(?!\d)|\d{1,7})"
WORD = r"[А-ЯЁа-яё][А-ЯЁа-яё-]*"
COUNTED = re.compile(rf"{NUMBER}\s(?P<words>{WORD}(?:\s{WORD}){{0,{WORDS_AFTER - 1}}})")
QUOTED = re.compile(r"«[^«»]*»|\"[^\"\n]*\"|„[^„“]*“")
# «сельских», «новые», «педагогическим», «младший»; not «мероприятий», «образование», and not «принявших участие».
ADJECTIVE = re.compile(
    r"(?:ых|их|ые|[гкхжшщч]ие|ым|[гкхжшщч]им|ыми|ими|ый|[гкхжшщч]ий|ая|яя|ое|ее|ого|его|ому|ему|ую|юю)$"
)
PARTICIPLE = re.compile(r"вш(?:их|ие|им|ими|ий|ая|ее|его|ему)(?:ся)?$")
# Their own number stands behind them: «в школе 5 учителя обсудили».
NUMBERED = re.compile(
    r"\b(?:школ|лице|гимнази|групп|секци|приложени|пункт|этап|раздел|глав|таблиц|аудитори|кабинет|зал|корпус|урок|курс|"
    r"тур|день|дня|дню|блок|модул|тем|вопрос|смен|поток|класс|лот|сад|отряд|номинаци|част)\w*\s$",
    re.IGNORECASE,
)
SOFT = ("последн", "средн", "верхн", "нижн", "зимн", "летн", "весенн", "осенн", "домашн", "соседн", "дальн", "внешн")
SOFT_ENDS = ("ие", "ий", "им")
# One ending of nouns and adjectives: «21 сельской школой», but «21 командой школ».
EITHER = ("ой", "ей", "ом", "ем")


class Counted(NamedTuple):
    """«23 сельских учителя» and where it stands; ``noun`` as written, ``forms`` what it may be (none: unknown)."""

    start: int
    end: int
    words: str
    number: int
    noun: str
    forms: list[Form]

    @property
    def kind(self) -> str:
        return lexicon.kind_of(self.number)

    @property
    def is_somebody(self) -> bool | None:
        """People, or things; None where nobody knows the noun."""
        animate = {form.noun.animate for form in self.forms}
        return animate.pop() if len(animate) == 1 else None


def without_quotations(text: str) -> str:
    """Figures and titles say nothing of their own number: one mark in the place of each, so that places stay."""
    for pattern in (outcomes.TOKEN, QUOTED):
        text = pattern.sub(lambda found: "…" * len(found[0]), text)
    return text


def found_in(text: str) -> Iterator[Counted]:
    """All that the text counts; neither years nor days of a month, nor measures."""
    for found in COUNTED.finditer(text):
        words = found["words"].split()
        place = _head(words)
        written = re.match(rf"\S+(?:\s\S+){{{place}}}", found["words"])
        assert written
        end = found.start("words") + written.end()
        made = Counted(
            found.start(),
            end,
            text[found.start() : end],
            value(found["number"]),
            words[place],
            lexicon.forms_of(words[place]),
        )
        if _counts(made, found["number"]) and not _is_numbered(made, text[: found.start()]):
            yield made


def value(number: str) -> int:
    return int("".join(number.split()))


def _head(words: list[str]) -> int:
    """The first noun that letters count, else the first word that is no adjective, else the last of all."""
    for place, word in enumerate(words):
        if (
            word == "и"
            and place
            and _is_adjective(words[place - 1], [])
            and _is_adjective("".join(words[place + 1 : place + 2]), [])
        ):
            continue  # «12 городских и сельских школ»
        if lexicon.forms_of(word) or not _is_adjective(word, words[place + 1 : place + 2]):
            return max(place - 1, 0) if place and _joins(word) else place
    return len(words) - 1


def _joins(word: str) -> bool:
    """«40 взрослых и …»: after an adjective alone the noun is the adjective itself."""
    return word.casefold() in ("и", "а", "из", "в", "на", "с", "по", "от", "для", "или", "у", "со", "к", "до", "за")


def _is_adjective(word: str, following: list[str]) -> bool:
    lower = word.casefold()
    if lower.endswith(EITHER):
        return bool(following) and bool(lexicon.forms_of(following[0]))
    if PARTICIPLE.search(lower):
        return False
    return bool(ADJECTIVE.search(lower)) or (lower.startswith(SOFT) and lower.endswith(SOFT_ENDS))


def _is_numbered(counted: Counted, before: str) -> bool:
    """«ученики 12 школы» are of school № 12, «в школе 5 учителя» of school № 5: the number is somebody's name."""
    if not counted.forms or any(form.fits(counted.kind) for form in counted.forms):
        return False
    many = any(word.endswith(("ых", "их")) for word in counted.words.split()[1:-1])
    of_one = all(form.numbered and form.is_one for form in counted.forms) and not many
    return of_one or bool(NUMBERED.search(before))


def _counts(counted: Counted, number: str) -> bool:
    noun = russian.folded(counted.noun)
    if noun in MONTHS or noun == "г" or (noun.startswith(MEASURES) and not counted.forms):
        return False
    return len(number) != 4 or counted.number not in YEARS
