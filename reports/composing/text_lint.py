"""What is doubtful in a text of a letter, whoever wrote it: numbers without a source, parts above the whole, gaps.

False alarms cost trust: dates, years, grades, numbers of schools and documents, limits («не более 5 человек») and
whatever stands in quotation marks are no findings. What is only likely never blocks.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from events.outcomes import outcomes
from rcro_portal.lib import russian
from reports.composing import counted
from reports.composing.counted import Counted
from reports.composing.lexicon import Form

ABOUT = re.compile(
    r"(?P<limit>не\s)?(?P<word>более|менее|около|свыше|почти|порядка|примерно)\s(?:чем\s)?$", re.IGNORECASE
)
# «по 5 человек», «команды из 4 учеников», «до 30 человек»: how many there should be, not how many there were.
SHARE = re.compile(
    r"(?:\b(?:по|до|от|кажды[ехй])|в составе|(?:команд|групп|отряд|сборн|жюри|комисси|экипаж|звен)\w* из)\s$",
    re.IGNORECASE,
)
INCLUDING = re.compile(r"\b(?:в том числе|в т\.\s?ч\.|из них|из которых|среди них)", re.IGNORECASE)
DESCRIBES = re.compile(r"(?:^|[\s(])(?:из|от|в|во|для|по|с|со|у|на|к|среди)\s$", re.IGNORECASE)
JOINS = re.compile(r"\s*(?:,|и|,\s?а также)\s+(?:(?:из|от|в|для)\s)?$")
PART = re.compile(r"[\s:(–—-]*(?P<item>\d.*)", re.DOTALL)
# Not after «г.», «им.» and initials: what follows them is a name.
SENTENCE_END = re.compile(
    r"(?<![\s(][гспдАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ])(?<!\.[А-ЯЁ])(?<!\bим)(?<!\bул)(?<!\bст)[.;!?](?=\s+[А-ЯЁ«]|\s*$)"
)
# Markup is text like any other and a number in brackets is a reference; brackets of other kinds are only doubted.
GAPS = re.compile(r"\[(?=[^\[\]\n]*[^\W\d])[^\[\]\n]{1,80}\]|\{[^{}\n]{0,80}\}|_{2,}|\?{2,}")
PARTED = re.compile(r"[^\W\d]+ +[,;:.!?](?!\S)")
BOTH_FORMS = re.compile(r"\w+\((?:а|ла|ась|лась|ся|сь)\)")


class Remark(NamedTuple):
    """What is doubtful, in words; ``blocks`` where nothing is filed with it."""

    words: str
    blocks: bool


def gaps(text: str) -> Iterator[Remark]:
    """Places that somebody meant to mend: half figures, blanks, a space before a sign, both forms of a verb."""
    rest = outcomes.TOKEN.sub(" ", text)
    for mark in ("[[", "]]"):
        if mark in rest:
            yield Remark(f"Показатель записан не полностью: рядом с «{mark}». Вставьте его заново.", True)
            return
    for found in GAPS.finditer(rest):
        yield Remark(
            f"В тексте осталось незаполненное место: «{found[0]}». Заполните или удалите его.", found[0][0] in "_?"
        )
    for found in PARTED.finditer(text):
        yield Remark(f"Перед знаком стоит пробел: «{found[0]}». Удалите его.", False)
    for found in BOTH_FORMS.finditer(rest):
        yield Remark(f"В тексте осталось «{found[0]}». Оставьте одну форму.", False)


# -- Numbers typed by hand --------------------------------------------------------------------------


def typed_numbers(text: str, sourced: Collection[str] = ()) -> Iterator[Remark]:
    """Numbers of people and things that stand in the text itself: no query counts them and no source is named.

    ``sourced``: the words of its figures that name their source. What the portal could count itself blocks; of the
    rest the author is told. One remark for all of a kind.
    """
    typed: dict[bool, list[str]] = {True: [], False: []}
    rest = counted.without_quotations(text)
    known = [one for words in sourced for one in counted.found_in(words)]
    for found in counted.found_in(rest):
        about = ABOUT.search(rest[: found.start])
        forms = _meant(found, rest)
        if not _asks_source(found, forms, rest, about) or any(_covers(source, found) for source in known):
            continue
        blocks = any(form.counted and form.fits(found.kind) for form in forms)
        typed[blocks].append(f"«{about[0] if about else ''}{found.words}»")
    for blocks, words in typed.items():
        if len(words) > 1:
            yield Remark(
                f"Числа введены вручную: {', '.join(words)}. Вставьте показатели или укажите источник.", blocks
            )
        elif words:
            yield Remark(f"Число введено вручную: {words[0]}. Вставьте показатель или укажите источник.", blocks)


def _meant(found: Counted, text: str) -> list[Form]:
    """Without figures that share no more than a word of every day: «21 проект», unlike «5 сетевых проектов»."""
    if all(form.asks_source for form in found.forms):
        return found.forms
    return [form for form in found.forms if not form.counted or _is_named(form, found, text)]


def _is_named(form: Form, found: Counted, text: str) -> bool:
    """Some of the figure's own name stands beside the noun: «сетевой инновационный проект», «программа подготовки»."""
    name, head = russian.folded(form.noun.one).split(), form.noun.head
    said, after = russian.folded(found.words), russian.folded(text[found.end :]).lstrip()
    return len(name) == 1 or any(word[:-2] in said for word in name[:head]) or after.startswith(tuple(name[head + 1 :]))


def _asks_source(found: Counted, forms: list[Form], text: str, about: re.Match[str] | None) -> bool:
    """Limits say what is asked for; a rough number asks for its source whatever it counts."""
    if about:
        return not about["limit"]
    if any(form.counted for form in forms):
        return True
    return any(form.asks_source for form in forms) and not SHARE.search(text[: found.start])


def _covers(source: Counted, found: Counted) -> bool:
    """«Более 512 педагогов» covers «512 педагогам», and neither «12 педагогов» nor «512 школ»."""
    nouns = {form.one for form in source.forms} & {form.one for form in found.forms}
    return source.number == found.number and (bool(nouns) or russian.folded(source.noun) == russian.folded(found.noun))


# -- Parts and the whole ----------------------------------------------------------------------------


def parts_above_the_whole(text: str) -> Iterator[Remark]:
    """«147 преподавателей, в т.ч. 5 докторов наук, 53 кандидата наук»: the parts that follow may not exceed the whole.

    ``text`` is a paragraph as it will be printed. Only a list that stands right after «в том числе» is added up; parts
    may overlap, so a sum above the whole is only a doubt. One part above it is an error, where nothing else in the
    sentence can be the whole.
    """
    for mark in INCLUDING.finditer(text):
        parts = list(_parts(text[mark.end() :]))
        wholes = _wholes(text[: mark.start()], parts)
        if not wholes or not parts:
            continue
        whole, largest = wholes[-1].number, max(part.number for part in parts)
        if sum(part.number for part in parts) > whole:
            added = " + ".join(str(part.number) for part in parts)
            words = f"В том числе ({added}) больше общего числа ({whole}). Проверьте."
            yield Remark(words, largest > whole and len(wholes) == 1)


def _parts(rest: str) -> Iterator[Counted]:
    end = SENTENCE_END.search(rest)
    for item in re.split(r",\s|;\s|\sи\s", rest[: end.start()] if end else rest):
        part = PART.match(item)
        found = next(counted.found_in(part["item"].replace(" – ", " ").replace(" - ", " ")), None) if part else None
        if not found or found.start:
            return
        yield found


def _wholes(before: str, parts: list[Counted]) -> list[Counted]:
    """What the parts may be of: counted in the same sentence, else in the nearest one before it.

    «40 тренеров из 9 клубов и 4 районов»: what stands behind a preposition describes, unless there is nothing else.
    People are parts of people, and things of things.
    """
    starts = [0, *(end.end() for end in SENTENCE_END.finditer(before))]
    sentence = next((text for start in reversed(starts) if any(counted.found_in(text := before[start:]))), "")
    found = list(counted.found_in(sentence))
    themselves = list(_themselves(sentence, found)) or found
    kinds = {part.is_somebody for part in parts}
    alike = [one for one in themselves if {one.is_somebody} == kinds]
    return alike if alike and None not in kinds else themselves


def _themselves(text: str, found: list[Counted]) -> Iterator[Counted]:
    described: Counted | None = None
    for one in found:
        between = text[described.end : one.start] if described else ""
        chained = described is not None and described.is_somebody == one.is_somebody and JOINS.fullmatch(between)
        if DESCRIBES.search(text[: one.start]) or chained:
            described = one
        else:
            yield one
