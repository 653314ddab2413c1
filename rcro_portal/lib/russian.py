"""Russian as it must be printed: agreement with numbers, dates, initials, spaces that may not break.

Knows no app. What stands between the parts of a date and inside a number is a no-break space (U+00A0);
everything else gets its no-break spaces from ``typeset``, once, when the text is set.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from django.utils import timezone

NBSP = "\u00a0"
MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


class Forms(NamedTuple):
    """The three forms a noun takes after a number: 1 школьник, 2 школьника, 5 школьников."""

    one: str
    few: str
    many: str

    def after(self, number: int) -> str:
        last_two, last = abs(number) % 100, abs(number) % 10
        if 11 <= last_two <= 14 or last == 0 or last >= 5:
            return self.many
        return self.one if last == 1 else self.few


def agree(number: int, one: str, few: str, many: str) -> str:
    """«1 координатор», «23 координатора», «25 координаторов»: for the nominative."""
    return f"{grouped(number)} {Forms(one, few, many).after(number)}"


def agree_accusative(number: int, one: str, few: str, many: str, *, animate: bool) -> str:
    """«21 организацию», «2 координаторов», but «22 координатора»: of compound numerals only the last word's nominative
    is printed, however animate (Розенталь, «Справочник по правописанию и литературной правке», on numerals).
    """
    return agree(number, one, many if animate and abs(number) in (2, 3, 4) else few, many)


def agree_oblique(number: int, one: str, many: str) -> str:
    """«по 21 предмету», «по 9 предметам»: in an oblique case only 1, 21, 101… take the singular."""
    return f"{grouped(number)} {Forms(one, many, many).after(number)}"


def grouped(number: int) -> str:
    """«1074», but «12 500»: thousands are set apart from five digits on."""
    return str(number) if abs(number) < 10_000 else f"{number:,}".replace(",", NBSP)


def measured(number: Decimal) -> str:
    """«12,5», «12 500,25»: no zeros at the end."""
    sign, whole, part = "-" if number < 0 else "", *f"{abs(number):f}".partition(".")[::2]
    part = part.rstrip("0")
    return sign + grouped(int(whole)) + (f",{part}" if part else "")


# -- Dates ------------------------------------------------------------------------------------------


def long_date(day: date, year_word: Literal["г.", "года"] = "г.") -> str:
    return NBSP.join((str(day.day), MONTHS[day.month - 1], str(day.year), year_word))


def short_date(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def long_span(first: date, last: date, year_word: Literal["г.", "года"] = "г.") -> str:
    """«со 2 по 8 марта 2026 г.», over a month's or a year's end both named; one day is that day alone."""
    if first == last:
        return long_date(first, year_word)
    begun = [str(first.day)]
    if (first.year, first.month) != (last.year, last.month):
        begun.append(MONTHS[first.month - 1])
    if first.year != last.year:
        begun += [str(first.year), year_word]
    since = "со" if first.day == 2 else "с"  # «со второго», but «с третьего», «с двадцать второго»
    return f"{since} {NBSP.join(begun)} по {long_date(last, year_word)}"


def short_span(first: date, last: date) -> str:
    """«02.03.2026–08.03.2026»; one day is that day alone."""
    return short_date(first) if first == last else f"{short_date(first)}–{short_date(last)}"


def date_time(moment: datetime) -> str:
    """«18 сентября 2020 г., 15:00» on the clocks of the portal's time zone."""
    local = timezone.localtime(moment)
    return f"{long_date(local.date())}, {local:%H:%M}"


# -- People -----------------------------------------------------------------------------------------


def initials(given_name: str, patronymic: str = "") -> str:
    """«Н.П.»; a name that is an initial already («Н.») stays one, a double name gives «А.-М.»."""
    return "".join(_initial(name) for name in (given_name, patronymic) if name.strip(". "))


# «Гасан оглы», «Гасан-кызы»: whose son or daughter, no name of its own.
_SON_OR_DAUGHTER = re.compile(r"[ -](?:оглы|оглу|улы|уулу|кызы|гызы|кизи)$", re.IGNORECASE)


def _initial(name: str) -> str:
    name = _SON_OR_DAUGHTER.sub("", name)
    return "-".join(f"{part[0].upper()}." for part in name.strip(". ").split("-") if part)


def is_initial(name: str) -> bool:
    """«Н.» where a name should stand."""
    return len(name.strip(". ")) == 1


def initials_first(surname: str, given_name: str, patronymic: str = "") -> str:
    """«Н.П. Лыжина»: how a letter is signed."""
    return f"{initials(given_name, patronymic)} {surname}".strip()


def surname_first(surname: str, given_name: str, patronymic: str = "") -> str:
    """«Лыжина Н.П.»: how people are listed."""
    return f"{surname} {initials(given_name, patronymic)}".strip()


def full_name(surname: str, given_name: str, patronymic: str = "") -> str:
    return " ".join(filter(None, (surname, given_name, patronymic)))


def by_gender(gender: str, masculine: str, feminine: str) -> str:
    """«обозначил» or, where the gender is «f», «обозначила»: a verb of the past agrees with who spoke."""
    return feminine if gender == "f" else masculine


# -- Text -------------------------------------------------------------------------------------------


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def stopped(words: str) -> str:
    """With one full stop: initials and «12 марта 2026 г.» have theirs."""
    return words if words.endswith(".") else f"{words}."


def folded(text: str) -> str:
    """The text as two spellings of it are compared: small letters, е for ё, single spaces."""
    return " ".join(text.casefold().replace("ё", "е").split())


# Letters that a Latin keyboard draws alike, small, for case is folded first: «COШ», «Xимия», «Bетров».
_LOOK_ALIKES = str.maketrans("aëeopcyxkmtbhё", "аееорсухкмтвне")
_INSIDE_WORDS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]")
_WORDS = re.compile(r"\d+|[^\W\d_]+")


def search_key(text: str) -> str:
    """Words and numbers alone, by single spaces: what search columns hold, and what is looked for in them.

    «СОШ‑7», «СОШ № 7» and «COШ №7» are all «сош 7»: dashes, quotes and № fall away, a number is a word of its own,
    ё is е, and a Latin letter is the Russian one that looks like it.
    """
    composed = unicodedata.normalize("NFC", text).casefold().translate(_LOOK_ALIKES)
    return " ".join(_WORDS.findall(_INSIDE_WORDS.sub("", composed)))


_NUMBER_WIDTH = 12


def sort_key(text: str) -> str:
    """By this text № 9 stands before № 12 and № 101, on any database that compares character by character."""
    return " ".join(word.zfill(_NUMBER_WIDTH) if word.isdecimal() else word for word in search_key(text).split())


_MONTH = "|".join(MONTHS)
_SPACES_THAT_MAY_NOT_BREAK = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[№§]) ",
        # Abbreviations before a name: but «2020 г. Новое предложение» may break.
        r"(?<![\w.-])(?<!\d[ \u00a0])(?:г|с|п|рп|пос|ул|пр|пер|пл|мкр|им|тел|ст|стр)\. (?=[«\"\dА-ЯЁ(])",
        r"(?<![\w.-])(?:д|корп|кв|каб|ауд|комн|пом|эт|оф|стр)\. (?=[\d№])",
        rf"(?<!\d)\d{{1,2}} (?={_MONTH})",
        rf"(?:{_MONTH}) (?=\d{{4}})",
        r"(?<=\d) (?=гг?\.|год(?:а|у|ом|ов)?\b)",
        r"(?<=\d) (?=\d{3}(?!\d))",
        r"(?<=\d) (?=(?:л|экз|руб|коп|тыс|млн|шт|чел|ч|мин)\.|%)",
        r" (?=—)",
        # Initials with the surname on either side, and with each other.
        r"(?<![\w.])[А-ЯЁ]\. (?=[А-ЯЁ])",
        r"(?<=[.-][А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])",
        r"(?<=[а-яё]) (?=[А-ЯЁ]\.[ \u00a0]?(?:[А-ЯЁ]\.|-))",
        # «ОГБУ «РЦРО»»: the form of an institution with its name.
        r"(?<![\w-])[А-ЯЁ]{3,7} (?=«)",
        r"(?<=\bт\.) (?=[дечпк]\.)",
    )
)
_PREPOSITION = re.compile(r"(?<![\w.-])(?i:в|во|и|с|со|к|ко|о|об|на|по|за|из|от|до|не|ни|но|а|у) (?=\S)")


def typeset(text: str, *, prepositions: bool = True) -> str:
    """Ties what may not stand apart at the end of a line; changes spaces into U+00A0 and nothing else.

    A preposition or particle does not end a line either, unless ``prepositions`` is False: for programs that
    stretch only ordinary spaces, where so many others would show.
    """
    for pattern in (*_SPACES_THAT_MAY_NOT_BREAK, *([_PREPOSITION] if prepositions else [])):
        text = pattern.sub(lambda found: found[0].replace(" ", NBSP), text)
    return text
