"""What is doubtful in a text of a letter, whoever wrote it: numbers without a source, parts above the whole, gaps.

False alarms cost trust: dates, years, grades, numbers of schools and documents, limits («не более 5 человек») and
whatever stands in quotation marks are no findings.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from events import outcomes
from rcro_portal.russian import MONTHS, search_key
from reports import figures

COUNTED_NOUNS = frozenset(head.casefold() for query in figures.QUERIES.values() for head in query.noun.heads())
# Measures of time, money and place, and what is numbered, not counted.
MEASURES = (
    *("год", "лет", "час", "минут", "секунд", "недел", "месяц", "день", "дня", "дней", "сут", "раз", "этап"),
    *("балл", "рубл", "тыс", "млн", "процент", "класс", "страниц", "лист", "км", "метр", "мест"),
)
YEARS = range(1900, 2100)
ADJECTIVE = r"(?:[а-яё-]+(?:ых|их|ые|ие|ый|ий|ой|ая|яя|ое|ее|ую|юю|ого|его|ому|ему|ым|им|ыми|ими|ом|ем|ей)\s)"
NUMBER = r"(?<![\w№.,:/–—-])(?<!№\s)(?P<number>\d{1,3}(?:\s\d{3})+(?!\d)|\d{1,7})"
COUNTED = re.compile(rf"{NUMBER}\s(?P<adjectives>{ADJECTIVE}{{0,3}})(?P<noun>[А-ЯЁа-яё][А-ЯЁа-яё-]*)")
ABOUT = re.compile(
    r"(?P<limit>не\s)?(?P<word>более|менее|около|свыше|почти|порядка|примерно)\s(?:чем\s)?$", re.IGNORECASE
)
QUOTED = re.compile(r"«[^«»]*»|\"[^\"\n]*\"")
INCLUDING = re.compile(r"\b(?:в том числе|в т\.\s?ч\.|из них|из которых|среди них)", re.IGNORECASE)
PART = re.compile(r"[\s:(–—-]*(?P<number>\d{1,3}(?:\s\d{3})+(?!\d)|\d{1,7})\s(?:[–—-]\s)?(?P<noun>[А-ЯЁа-яё-]+)")
SENTENCE_END = re.compile(r"[.;!?](?=\s+[А-ЯЁ«]|\s*$)")
# Markup is text like any other and a number in brackets is a reference; brackets of other kinds are only doubted.
GAPS = re.compile(r"\[(?=[^\[\]\n]*[^\W\d])[^\[\]\n]{1,80}\]|\{[^{}\n]{0,80}\}|_{2,}|\?{2,}")
BOTH_FORMS = re.compile(r"\w+\((?:а|ла|ась|лась|ся|сь)\)")


class Remark(NamedTuple):
    """What is doubtful, in words; ``blocks`` where nothing is filed with it."""

    words: str
    blocks: bool


def remarks(text: str, *, sourced: Collection[str] = ()) -> Iterator[Remark]:
    """Of one text as it was written. ``sourced``: the words of its figures that name their source."""
    for paragraph in text.split("\n"):
        yield from gaps(paragraph)
        yield from typed_numbers(paragraph, sourced)


def gaps(text: str) -> Iterator[Remark]:
    """Places that somebody meant to fill: figures without their brackets, blanks, both forms of a verb."""
    rest = outcomes.TOKEN.sub(" ", text)
    for mark in ("[[", "]]"):
        if mark in rest:
            yield Remark(f"Показатель записан не полностью: рядом с «{mark}». Вставьте его заново.", True)
            return
    for found in GAPS.finditer(rest):
        yield Remark(
            f"В тексте осталось незаполненное место: «{found[0]}». Заполните или удалите его.", found[0][0] in "_?"
        )
    for found in BOTH_FORMS.finditer(rest):
        yield Remark(f"В тексте осталось «{found[0]}». Оставьте одну форму.", False)


def typed_numbers(text: str, sourced: Collection[str] = ()) -> Iterator[Remark]:
    """Numbers of people and things that stand in the text itself: no query counts them and no source is named."""
    known = [search_key(words) for words in sourced]
    rest = QUOTED.sub(" … ", outcomes.TOKEN.sub(" … ", text))
    for found in COUNTED.finditer(rest):
        about = ABOUT.search(rest[: found.start()])
        noun = found["noun"].casefold()
        if (about and about["limit"]) or not _counts(found):
            continue
        if not about and noun not in COUNTED_NOUNS:
            continue
        words = f"{about[0] if about else ''}{found[0]}"
        if not any(search_key(words) in one or one in search_key(words) for one in known):
            yield Remark(
                f"Число введено вручную: «{words}». Вставьте показатель или укажите источник.", noun in COUNTED_NOUNS
            )


def _counts(found: re.Match[str]) -> bool:
    """Neither a year nor a day of a month, nor a measure."""
    noun = found["noun"].casefold()
    if noun in MONTHS or noun == "г" or (noun.startswith(MEASURES) and noun not in COUNTED_NOUNS):
        return False
    return len(found["number"]) != 4 or int(found["number"]) not in YEARS


def parts_above_the_whole(text: str) -> Iterator[Remark]:
    """«147 преподавателей, в т.ч. 5 докторов наук, 53 кандидата наук»: the parts that follow may not exceed the whole.

    ``text`` is a paragraph as it will be printed. Only a list that stands right after «в том числе» is added up; parts
    may overlap, so a sum above the whole is only a doubt, one part above it is an error.
    """
    for mark in INCLUDING.finditer(text):
        wholes = [found for found in COUNTED.finditer(text[: mark.start()]) if _counts(found)]
        parts = list(_parts(text[mark.end() :]))
        if not wholes or not parts:
            continue
        whole = _value(wholes[-1]["number"])
        if sum(parts) > whole:
            added = " + ".join(map(str, parts))
            words = f"В том числе ({added}) больше общего числа ({whole}). Проверьте."
            yield Remark(words, max(parts) > whole)


def _parts(rest: str) -> Iterator[int]:
    end = SENTENCE_END.search(rest)
    for item in re.split(r",\s|;\s|\sи\s", rest[: end.start()] if end else rest):
        found = PART.match(item)
        if not found or found["noun"].casefold() in MONTHS:
            return
        yield _value(found["number"])


def _value(number: str) -> int:
    return int("".join(number.split()))
