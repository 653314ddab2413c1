"""Why an act on a letter is not done now: what must come first, or who does it, in the words of page and refusal."""

from collections.abc import Callable, Mapping

from events.permissions import is_office
from rcro_portal.lib import russian
from rcro_portal.lib.acts import Words
from reports.approval import reasons
from reports.letters import drafts, replacements, second_person
from reports.letters.case import LetterCase
from reports.models import DetachedSignature, LetterFile
from reports.models.letter import LetterStatus, Way

DRAFT, REVIEW, APPROVED, PREPARING, AWAITING, SIGNED, SENT, ANNULLED = LetterStatus

# -- Where the letter stands --------------------------------------------------------------------------------


def author_first(case: LetterCase) -> str:
    return russian.stopped(f"Сначала исполнитель: {case.author}")


def approval_first(case: LetterCase) -> str:
    return f"Сначала виза: {reasons.turns(case.approvals)}."


def number_first(case: LetterCase) -> str:
    return f"Сначала номер и дата: письмо ждёт {case.director}."


def pdf_first(case: LetterCase) -> str:
    if case.letter.is_stuck:
        return "Сначала PDF: портал не смог его приготовить. Нажмите «Приготовить ещё раз» или скажите администратору."
    return "Сначала PDF: портал готовит его. Страница обновится сама."


def _signatory(case: LetterCase) -> str:
    """«директор Е.Ю. Кедрова, на подписи с 21.09.2020»."""
    since = russian.short_date(case.letter.entry.registered_on)
    return f"{case.letter.signatory_post.lower()} {case.letter.signatory_name}, на подписи с {since}"


def is_numbered(case: LetterCase) -> str:
    entry = case.letter.entry
    return f"Номер и дата уже есть: № {entry.number} от {russian.short_date(entry.registered_on)}."


def director_returns(case: LetterCase) -> str:
    return f"Письмо согласовано и ждёт {case.director}: вернуть его может он."


def signatory_returns(case: LetterCase) -> str:
    return f"Номер и дата присвоены. Вернуть письмо исполнителю может тот, кто подписывает: {_signatory(case)}."


IS_SIGNED = "Письмо подписано и уходит адресатам. Пока оно не отправлено, директор может его аннулировать."
IS_SENT = "Письмо отправлено и больше не меняется. Исправленное направляют взамен: «Заменить письмом»."
IS_ANNULLED = "Письмо аннулировано."
# What is done before the signature, once that is there.
OVER: Mapping[str, Words[LetterCase]] = {SIGNED: IS_SIGNED, SENT: IS_SENT, ANNULLED: IS_ANNULLED}
# What is done with the PDF that awaits its signature, while there is none.
BEFORE_THE_PDF: Mapping[str, Words[LetterCase]] = {
    DRAFT: author_first,
    REVIEW: approval_first,
    APPROVED: number_first,
    PREPARING: pdf_first,
}

# -- Whom to ask ----------------------------------------------------------------------------------------------


def signatory(case: LetterCase) -> str:
    words = "Это делает тот, у кого сегодня есть право подписи"
    return russian.stopped(f"{words}: {reasons.signatories(case.day)}" if is_office(case.user) else words)


def department(words: str) -> Words[LetterCase]:
    """«Отзывает методист или начальник отдела: отдел … (Иванов И.И.).», the names for staff only."""

    def ask(case: LetterCase) -> str:
        return f"{words}: {case.letter.department.name}{case.planners if is_office(case.user) else ''}."

    return ask


def not_asked(case: LetterCase) -> str:
    words = "Согласует тот, чья виза запрошена, или кто его замещает, и не тот, кто направил письмо."
    return f"{words} Сейчас согласует {reasons.turns(case.approvals)}." if case.letter.status == REVIEW else words


def not_returning(case: LetterCase) -> str:
    if case.letter.status == REVIEW:
        return f"Вернуть письмо может тот, чья виза запрошена: {reasons.turns(case.approvals)}."
    return signatory(case)


# -- What else is missing, or who else does it ----------------------------------------------------------------


def filed_it(case: LetterCase) -> str:
    if case.is_asked:
        return ""
    return f"Кто направил письмо, тот его не согласует. Сейчас согласует {reasons.turns(case.approvals)}."


def not_the_turn(case: LetterCase) -> str:
    if case.letter.status != REVIEW or case.turn:
        return ""
    first = "Ваша виза уже стоит." if case.has_answered else "Ваша очередь ещё не подошла."
    return f"{first} Сейчас согласует {reasons.turns(case.approvals)}."


def is_given(case: LetterCase) -> str:
    if not case.is_given:
        return ""
    return f"Отозвать уже нельзя: виза есть. Вернуть письмо может {reasons.turns(case.approvals)}."


def never_filed(case: LetterCase) -> str:
    return "" if case.letter.snapshot_id else "Этот черновик ещё не направляли: его удаляет исполнитель."


def names_another(case: LetterCase) -> str:
    return "" if case.is_named else f"Подписывает тот, кого называет письмо: {_signatory(case)}."


def is_drawing(case: LetterCase) -> str:
    return "" if case.letter.is_stuck else "PDF готовится: портал пробует сам."


def other_way(way: Way, instead: str) -> Callable[[LetterCase], str]:
    """Where the letter is signed in another way than this one."""

    def words(case: LetterCase) -> str:
        chosen = Way(case.letter.way)
        return "" if chosen == way else f"Выбрано подписание {chosen.label}. {instead}"

    return words


def same_way(way: Way) -> Callable[[LetterCase], str]:
    return lambda case: f"Подписание {way.label} уже выбрано." if case.letter.way == way else ""


BY_KEY = other_way(Way.KEY, "Ключом подписывают после «Подписать ключом в портале».")
ON_PAPER = other_way(Way.PAPER, "Скан нужен, если подписант выберет «Подпишу на бумаге».")
OUTSIDE = other_way(Way.GOST, "Файл подписи нужен, если подписант выберет «Подпишу усиленной подписью вне портала».")
SECOND = other_way(Way.KEY, "Вторую подпись добавляют к письму, которое подписывают ключом в портале.")


def no_scan(case: LetterCase) -> str:
    return ON_PAPER(case) or ("" if case.brought else f"Скана ещё нет. На бумаге подписывает {_signatory(case)}.")


def no_file(case: LetterCase) -> str:
    missing = f"Файла подписи ещё нет. Вне портала подписывает {_signatory(case)}."
    return OUTSIDE(case) or ("" if case.brought else missing)


def own_scan(case: LetterCase) -> str:
    """Who brought the scan does not confirm it."""
    file = case.brought
    return second_person.reason_against(file.made_by_id, case.user, case.day) if isinstance(file, LetterFile) else ""


def own_file(case: LetterCase) -> str:
    """Who brought the file of a signature does not confirm it."""
    file = case.brought
    if not isinstance(file, DetachedSignature):
        return ""
    return second_person.reason_against(file.uploaded_by_id, case.user, case.day)


def is_replaced(case: LetterCase) -> str:
    if case.letter.replaced_by_id:
        return replacements.AlreadyReplaced.words
    return replacements.UnderWay.words if case.replacement else ""


def replaces_nothing(case: LetterCase) -> str:
    return "" if case.is_begun_replacement else replacements.WasFiled.words


def was_filed(case: LetterCase) -> str:
    return drafts.WasFiled.words if case.letter.filed_at or case.letter.snapshot_id else ""
