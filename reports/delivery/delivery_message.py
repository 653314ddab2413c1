"""What goes into the message to one recipient: files up to the limit, links to the rest, and the words."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from events.models import Commitment
from events.models.commitment import ChangeKind
from rcro_portal.lib import store
from reports.composing import renditions
from reports.models import Letter, LetterCommitment, LetterFile, Recipient
from reports.models.letter import FileKind
from reports.signing import gost

ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    gost.MEDIA_TYPE: "sig",
}
LABELS = {
    FileKind.FINAL: "PDF письма",
    FileKind.SEALED: "Подписанный PDF",
    FileKind.SCAN: "Скан подписанного письма",
    FileKind.SIGNATURE: "Файл подписи (.sig)",
    FileKind.STAMPED: "Копия с отметкой о подписи",
}


class MessageFile(NamedTuple):
    """One file of the letter as its recipient gets it; ``door`` and ``pk`` are its address by the message's token."""

    name: str
    label: str
    digest: str
    size: int
    media_type: str
    door: str
    pk: int

    def url(self, token: str) -> str:
        return settings.BASE_URL + reverse(f"reports:message-{self.door}", args=[token, self.pk])


def files(letter: Letter) -> list[MessageFile]:
    """The original with its signatures, the copy with the mark, the appendices: in the order of their weight."""
    return [*_signed_files(letter), *_appendices(letter)]


def _signed_files(letter: Letter) -> Iterator[MessageFile]:
    """A signature made outside stands beside the file that it signs, under the same name."""
    stem = renditions.file_stem(letter)
    original = letter.signature.original
    detached = list(renditions.detached(letter))
    signed = {one.over_id: one.over for one in detached if one.over_id != original.pk}
    for place, file in enumerate([original, *signed.values()]):
        name = f"{stem}-do-podpisi" if place else stem
        yield _file(file, name)
        signatures = [one.file for one in detached if one.over_id == file.pk]
        for number, signature in enumerate(signatures, start=1):
            yield _file(signature, f"{name}-{number}" if number > 1 else name)
    copy = letter.files.filter(kind=FileKind.STAMPED).order_by("-pk").first()
    if copy:
        yield _file(copy, f"{stem}-kopiya")


def _file(file: LetterFile, stem: str) -> MessageFile:
    name = f"{stem}.{ENDINGS[file.media_type]}"
    return MessageFile(name, LABELS[FileKind(file.kind)], file.digest, file.size, file.media_type, "file", file.pk)


def _appendices(letter: Letter) -> Iterator[MessageFile]:
    rows = letter.snapshot.appendices.order_by("position", "pk") if letter.snapshot else []
    for row in rows:
        yield MessageFile(row.file_name, row.title, row.digest, row.size, row.media_type, "appendix", row.pk)


def split(letter: Letter, room: int) -> tuple[list[MessageFile], list[MessageFile]]:
    """Attached, and left to links: a file is attached while the sum stays within ``room`` bytes."""
    attached: list[MessageFile] = []
    linked: list[MessageFile] = []
    total = 0
    for file in files(letter):
        fits = 0 < total + file.size <= room
        (attached if fits else linked).append(file)
        total += file.size if fits else 0
    return attached, linked


def compose(recipient: Recipient, room: int | None = None) -> dict[str, Any]:
    """Everything that ``post.send`` takes, with files up to ``room`` bytes where the mail server takes no more than
    that, never above MAIL_ATTACHMENTS_LIMIT_BYTES. Raises StoreError where a file is not what its row says.
    """
    limit = settings.MAIL_ATTACHMENTS_LIMIT_BYTES
    attached, linked = split(recipient.letter, limit if room is None else min(room, limit))
    return {
        **_words(recipient, attached, linked),
        "to": recipient.email,
        "message_id": recipient.message_id,
        "attachments": [(file.name, store.read(file.digest), file.media_type) for file in attached],
    }


def _words(recipient: Recipient, attached: list[MessageFile], linked: list[MessageFile]) -> dict[str, str]:
    letter = recipient.letter
    asked = told(recipient)
    decides = any(row.change != ChangeKind.WITHDRAWN for row in asked)
    context = {
        "recipient": recipient,
        "letter": letter,
        "attached": attached,
        "linked": [(file, file.url(recipient.token)) for file in linked],
        "asked": asked,
        "asked_heading": _heading(letter),
        "decides": decides,
        "url": settings.BASE_URL + reverse("reports:message-open", args=[recipient.token]),
        "label": _label(letter) if decides else "Открыть письмо",
    }
    return {
        "subject": f"Письмо № {letter.entry.number} от {letter.entry.registered_on:%d.%m.%Y}: {letter.subject_line}",
        "text": render_to_string("mail/letter.txt", context),
        "html": render_to_string("mail/letter.html", context),
    }


def _heading(letter: Letter) -> str:
    if letter.replaces_id:
        return "Что изменилось для вашего центра"
    return "Что решено для вашего центра" if letter.outcome_id else "Что поручено вашему центру"


def _label(letter: Letter) -> str:
    return "Открыть письмо и решение" if letter.outcome_id else "Открыть письмо и поручение"


def owed(recipient: Recipient) -> QuerySet[Commitment]:
    """What the letter, or the one that replaced it, asks of the recipient's organisation, the nearest term first."""
    rows = Commitment.objects.standing().filter(organization=recipient.organization_id)
    return rows.filter(_asked_by(recipient.letter)).order_by("due_on", "pk")


def _asked_by(letter: Letter) -> Q:
    """By an outcome's letters, or by the written letter and those sent in its place since."""
    if letter.outcome_id:
        return Q(outcome=letter.outcome_id)
    line, later = [letter.pk], letter.replaced_by_id
    while later:
        line.append(later)
        later = Letter.objects.values_list("replaced_by", flat=True).get(pk=later)
    return Q(pk__in=LetterCommitment.objects.filter(letter__in=line).values("commitment"))


def told(recipient: Recipient) -> list[LetterCommitment]:
    """What the letter itself said to the recipient when it was sent: asked, moved, changed, withdrawn."""
    if recipient.organization_id is None:
        return []
    rows = recipient.letter.commitments.filter(commitment__organization=recipient.organization_id)
    return list(rows.select_related("commitment").order_by("commitment__position", "pk"))
