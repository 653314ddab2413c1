"""Numbers that do not agree with their noun or verb: «из 41 школ», «приняли участие 31 учитель».

Only nouns of the lexicon are judged, and only where no reading is right: «5 школы» may be those of school № 5,
«приняли участие 31 учитель и 40 учеников» is as it should be. Advice, never more.
"""

import re
from collections.abc import Iterator

from rcro_portal.lib.russian import agree, agree_oblique
from reports.composing import counted
from reports.composing.counted import Counted
from reports.composing.text_lint import SENTENCE_END, Remark

_BETWEEN = r"(?:\s(?:всего|только|уже|также|ещё|лишь|сразу))?\s$"
# They take no object: what is counted after them is who did it, in the nominative.
_WITHOUT_OBJECT = re.compile(
    r"\b(?P<verb>приня(?P<took>ли|ла|ло|л)(?:\s[а-яё]+ое)?\sучастие|участие\sприня(?P<taken>ли|ла|ло|л)"
    r"|(?:участвова|присутствова|приеха|прибы|выступи)(?P<did>ли|ла|ло|л)"
    rf"|(?:собра|зарегистрирова|подключи)(?P<self>лись|лась|лось|лся)){_BETWEEN}",
    re.IGNORECASE,
)
_PARTICIPLES = (
    *("проведены", "организованы", "созданы", "сформированы", "подготовлены", "представлены", "приглашены", "обучены"),
    *("награждены", "выявлены", "отмечены", "охвачены", "реализованы", "открыты", "заявлены", "направлены"),
    *("зарегистрированы", "задействованы", "привлечены", "поддержаны", "отобраны", "определены", "включены"),
)
_PLURAL_BEFORE = re.compile(rf"\b(?P<verb>[а-яё]{{2,}}ли(?:сь)?|{'|'.join(_PARTICIPLES)}){_BETWEEN}", re.IGNORECASE)
_PLURAL_AFTER = re.compile(r"\s(?P<verb>[а-яё]{2,}ли(?:сь)?)\b", re.IGNORECASE)
_NO_VERBS = frozenset(
    {
        *("или", "если", "цели", "роли", "доли", "недели", "модели", "земли", "капли", "детали", "медали", "мысли"),
        *("отрасли", "петли", "области", "вдали", "издали", "параллели", "магистрали", "печали", "колыбели"),
    }
)
_OF = re.compile(r"(?:^|[\s(])(?:из|для|от|у|без|среди)\s$", re.IGNORECASE)
# What else may have done it: then the verb is rightly in the plural.
_OTHERS = re.compile(r"\d|\s(?:и|или|либо)\s|,\s(?!из\s(?:них|котор)|в\s(?:том|т\.)|котор|среди\s)|\sа\sтакже\s|…")


def disagreements(text: str) -> Iterator[Remark]:
    """Of one paragraph, one remark for a number at most."""
    rest = counted.without_quotations(text)
    for found in counted.found_in(rest):
        if not found.forms:
            continue
        before, after = _sentence(rest, found)
        if words := _verb(found, before, after) or _noun(found, before):
            yield Remark(words, False)


def _verb(found: Counted, before: str, after: str) -> str:
    named = any(found.kind in form.nominative for form in found.forms)
    subject = _WITHOUT_OBJECT.search(before)
    if subject and named:
        ending = next(filter(None, subject.group("took", "taken", "did", "self"))).casefold()
        if ending.startswith("ли") and found.kind == "one" and not _OTHERS.search(after):
            return _in_singular(f"{subject['verb']} {found.words}", found)
        if ending in ("л", "ла", "лся", "лась") and found.kind != "one":
            return f"«{subject['verb']} {found.words}»: с числом {found.number} глагол ставят во множественное число."
        return ""
    return _plural(found, before, after) if named and found.kind == "one" else ""


def _plural(found: Counted, before: str, after: str) -> str:
    """«посетили 21 организация», «31 учитель приняли»: a plural verb beside one that nobody could be its object."""
    alone = all("one" not in form.oblique for form in found.forms)
    verb = _PLURAL_BEFORE.search(before)
    if verb and not _OTHERS.search(after) and verb["verb"].casefold() not in _NO_VERBS:
        words = f"{verb['verb']} {found.words}"
        if verb["verb"].casefold().endswith(("лись", "ны", "ты")):
            return _in_singular(words, found)
        if alone:
            object_ = agree(found.number, found.forms[0].accusative, "", "")
            return f"«{words}»: число и слово не согласуются. Напишите «{object_}» или глагол в единственном числе."
    following = _PLURAL_AFTER.match(after)
    if alone and following and not _OTHERS.search(before) and following["verb"].casefold() not in _NO_VERBS:
        return _in_singular(f"{found.words} {following['verb']}", found)
    return ""


def _in_singular(words: str, found: Counted) -> str:
    return f"«{words}»: с числом {found.number} глагол ставят в единственное число."


def _noun(found: Counted, before: str) -> str:
    form = found.forms[0]
    subject = _WITHOUT_OBJECT.search(before)
    wrong_subject = subject and all(one.nominative and found.kind not in one.nominative for one in found.forms)
    if _OF.search(before) and all(not one.fits_genitive(found.kind) for one in found.forms):
        return _should_be(found, agree_oblique(found.number, *form.genitive))
    if wrong_subject or not any(one.fits(found.kind) for one in found.forms):
        return _should_be(found, agree(found.number, *form.nominatives))
    return ""


def _should_be(found: Counted, right: str) -> str:
    return f"«{found.words}»: число и слово не согласуются. С этим числом пишут «{right}»."


def _sentence(text: str, found: Counted) -> tuple[str, str]:
    """What stands in the same sentence before the number and after its noun."""
    before = text[: found.start]
    start = max((end.end() for end in SENTENCE_END.finditer(before.rstrip())), default=0)
    after = text[found.end :]
    end = SENTENCE_END.search(after)
    return before[start:], after[: end.start()] if end else after
