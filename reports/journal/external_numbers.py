"""Numbers of a register that is kept elsewhere: typed for each letter, or given to the portal in blocks. The verbs."""

import datetime
import re
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from centers.models import User
from rcro_portal.lib import written_days
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal, WrongStep
from reports.composing import written_numbers
from reports.journal import log as journal_log
from reports.journal import numbering
from reports.models import Letter, NumberBlock, OutgoingRegister, RegisterEntry
from reports.models.letter import LetterKind, LetterStatus
from reports.models.register import EntryStatus, RegisterMode

FOR_A_LETTER, BY_MISTAKE = "Для письма портала", "Внесён для другого письма по ошибке"
OF_ANOTHER_YEAR = "Внесён для письма, которое в этом году на подпись не ушло"
# «01-12/945/1» where numbers name a case, else «И-945а»: what stands before the first figures is only a prefix. After
# them stand a letter or a stroke with what belongs to it, never words, a day or a fraction.
_SUFFIX = r"(?P<suffix>(?:[^\W\d_]|[/–-])[^\s.,;:]{0,19})?"
_WITH_CASE = re.compile(rf"(?P<before>\S+?)/(?P<sequence>\d{{1,9}}){_SUFFIX}")
_PLAIN = re.compile(rf"(?P<before>[^\s\d]{{0,4}}\s?|[^\s\d]*)(?P<sequence>\d{{1,9}}){_SUFFIX}")
_RANGE = re.compile(r"(\d{1,9})\s*[–—-]\s*(\d{1,9})")
_AROUND_STROKES = re.compile(r"\s*([/–-])\s*")

_OF_A_LETTER = (
    "number",
    "registered_on",
    "registered_by",
    "letter",
    "subject_line",
    "prepared_by",
    "reserved_until",
    "reserved_reason",
)


class NotANumber(Refusal):
    words = "В этом номере нет порядкового номера. Внесите его так, как он стоит в журнале: «945» или «01-12/945»."


class TakenByAnother(Refusal):
    """The number has its row already."""


class NotHere(Refusal):
    """The register works in another mode."""


class WrongBlock(Refusal):
    """Its numbers are no range, or were given already."""


class Parsed(NamedTuple):
    sequence: int
    suffix: str


def bare(text: str) -> str:
    """Without the sign that pages and letters put before it."""
    return text.strip().removeprefix("№").strip()


def range_of(text: str) -> range | None:
    """«942–945»: several numbers."""
    found = _RANGE.fullmatch(text)
    return range(int(found[1]), int(found[2]) + 1) if found and int(found[1]) < int(found[2]) else None


def parse(register: OutgoingRegister, text: str) -> Parsed:
    """The parts by which a typed number is sorted and unique. Raises NotANumber."""
    core = bare(text).removeprefix(register.prefix)
    if register.suffix:
        core = core.removesuffix(register.suffix)
    core = _AROUND_STROKES.sub(r"\1", core)
    if written_days.is_like(core) or range_of(core):
        raise NotANumber
    found = (register.with_file_index and _WITH_CASE.fullmatch(core)) or _PLAIN.fullmatch(core)
    if not found or int(found["sequence"]) == 0:
        raise NotANumber
    return Parsed(int(found["sequence"]), found["suffix"] or "")


@transaction.atomic
def type_for(*, letter: Letter, number: str, by: User, at: datetime.datetime) -> RegisterEntry:
    """Keep the number that the records office gave for this letter until «К подписанию» takes it.

    Typed again, it is another number: the mistaken one stays reserved for its owner. Raises NotANumber,
    TakenByAnother, NotHere, WrongStep.
    """
    register = numbering.register_for(letter.kind)
    if register.mode != RegisterMode.TYPED:
        raise NotHere("Номера этого журнала выдаёт портал: письмо получит номер по кнопке «К подписанию».")
    # No other number is typed meanwhile, and the letter does not leave.
    OutgoingRegister.objects.filter(pk=register.pk).update(code=F("code"))
    if not Letter.objects.filter(pk=letter.pk, status=LetterStatus.APPROVED).exists():
        raise WrongStep
    year, parsed = timezone.localtime(at).year, parse(register, written_numbers.split(number).number)
    free = _free_row(register, year, parsed, letter)
    _let_go(letter, year)
    entry = _keep(free, register, letter, parsed, number=written_numbers.split(number).number, by=by, at=at)
    journal_log.write([entry], f"Номер внесён для письма {quoted(letter.subject_line)}", by=by, at=at)
    return entry


def _free_row(register: OutgoingRegister, year: int, parsed: Parsed, letter: Letter) -> RegisterEntry | None:
    """A row of that number that was let go, or none; raises TakenByAnother."""
    place = {"year": year, "sequence": parsed.sequence, "suffix": parsed.suffix}
    row = register.entries.filter(**place).first()
    if row is None or (row.status == EntryStatus.RESERVED and row.letter_id in (None, letter.pk)):
        return row
    raise TakenByAnother(
        f"№ {row.number} уже есть в журнале: {row.get_status_display().lower()}, {quoted(row.subject_line)}."
    )


def _let_go(letter: Letter, year: int) -> None:
    """A number of this year was a mistake; one of the year before came too early."""
    kept = RegisterEntry.objects.filter(letter=letter, status=EntryStatus.RESERVED)
    unused = {"letter": None, "subject_line": "", "prepared_by": ""}
    kept.exclude(year=year).update(reserved_reason=OF_ANOTHER_YEAR, **unused)
    kept.update(reserved_reason=BY_MISTAKE, **unused)


def _keep(
    free: RegisterEntry | None,
    register: OutgoingRegister,
    letter: Letter,
    parsed: Parsed,
    *,
    number: str,
    by: User,
    at: datetime.datetime,
) -> RegisterEntry:
    day = timezone.localtime(at).date()
    entry = free or RegisterEntry(
        register=register, year=day.year, sequence=parsed.sequence, suffix=parsed.suffix, status=EntryStatus.RESERVED
    )
    entry.number, entry.registered_on, entry.registered_by, entry.letter = number, day, by, letter
    entry.subject_line, entry.prepared_by = letter.subject_line, letter.prepared_by.surname_first
    entry.reserved_until, entry.reserved_reason = day.replace(month=12, day=31), FOR_A_LETTER
    entry.save(update_fields=_OF_A_LETTER if free else None)
    return entry


def waiting(year: int) -> "QuerySet[Letter]":
    """Approved letters for which no number of this year has been typed: one of the year before serves no more."""
    registers = list(OutgoingRegister.objects.order_by("pk"))
    chosen = {kind: numbering.among(registers, kind) for kind in LetterKind.values}
    kinds = [kind for kind, register in chosen.items() if register and register.mode == RegisterMode.TYPED]
    typed = RegisterEntry.objects.filter(status=EntryStatus.RESERVED, year=year).exclude(letter=None).values("letter")
    return Letter.objects.filter(status=LetterStatus.APPROVED, kind__in=kinds).exclude(pk__in=typed)


@transaction.atomic
def give_block(
    *, register: OutgoingRegister, year: int, first: int, last: int, note: str, by: User, at: datetime.datetime
) -> NumberBlock:
    """«Выделить номера»: a range of an external register for the portal. Raises WrongBlock, NotHere."""
    if register.mode != RegisterMode.BLOCK:
        raise NotHere("Этому журналу номера не выделяют: порядок нумерации у него другой.")
    if not 1 <= first <= last < first + 10_000:
        raise WrongBlock("Укажите номера по возрастанию: «947–960».")
    # No other block is given meanwhile.
    OutgoingRegister.objects.filter(pk=register.pk).update(code=F("code"))
    of_year = NumberBlock.objects.filter(register=register, year=year)
    if other := of_year.filter(first_sequence__lte=last, last_sequence__gte=first).first():
        raise WrongBlock(f"{other} года уже выделены. Укажите другие номера.")
    if taken := register.entries.filter(year=year, sequence__range=(first, last)).order_by("sequence").first():
        raise WrongBlock(f"№ {taken.number} уже есть в журнале. Укажите номера после него.")
    return NumberBlock.objects.create(
        register=register,
        year=year,
        first_sequence=first,
        last_sequence=last,
        last_taken=first - 1,
        note=note,
        given_by=by,
        given_at=at,
    )
