"""What a talk lacks before it can be printed: who spoke, as what and from where, on what; and what it says twice."""

import re
from collections.abc import Iterator

from events import kinds
from events.models import Outcome, Talk
from events.models.outcome import TalkAct
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.russian import by_gender
from reports.composing import gender_lint
from reports.composing.findings import Finding

# Only posts that one holds somewhere: «депутат», «предприниматель», «эксперт» may stand alone.
HELD_SOMEWHERE = re.compile(
    r"\b(?:методист|учитель|преподаватель|педагог|директор|заместитель|начальник|заведующ|руководитель|специалист|"
    r"воспитатель|психолог|логопед|доцент|профессор|библиотекарь|тьютор|консультант|лаборант|ректор|проректор|декан|"
    r"инженер|тренер)(?:ая|ий)?\b",
    re.IGNORECASE,
)
# An abbreviation but the network's own, a name in quotation marks, or a word for a body.
BODY = re.compile(
    r"\b(?!РВЦИ\b|ВсОШ\b|ОГЭ\b|ЕГЭ\b)[А-ЯЁ]{2,}[А-Яа-яЁё]*\b|[«\"„№]|"
    r"(?i:\b(?:школ|лице|гимнази|университет|институт|академи|колледж|техникум|училищ|центр|департамент|управлени|комитет|"
    r"министерств|администраци|дом[ауе]?\b|двор[её]?ц|музе|библиотек[аи]\b|завод|предприяти|компани|фонд|кванториум|сад[аеу]?\b|"
    r"учреждени|организаци|объединени|станци|агентств|редакци|театр|клуб|союз|ассоциаци|федераци|совет|область|област|"
    r"филиал|кафедр|факультет|лаборатори|интернат|пансион|корпус|округ|район|город|г\.|с\.|обществ|палат|служб|инспекци))"
)
# How a text begins that says once more what the portal has said before it.
OPENED_TWICE = re.compile(r"\bобозначил\w*\s(?:\S+\s)?(?:цел|задач)\w+|^открыва[яел]\w*\s", re.IGNORECASE)
SAID_ALREADY = {
    TalkAct.OPENED: OPENED_TWICE,
    TalkAct.REPORTED: re.compile(
        r"^(?:(?:\S+\s){0,3}?отметил[аи]?(?:,?\sчто)|что\s|в сво[её]м выступлении)", re.IGNORECASE
    ),
    TalkAct.SHARED: re.compile(r"^(?:поделил(?:ся|ась)\s|(?:своим\s)?опытом\s)", re.IGNORECASE),
    TalkAct.ANSWERED: re.compile(r"^(?:ответил[аи]?\s|на\s(?:\S+\s)?вопросы|касающиеся\s)", re.IGNORECASE),
}


def findings(outcome: Outcome, talks: list[Talk]) -> Iterator[Finding]:
    introduced: set[int] = set()
    for number, talk in enumerate(talks):
        # Who answers questions after their own talk is named by it, and without the post.
        if talk.act != TalkAct.ANSWERED or talk.speaker_id not in introduced:
            yield from _speaker(talk, f"talks-{number}")
        introduced.add(talk.speaker_id)
        yield from _said(talk, kinds.words(outcome.event.kind), f"talks-{number}")


def _speaker(talk: Talk, row: str) -> Iterator[Finding]:
    name = talk.speaker.surname_first
    if russian.is_initial(talk.speaker.given_name) or russian.is_initial(talk.speaker.patronymic):
        words = f"{name}: вместо имени инициалы. Внесите имя и отчество полностью в справочник людей."
        yield Finding(words, f"{row}-speaker", blocks=False)
    if not talk.post:
        yield Finding(f"Не указана должность: {name}", f"{row}-post")
    elif HELD_SOMEWHERE.search(talk.post) and not BODY.search(talk.post):
        yield Finding(f"{name}: в должности {quoted(talk.post)} не названа организация.", f"{row}-post", blocks=False)


def _said(talk: Talk, words: kinds.Words, row: str) -> Iterator[Finding]:
    name, text = talk.speaker.surname_first, talk.text.strip()
    if not text and talk.act in (TalkAct.REPORTED, TalkAct.SHARED):
        yield Finding(f"Не внесено содержание выступления: {name}", f"{row}-text")
    if not talk.title and talk.act == TalkAct.REPORTED:
        yield Finding(f"Не указана тема выступления: {name}", f"{row}-title", blocks=False)
    if SAID_ALREADY[TalkAct(talk.act)].search(text):
        twice = f"Портал сам пишет «{own_words(talk, words)}», а текст это повторяет. Уберите повтор."
        yield Finding(twice, f"{row}-text", blocks=False)
    for verb, right in gender_lint.wrong_verbs(text, talk.speaker.gender):
        doubt = f"{name}: «{verb}» не согласуется с именем. Напишите «{right}»."
        yield Finding(doubt, f"{row}-text", blocks=False)


def own_words(talk: Talk, words: kinds.Words) -> str:
    """What ``wording`` puts before the text of a talk."""
    gender = talk.speaker.gender
    if talk.act == TalkAct.OPENED:
        set_out = by_gender(gender, "обозначил", "обозначила")
        return f"…, открывая {words.accusative}, {set_out} основные цели и задачи {words.its} проведения"
    if talk.act == TalkAct.REPORTED:
        return f"… в своём выступлении {by_gender(gender, 'отметил', 'отметила')}, что"
    if talk.act == TalkAct.SHARED:
        return f"… {by_gender(gender, 'поделился', 'поделилась')} опытом"
    return f"… {by_gender(gender, 'ответил', 'ответила')} на вопросы, касающиеся"
