"""Verbs of a speech that do not agree with who held it: «подчеркнул» in the words of a woman."""

import re
from collections.abc import Iterator

from rcro_portal.lib.russian import by_gender

# What reports of speeches use, masculine and feminine.
VERBS = {
    "отметил": "отметила",
    "подчеркнул": "подчеркнула",
    "рассказал": "рассказала",
    "сообщил": "сообщила",
    "сфокусировал": "сфокусировала",
    "представил": "представила",
    "познакомил": "познакомила",
    "обозначил": "обозначила",
    "раскрыл": "раскрыла",
    "напомнил": "напомнила",
    "предложил": "предложила",
    "обратил": "обратила",
    "остановился": "остановилась",
    "поделился": "поделилась",
    "обратился": "обратилась",
    "привёл": "привела",
    "подвёл": "подвела",
    "назвал": "назвала",
    "пояснил": "пояснила",
    "ответил": "ответила",
    "осветил": "осветила",
    "выделил": "выделила",
    "акцентировал": "акцентировала",
}
# Only where the speaker is the one who did it: a sentence that begins with the verb, or with «Далее» before it.
START = re.compile(
    r"(?:^|[.!?…]\s+)(?:(?:далее|также|затем|кроме того|в заключение|в завершение),?\s+)?(?P<verb>[а-яё]+)",
    re.IGNORECASE | re.MULTILINE,
)


def wrong_verbs(text: str, gender: str) -> Iterator[tuple[str, str]]:
    """The verbs as they stand and as they agree with the gender of the speaker."""
    for found in START.finditer(text):
        verb = found["verb"].casefold()
        for masculine, feminine in VERBS.items():
            right, wrong = by_gender(gender, masculine, feminine), by_gender(gender, feminine, masculine)
            if verb.replace("ё", "е") == wrong.replace("ё", "е"):
                yield verb, right
