"""What reads badly whatever it says: the same twice, an open bracket, a promise that is not kept. Advice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from events.outcomes import outcomes
from rcro_portal.lib import quotes, russian
from rcro_portal.lib.russian import MONTHS
from reports.composing.text_lint import SENTENCE_END, Remark

WORDS_OF_A_SENTENCE = 5  # shorter ones are said twice for good reasons: «Вход свободный.»
SHOWN = 60  # characters of a quotation
DAY = rf"\d{{1,2}}\s(?:{'|'.join(MONTHS)})(?:\s\d{{4}})?(?:\s(?:г\.|года))?|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?:\sг\.)?"
TERM = re.compile(rf"\b(?:до|не позднее)\s(?:{DAY})", re.IGNORECASE)
TWICE = re.compile(rf"\b(?P<term>(?:до|с|к|на|не позднее)\s(?:{DAY}))[\s,]+(?P=term)", re.IGNORECASE)
WORD_TWICE = re.compile(r"\b(?P<word>[а-яё]{4,})\s(?P=word)\b", re.IGNORECASE)
BRACKETS = {")": "(", "]": "[", "}": "{"}
ANY_BRACKET = re.compile(r"[()\[\]{}]")
# «1)», «а)»: what numbers an item closes no bracket.
MARKER = re.compile(r"(?:^|(?<=[\s;:]))(?:\d{1,3}(?:\.\d{1,3})*|[а-яёa-z])\)")
ENCLOSES = re.compile(
    r"\bприлага(?:ем|ю|ется|ются)\b|\b(?:направля(?:ем|ется|ются|ю)|представлен\w*|привед[её]н\w*|указан\w*|размещ[её]н\w*|"
    r"содержится|изложен\w*|да(?:н|ны|на|но))\s(?:\S+\s){0,3}?в\sприложени(?:и|ях)\b(?!\s(?:к\s|«))"
    r"|\((?:см\.\s)?приложени[ея](?:\s№?\s?\d{1,2})?\)|\bсогласно\sприложени(?:ю|ям)\b(?!\s(?:к\s|«))",
    re.IGNORECASE,
)
# «К заявке прилагается копия»: what others enclose.
OTHERS_ENCLOSE = re.compile(r"\bк\s(?!письму|настоящему|данному)[а-яё]+", re.IGNORECASE)
ASKS = re.compile(r"\b(?:прос(?:им|ит|ьба)|необходимо|предлагаем|поручаем|рекомендуем)\b", re.IGNORECASE)


def sentences(text: str) -> Iterator[str]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield text[start : end.end()].strip()
        start = end.end()
    if rest := text[start:].strip():
        yield rest


def key(sentence: str) -> str:
    """What two spellings of one sentence have in common."""
    return " ".join(re.findall(r"[\w-]+", russian.folded(sentence)))


def said_twice(texts: Iterable[str]) -> dict[str, int]:
    """How often each sentence of the letter is said, where it is more than once; by its ``key``."""
    keys = (key(sentence) for text in texts for sentence in _told(text))
    counts = Counter(one for one in keys if len(one.split()) >= WORDS_OF_A_SENTENCE)
    return {one: count for one, count in counts.items() if count > 1}


def repeated(text: str, twice: dict[str, int], seen: set[str]) -> Iterator[Remark]:
    """The second time and later; ``seen`` keeps what was said before, over all texts of a letter."""
    for sentence in _told(text):
        said = key(sentence)
        if said in seen:
            yield Remark(f"Сказано дважды: «{short(sentence)}». Оставьте одно место.", False)
        elif said in twice:
            seen.add(said)


def _told(text: str) -> Iterator[str]:
    """Its sentences; rows of a table may well be alike."""
    for line in text.split("\n"):
        if "|" not in line:
            yield from sentences(line)


def stutters(text: str) -> Iterator[Remark]:
    """«до 1 апреля 2027 г. до 1 апреля 2027 г.», «проведения проведения»."""
    for found in TWICE.finditer(text):
        yield Remark(f"Срок назван дважды: «{found['term']}». Оставьте один.", False)
    for found in WORD_TWICE.finditer(TWICE.sub(" ", text)):
        yield Remark(f"Слово повторено: «{found[0]}». Оставьте одно.", False)


def unclosed(text: str) -> Iterator[Remark]:
    """A bracket or a quotation mark without its other half, in one field or one paragraph."""
    rest = outcomes.TOKEN.sub(" ", text)
    for place in (*_brackets(rest), *_quotation_marks(rest)):
        words = short(rest[max(place - 20, 0) : place + 40].replace("\n", " "))
        yield Remark(f"Нет пары у знака {rest[place]}: «…{words}». Закройте или уберите его.", False)


def _brackets(text: str) -> Iterator[int]:
    markers = {found.end() - 1 for found in MARKER.finditer(text)}
    opened: list[int] = []
    for found in ANY_BRACKET.finditer(text):
        place, mark = found.start(), found[0]
        if mark in BRACKETS.values():
            opened.append(place)
        elif opened and text[opened[-1]] == BRACKETS[mark]:
            opened.pop()
        elif place not in markers:
            yield place
    yield from opened


def _quotation_marks(text: str) -> Iterator[int]:
    pairs = list(quotes.pairs_of(text))
    paired = {place for start, end, _ in pairs for place in (start, end)}
    for place, mark in enumerate(text):
        if mark not in quotes.MARKS or place in paired:
            continue
        # «МАОУ «СОШ № 4»: marks of one kind at one end are often written once, and that is right.
        if mark == "«" and any(place < start and text[start] == mark for start, _, _ in pairs):
            continue
        # 40" is a size.
        if mark == '"' and text[place - 1 : place].isdigit():
            continue
        yield place


def encloses_nothing(text: str) -> Iterator[Remark]:
    """«Прилагаем…» in a letter that has no appendix."""
    for sentence in sentences(text):
        found = ENCLOSES.search(sentence)
        if found and not OTHERS_ENCLOSE.search(sentence[: found.start()]):
            yield Remark(f"Приложений у письма нет, а в тексте «{short(found[0])}». Добавьте файл или уберите.", False)


def asked_in_vain(text: str) -> Iterator[Remark]:
    """«Просим до …» where the portal follows nothing."""
    for sentence in sentences(text):
        asks, term = ASKS.search(sentence), TERM.search(sentence)
        if asks and term:
            yield Remark(
                f"«{term[0]}»: за этим сроком портал не следит. Срок с исполнителями даёт решение в итогах.",
                False,
            )


def short(text: str) -> str:
    text = text.strip().rstrip(".;")
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…"
