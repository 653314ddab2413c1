"""What protocols and reports call their columns (``headings.toml``), and the words by which they count."""

import re
import tomllib
from pathlib import Path
from typing import Any

from rcro_portal.lib.registers.importing.columns import Column

_TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _columns(told: dict[str, Any]) -> tuple[Column, ...]:
    return tuple(Column(name, one["heading"], tuple(one["synonyms"])) for name, one in told.items())


# A line per participant, and what beside the counts stands in a report.
PROTOCOL, PLACES = _columns(_TOLD["protocol"]), _columns(_TOLD["report"])
PERSON = ("person", "surname", "given_name", "patronymic", "login", "code")
NOT_KEPT = (
    *("№ п/п", "№", "п/п", "id", "тип тестирования", "состояние обработки результата", "первичный балл"),
    *("результат онлайн-тура", "результат очного тура", "класс участника", "литера", "место", "рейтинг", "учитель"),
    *("наставник", "пол", "дата рождения", "гражданство", "овз", "ф.и.о. учителя", "педагог-наставник"),
)

# What is counted → the column of the table; «участник» of a protocol is one person and no count.
KINDS = (
    (re.compile(r"\bучастник(?:и|ов)\b"), "participants"),
    (re.compile(r"\bпобедител(?:и|ей)\b"), "winners"),
    (re.compile(r"\bпри[зс][её]р(?:ы|ов)\b"), "prize_winners"),
)
# Shares, and schools or teachers who took part, are counts of something else.
NOT_COUNTED = re.compile(
    r"%|\b(?:дол[яи]|процент\w*|школ\w*|оо|оу|организац\w*|учрежден\w*|педагог\w*|учител\w*|наставник\w*)\b"
)
# In the place of a participant: lines of a protocol that sum up, explain or are signed.
NOT_PEOPLE = re.compile(
    r"(?:итог|всего|средн|максим|миним|наибол|наимен|количеств|числ|кол-во|процент|доля|проходной|"
    r"победителей|победители|приз[её]ров|приз[её]ры|участников|участники|председател|член|жюри|секретар|организатор|эксперт)"
)
# Two words with capitals that are no person: «Русский Язык», «Томский Район».
NOT_NAMES = re.compile(
    r"язык|культур|район|округ|област|этап|олимпиад|протокол|класс|школ|лице|гимнази|итог|результат"
    r"|\bгород\b|\bзато\b|\bпос[её]лок\b|\bсело\b"
)
DERIVED = re.compile(r"\b(?:всего|итого|сумма|общее)\b")
# Words by which a file says which stage it is of.
STAGES = (
    (re.compile(r"\bшкольн\w+ этап"), "school"),
    (re.compile(r"\bмуниципальн\w+ этап"), "municipal"),
    (re.compile(r"\bрегиональн\w+ этап"), "regional"),
    (re.compile(r"\bзаключительн\w+ этап"), "final"),
)
