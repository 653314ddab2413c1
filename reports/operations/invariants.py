"""What must hold under any crash, race or replay: each invariant is a function that names what breaks it, in words.

``manage.py check_invariants`` runs them all. They read rows and files, and change nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from centers.accounts import addresses, second_factors
from events.models import Commitment, CommitmentTransition, EventTransition, Outcome, OutcomeTransition
from events.models.commitment import ChangeKind, CommitmentStatus
from events.models.outcome import OutcomeStatus
from rcro_portal.lib import rules, store
from rcro_portal.lib.transitions import Transition
from reports.certificates import invariants as certificate_invariants
from reports.composing import content
from reports.journal import invariants as journal_invariants
from reports.letters import outside_signatures
from reports.models import (
    Approval,
    ApprovalRequest,
    DetachedSignature,
    Halt,
    IncomingTransition,
    Letter,
    LetterCommitment,
    LetterTransition,
    Recipient,
    RegisterEntry,
    ReleaseTransition,
    Signature,
    Snapshot,
)
from reports.models.approval import ApprovalKind
from reports.models.letter import NUMBERED, SIGNED, FileKind, LetterStatus, Way
from reports.models.register import EntryStatus
from reports.models.signature import DetachedVerdict
from reports.operations import counts_agree, stored_files
from reports.signing import pades

ORIGINALS = {Way.KEY: FileKind.SEALED, Way.PAPER: FileKind.SCAN, Way.GOST: FileKind.FINAL}
VISED = (LetterStatus.APPROVED, *NUMBERED)


def filed_outcomes() -> Iterator[str]:
    """Filed and locked ⇔ one living letter that is no draft; while a replacement is on its way: that one and the
    letter in force, whose text is kept.
    """
    living: dict[int, list[Letter]] = defaultdict(list)
    for letter in Letter.objects.living().exclude(outcome=None).order_by("pk"):
        living[letter.outcome_id or 0].append(letter)
    for outcome in Outcome.objects.select_related("reopening").order_by("pk"):
        yield from _letters_of(outcome, living[outcome.pk])


def _letters_of(outcome: Outcome, living: list[Letter]) -> Iterator[str]:
    in_force = [letter for letter in living if letter.status == LetterStatus.SENT]
    on_the_way = [letter for letter in living if letter.status != LetterStatus.SENT]
    replacing = [letter for letter in on_the_way if in_force and letter.replaces_id == in_force[0].pk]
    locking = [letter for letter in on_the_way or in_force if letter.status != LetterStatus.DRAFT]
    if outcome.status == OutcomeStatus.FILED and len(locking) != 1:
        yield f"Итоги {outcome.pk} направлены, а писем в пути: {len(locking)}."
    if outcome.status == OutcomeStatus.DRAFT and locking:
        yield f"Итоги {outcome.pk} открыты для правки, а письмо {locking[0].pk} в пути."
    if in_force and on_the_way != replacing:
        yield f"У итогов {outcome.pk} есть отправленное письмо, а другое в пути его не заменяет."
    if bool(replacing) != hasattr(outcome, "reopening"):
        yield f"Итоги {outcome.pk}: прежний текст хранится без замены, или замена идёт, а прежнего текста нет."


def commitments() -> Iterator[str]:
    """What stands was asked by the letter in force, in its words and with its term, though that may have
    been moved since; a withdrawn one was left out.
    """
    # Of several letters that spoke of it the last one counts.
    said = {row.commitment_id: row for row in LetterCommitment.objects.order_by("letter")}
    for owed in Commitment.objects.order_by("pk"):
        row = said.get(owed.pk)
        if row is None:
            yield f"Поручение {owed.pk} не дано ни одним письмом."
        elif row.change != ChangeKind.WITHDRAWN and (owed.text, owed.said_due_on) != (row.text, row.due_on):
            yield f"Поручение {owed.pk} говорит не то, что письмо {row.letter_id}."
        elif (owed.status == CommitmentStatus.WITHDRAWN) and row.change != ChangeKind.WITHDRAWN:
            yield f"Поручение {owed.pk} снято, а письмо {row.letter_id} его даёт."


def approvals() -> Iterator[str]:
    """An approved letter has every approval that was asked on exactly its content; content is what its digest says."""
    agreed = Approval.objects.exclude(kind=ApprovalKind.RETURNED)
    approved = Letter.objects.filter(status__in=VISED)
    vised = approved.filter(snapshot__in=agreed.values("snapshot"))
    for pk in _keys(approved.exclude(pk__in=vised)):
        yield f"Письмо {pk} согласовано, а визы на его содержание нет."
    lacking = ApprovalRequest.objects.exclude(pk__in=agreed.exclude(request=None).values("request"))
    for pk in _keys(vised.filter(snapshot__in=lacking.values("snapshot"))):
        yield f"Письмо {pk} согласовано, а согласовали его не все, чьи визы запрошены."
    for snapshot in Snapshot.objects.order_by("pk").iterator():
        if content.digest(snapshot.content) != snapshot.digest:
            yield f"Содержание письма {snapshot.letter_id} (снимок {snapshot.pk}) изменилось после направления."


def numbers_of_letters() -> Iterator[str]:
    """Numbered ⇔ one row of the register that counts, and each names the other."""
    counting = RegisterEntry.objects.filter(status=EntryStatus.REGISTERED)
    own = counting.filter(letter__entry=F("pk"))
    for pk in _keys(Letter.objects.filter(status__in=NUMBERED).exclude(entry__in=own)):
        yield f"Письмо {pk} напечатано с номером, которого за ним в журнале нет."
    for entry in counting.exclude(letter=None).exclude(pk__in=own).order_by("pk"):
        yield f"{entry} не аннулирован, а письмо {entry.letter_id} его не носит."


def signatures() -> Iterator[str]:
    """Signed ⇔ a signature over a file of that letter: the signed PDF, the scan, or the PDF with its .sig."""
    for pk in _keys(Letter.objects.filter(status__in=SIGNED, signature=None)):
        yield f"Письмо {pk} подписано, а подписи нет."
    may_be_signed = (*SIGNED, LetterStatus.ANNULLED)
    for pk in _keys(Letter.objects.exclude(status__in=may_be_signed).exclude(signature=None)):
        yield f"У письма {pk} есть подпись, а оно не подписано."
    for signature in Signature.objects.select_related("original").order_by("pk"):
        original = signature.original
        if original.letter_id != signature.letter_id or original.kind != ORIGINALS[Way(signature.way)]:
            yield f"Подпись письма {signature.letter_id} стоит не под его подлинником."
    outside = Signature.objects.filter(way=Way.GOST)
    proved = DetachedSignature.objects.filter(verdict=DetachedVerdict.VALID).values("over")
    confirmed = DetachedSignature.objects.exclude(letter__signature__confirmed_by=None).values("over")
    for letter in outside.exclude(original__in=proved).exclude(original__in=confirmed).values_list("letter", flat=True):
        yield f"Письмо {letter} подписано вне портала, а проверенного или подтверждённого файла подписи нет."


def verified_signatures() -> Iterator[str]:
    """Every signature verifies: that of the key over the whole file, by the certificate that the row names."""
    for signature in Signature.objects.filter(way=Way.KEY).select_related("original").order_by("pk"):
        try:
            verdict = pades.verify(store.read(signature.original.digest), now=_judged_at(signature))
        except (pades.NotGenuine, store.StoreError) as error:
            yield f"Письмо {signature.letter_id}: {error}"
        else:
            if verdict.fingerprint != signature.fingerprint:
                yield f"Письмо {signature.letter_id} подписано не тем сертификатом, что записан."
    yield from outside_signatures.disproved()


def _judged_at(signature: Signature) -> datetime.datetime:
    """A letter outlives its certificate, and the authority's too: its signature is judged by the moment of signing.

    A letter may be dated before its key, as in the demonstration: then by the nearest moment of the key's term.
    """
    begins, ends = signature.valid_from, signature.valid_to
    assert begins, "a constraint says so of signatures by key"
    assert ends, "a constraint says so of signatures by key"
    return min(max(signature.signed_at, begins), ends)


def dispatch() -> Iterator[str]:
    """Nothing is sent before it is signed: recipients and commitments belong to sent letters, one to each addressed."""
    for pk in _keys(Letter.objects.exclude(status=LetterStatus.SENT).exclude(recipients=None)):
        yield f"Письмо {pk} не отправлено, а получатели у него уже есть."
    of_sent = Letter.objects.filter(status=LetterStatus.SENT).order_by("pk")
    for letter in of_sent.prefetch_related("centers", "addressees", "recipients"):
        meant: set[tuple[int | None, int | None]] = {(center.pk, None) for center in letter.centers.all()}
        meant |= {(None, addressee.pk) for addressee in letter.addressees.all()}
        if meant != {(recipient.center_id, recipient.addressee_id) for recipient in letter.recipients.all()}:
            yield f"Письмо {letter.pk} отправлено не тем, кому направлено."
    sent = Letter.objects.filter(status=LetterStatus.SENT, outcome__isnull=False).values("outcome")
    given = LetterCommitment.objects.filter(letter__status=LetterStatus.SENT).values("commitment")
    for pk in _keys(Commitment.objects.exclude(Q(outcome__in=sent) | Q(outcome__isnull=True, pk__in=given))):
        yield f"Поручение {pk} дано, а письмо с решением не отправлено."
    for pk in _keys(Recipient.objects.filter(status="sent", attempts=0)):
        yield f"Сообщение {pk} отправлено без попытки отправить."


def halts() -> Iterator[str]:
    """From a restore until the last number was stated no number was taken and nothing was sent."""
    for halt in Halt.objects.order_by("pk"):
        end = halt.lifted_at or timezone.now()
        taken = LetterTransition.objects.filter(after=LetterStatus.PREPARING, at__gt=halt.since_at, at__lt=end)
        for letter in taken.order_by("pk").values_list("letter", flat=True):
            yield f"Письмо {letter} получило номер, когда выдача номеров стояла."
        for pk in _keys(Recipient.objects.filter(sent_at__gt=halt.since_at, sent_at__lt=end)):
            yield f"Сообщение {pk} ушло, когда рассылка стояла."


STEPS: tuple[type[Transition], ...] = (
    EventTransition,
    OutcomeTransition,
    CommitmentTransition,
    LetterTransition,
    IncomingTransition,
    ReleaseTransition,
)


def transitions() -> Iterator[str]:
    """Every state has a transition that led to it, and every transition begins where the one before ended."""
    for steps in STEPS:
        yield from _transitions_of(steps)


def _transitions_of(steps: type[Transition]) -> Iterator[str]:
    owner = next(field for field in steps._meta.fields if "TRANSITIONS" in vars(field.related_model or object))
    model = owner.related_model
    walked: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row, before, after in steps._default_manager.order_by("pk").values_list(owner.name, "before", "after"):
        walked[row].append((before, after))
    first = model._meta.get_field("status").default
    for pk, status in model.objects.order_by("pk").values_list("pk", "status"):
        path = [("", first), *walked[pk]]
        if path[-1][1] != status or any(one[1] != two[0] for one, two in pairwise(path)):
            yield f"{model._meta.verbose_name.capitalize()} {pk}: состояние не следует из записанных шагов."


def terms() -> Iterator[str]:
    """No two terms of one thing share a day, and each lies inside what it belongs to: the rules that models name."""
    yield from rules.broken(timezone.localdate())


def _keys(rows: QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


INVARIANTS: dict[str, Callable[[], Iterator[str]]] = {
    "У направленных итогов одно письмо": filed_outcomes,
    "Виза стоит под содержанием письма": approvals,
    "Поручения те, что в действующем письме": commitments,
    "Номер и письмо принадлежат друг другу": numbers_of_letters,
    "Подписанное письмо подписано": signatures,
    "Подписи подтверждаются": verified_signatures,
    "В журнале нет пропусков, повторов и обратных дат": journal_invariants.registers,
    "У каждого номера сертификата своя строка и файл": certificate_invariants.certificates,
    "Файлы на месте и не изменились": stored_files.broken,
    "Отправлено только подписанное": dispatch,
    "После восстановления номера и рассылка стояли": halts,
    "Состояния следуют из шагов": transitions,
    "Вторые факторы открываются ключом портала": second_factors.unreadable,
    "У каждого входа один адрес": addresses.astray,
    "Сроки не спорят друг с другом": terms,
    "Числа сходятся со своими запросами": counts_agree.apart,
}


def broken() -> dict[str, list[str]]:
    """Every invariant by its title, with what breaks it."""
    return {title: list(find()) for title, find in INVARIANTS.items()}
