"""Checking a letter from outside: what anybody may learn of it, and whether a file is the one that was signed.

Genuine means: the sha256 of the bytes is the registered one. A signature alone would stay green over a file to which
something was appended.
"""

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from rcro_portal.lib import russian
from reports.composing import written_numbers
from reports.models import DetachedSignature, Letter, LetterFile, Letterhead, RegisterEntry
from reports.models.letter import SIGNED, FileKind, Way
from reports.models.register import EntryStatus
from reports.models.signature import DetachedVerdict

NO_SUCH_KEY = "Адрес набран с ошибкой, или код принадлежит не этому порталу. Проверьте письмо по номеру и дате."
NO_SUCH_NUMBER = (
    "Подписанного письма с таким номером и датой в журнале нет. Проверьте, как они набраны. Если они набраны верно, "
    "позвоните в учреждение: так проверяют и письма, отправленные раньше, чем журнал повёл портал."
)
ON_PAPER = (
    "Номер и дата есть в журнале учреждения. Подлинник – бумажный, портал его не хранит: содержание письма "
    "подтвердят по телефону учреждения."
)
NOT_DESCRIBED = (
    "Номер выдан на бумаге, сведений о письме в журнале ещё нет. Кому оно и о чём, подтвердят по телефону учреждения."
)
NOT_THIS_ONE = "Это не тот файл, который подписан под этим номером: он изменён или относится к другому письму."
NONE_OF_OURS = (
    "Ни одно подписанное письмо портала не совпадает с этим файлом: он изменён (хотя бы пересохранён или "
    "распечатан в PDF) или составлен не здесь. Попросите прислать файл из письма портала."
)


class CheckVerdict(Enum):
    """Of a letter or of a file: tone of the notice, its title."""

    ISSUED = ("success", "Такое письмо есть, оно действует")
    REPLACED = ("warning", "Письмо заменено другим")
    ANNULLED = ("error", "Аннулировано")
    UNSIGNED = ("warning", "Письмо ещё не подписано")
    ON_PAPER = ("success", "Зарегистрировано, подписано на бумаге")
    NOT_DESCRIBED = ("warning", "Зарегистрировано, сведений о письме нет")
    GENUINE = ("success", "Письмо подлинное, не изменялось")
    UNCHECKED = ("warning", DetachedVerdict.UNCHECKED.label)
    COPY = ("success", "Это верная копия подписанного письма")
    NOT_THE_ORIGINAL = ("warning", "Это не подписанный экземпляр")
    ALTERED = ("error", "Файл отличается от подписанного")
    UNKNOWN = ("error", "Такого письма нет")


@dataclass(frozen=True)
class Answer:
    """What the page says: the verdict with words on what to do, and the number that it speaks of."""

    verdict: CheckVerdict
    words: str
    entry: RegisterEntry | None = None
    digest: str = ""

    @property
    def tone(self) -> str:
        return self.verdict.value[0]

    @property
    def title(self) -> str:
        return self.verdict.value[1]

    @property
    def letter(self) -> Letter | None:
        """The letter, while this number is its own."""
        letter = self.entry.letter if self.entry else None
        return letter if letter and letter.entry_id == self.entry.pk else None


def new_key() -> dict[str, str]:
    """The columns of a number that anybody may check it by: 128 secret bits, and the printed address."""
    token = secrets.token_urlsafe(16)
    return {"check_token": token, "check_url": f"{settings.BASE_URL}{reverse('reports:check-letter', args=[token])}"}


def by_token(token: str) -> Answer:
    """The holder of the paper with its QR code may know how it stands, signed or not yet."""
    entry = _entries().filter(check_token=token).first()
    return _standing(entry) if entry else Answer(CheckVerdict.UNKNOWN, NO_SUCH_KEY)


def by_number(number: str, day: datetime.date) -> Answer:
    """A letter of the portal that was signed, a paper one of the register, or an annulled number.

    What is still under way or only reserved is not told. Registers may share a number: what stands goes first.
    """
    entries = _entries().filter(pk__in=written_numbers.named(number, day)).exclude(status=EntryStatus.RESERVED)
    answers = [_on_paper(one) if one.letter_id is None else _standing(one) for one in entries.order_by("pk")]
    told = [answer for answer in answers if answer.verdict != CheckVerdict.UNSIGNED]
    told.sort(key=lambda answer: answer.verdict == CheckVerdict.ANNULLED)
    return told[0] if told else Answer(CheckVerdict.UNKNOWN, NO_SUCH_NUMBER)


def _on_paper(entry: RegisterEntry) -> Answer:
    """To whom and of what it is stays in the register: number and day are easily guessed."""
    if entry.status == EntryStatus.ANNULLED:
        return Answer(CheckVerdict.ANNULLED, _annulled(entry), entry)
    if entry.is_unexplained:
        return Answer(CheckVerdict.NOT_DESCRIBED, NOT_DESCRIBED, entry)
    return Answer(CheckVerdict.ON_PAPER, ON_PAPER, entry)


@dataclass(frozen=True)
class Institution:
    """Whose letters are checked here, and the lines of its letterhead that hold a telephone, else all of them."""

    name: str
    telephone: str


def institution(day: datetime.date) -> Institution | None:
    letterhead = Letterhead.objects.in_force_on(day).order_by("-since", "-pk").first()
    if letterhead is None:
        return None
    lines = letterhead.reference.splitlines()
    telephones = [line for line in lines if "тел" in line.casefold()] or lines
    return Institution(letterhead.short_name, "; ".join(line.strip(" ,;") for line in telephones))


def by_file(data: bytes, entry: RegisterEntry | None = None) -> Answer:
    """Compare bytes with what is registered; ``entry`` is the number they are said to bear, if that is known."""
    digest = hashlib.sha256(data).hexdigest()
    files = LetterFile.objects.filter(digest=digest).select_related("letter__entry", "letter__signature")
    if entry is not None:
        files = files.filter(letter=entry.letter_id)
    file = files.order_by("-pk").first()
    if file is None:
        return Answer(CheckVerdict.ALTERED, NOT_THIS_ONE if entry else NONE_OF_OURS, entry, digest)
    return _of_file(file, digest, entry)


def _of_file(file: LetterFile, digest: str, entry: RegisterEntry | None) -> Answer:
    letter = file.letter
    if letter.status not in SIGNED:
        past = entry or letter.entries.filter(status=EntryStatus.ANNULLED).order_by("-pk").first()
        if past is None or past.status != EntryStatus.ANNULLED:
            return Answer(CheckVerdict.ALTERED, NONE_OF_OURS, None, digest)
        return Answer(CheckVerdict.ANNULLED, _annulled(past), past, digest)
    if letter.replaced_by_id:
        return Answer(CheckVerdict.REPLACED, _replaced(letter), letter.entry, digest)
    verdict, words = _kind_of_file(file)
    return Answer(verdict, words, letter.entry, digest)


def _kind_of_file(file: LetterFile) -> tuple[CheckVerdict, str]:
    signature = file.letter.signature
    if file.pk == signature.original_id and signature.way == Way.GOST and not _proved(file):
        return CheckVerdict.UNCHECKED, "Файл до последнего байта совпадает с тем, который подписан вне портала."
    if file.pk == signature.original_id and signature.way != Way.PAPER:
        return CheckVerdict.GENUINE, "Файл до последнего байта совпадает с тем, который подписан и внесён в журнал."
    if file.kind in (FileKind.STAMPED, FileKind.SCAN):
        return CheckVerdict.COPY, "Файл совпадает с копией, которую хранит портал. Подлинник указан ниже."
    if file.kind == FileKind.SIGNATURE:
        return CheckVerdict.GENUINE, "Это файл подписи к письму. Само письмо проверяется отдельно: приложите PDF."
    if file.pk == file.letter.final_id and signature.way == Way.PAPER:
        return CheckVerdict.COPY, "С этого файла напечатан подлинник; подписан он на бумаге."
    return (
        CheckVerdict.NOT_THE_ORIGINAL,
        "Текст принадлежит порталу, но подписи в этом файле нет. Попросите подписанный файл.",
    )


def _proved(original: LetterFile) -> bool:
    return DetachedSignature.objects.filter(over=original, verdict=DetachedVerdict.VALID).exists()


def _standing(entry: RegisterEntry) -> Answer:
    letter = entry.letter
    if entry.status == EntryStatus.ANNULLED:
        return Answer(CheckVerdict.ANNULLED, _annulled(entry), entry)
    if letter is None or letter.entry_id != entry.pk or letter.status not in SIGNED:
        return Answer(CheckVerdict.UNSIGNED, "Номер присвоен, подписи ещё нет. Дождитесь письма.", entry)
    if letter.replaced_by_id:
        return Answer(CheckVerdict.REPLACED, _replaced(letter), entry)
    return Answer(
        CheckVerdict.ISSUED, "Сверьте реквизиты со своим экземпляром и приложите файл, чтобы сравнить его.", entry
    )


def _annulled(entry: RegisterEntry) -> str:
    day = russian.short_date(entry.registered_on)
    return f"Номер {entry.number} от {day} аннулирован: письмо с ним не действует, исполнять его не нужно."


def _replaced(letter: Letter) -> str:
    later = letter.replaced_by.entry
    return f"Действует письмо № {later.number} от {russian.short_date(later.registered_on)}. Руководствуйтесь им."


def _entries() -> "QuerySet[RegisterEntry]":
    return RegisterEntry.objects.select_related(
        "letter__entry", "letter__signature", "letter__replaced_by__entry", "letter__authority"
    )
