"""What the message holds: the original with its signatures, the marked copy, appendices; above the limit, links."""

import pytest
from pytest_django import Settings

from rcro_portal.lib import store
from reports.delivery import delivery_message
from reports.letters import letters as letter_verbs
from reports.letters import signatures
from reports.models import DetachedSignature, Letter, Recipient
from reports.models.letter import FileKind
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.moments import FILED_AT, SIGNED_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
APPENDIX = "Порядок.pdf"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.BASE_URL = "https://rvci.example"


def addressed(office: Office, *rows: dict[str, object]) -> Letter:
    """A free letter with one appendix, sent to addressees by name."""
    letter = walked.free(office, audience="chosen", addressees=list(rows) or [walked.addressed()])
    walked.enclose(letter)
    letter_verbs.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    return walked.send_by_key(Letter.objects.get(pk=letter.pk), office)


def kept(letter: Letter, kind: FileKind, data: bytes, office: Office, **more: str) -> object:
    return signatures.keep_file(letter, kind, store.put(data), len(data), by=office.director, at=SIGNED_AT, **more)


def names(files: list[delivery_message.MessageFile]) -> list[str]:
    return [file.name for file in files]


def test_message_to_an_addressee_holds_the_letter_and_its_appendix(office: Office, key: None) -> None:
    recipient = addressed(office).recipients.get()
    message = delivery_message.compose(recipient)
    assert (message["to"], message["message_id"]) == ("tien@school.example", recipient.message_id)
    found = [(name, kind) for name, _, kind in message["attachments"]]
    assert found == [("pismo-941-2026.pdf", "application/pdf"), (APPENDIX, "application/pdf")]
    original = recipient.letter.signature.original
    assert message["attachments"][0][1] == store.read(original.digest)
    for body in (message["text"], message["html"]):
        assert "Здравствуйте!" in body
        assert "Кому: Ректору ТИЕН, Загорскому А.Ю." in body
        assert f"https://rvci.example/m/{recipient.token}/" in body
        assert "Порядок сбора сведений" in body
        assert "подтвердить ознакомление" in body
        assert "Не поместилось" not in body


def test_coordinator_is_greeted_by_name_and_told_of_the_decision(office: Office) -> None:
    CoordinatorFactory(person__surname="Ветрова", person__given_name="Анна", person__patronymic="Львовна")
    walked.sent_on_paper(office)
    recipient = Recipient.objects.get()
    text = delivery_message.compose(recipient)["text"]
    assert text.startswith("Анна Львовна, здравствуйте!")
    assert f"Кому: Ветрова Анна Львовна, {recipient.center}\n" in text
    asked = "– «Составить список приборов» – до 6 апреля 2026 г., направить ответ."
    assert f"Что решено для вашего центра:\n{asked}\n" in text.replace("\u00a0", " ")
    assert "Ответить можно по ссылке." in text


def test_signatures_go_beside_what_they_sign(office: Office, key: None) -> None:
    """A second signature over the signed file, and one over the PDF before it, which goes along."""
    letter = addressed(office)
    for over, data in ((letter.signature.original, b"one"), (letter.final, b"two")):
        file = kept(letter, FileKind.SIGNATURE, data, office, media_type="application/pkcs7-signature")
        DetachedSignature.objects.create(
            letter=letter, over=over, file=file, verdict="unchecked", uploaded_by=office.director, uploaded_at=SIGNED_AT
        )
    kept(letter, FileKind.STAMPED, b"%PDF-older", office)
    kept(letter, FileKind.STAMPED, b"%PDF-newest", office)
    files = delivery_message.files(letter)
    assert names(files) == [
        "pismo-941-2026.pdf",
        "pismo-941-2026.sig",
        "pismo-941-2026-do-podpisi.pdf",
        "pismo-941-2026-do-podpisi.sig",
        "pismo-941-2026-kopiya.pdf",
        APPENDIX,
    ]
    assert [store.read(files[place].digest) for place in (1, 3, 4)] == [b"one", b"two", b"%PDF-newest"]


def test_what_does_not_fit_is_linked_to(office: Office, key: None, settings: Settings) -> None:
    letter = addressed(office)
    original, appendix = delivery_message.files(letter)
    room = original.size + appendix.size
    assert [names(files) for files in delivery_message.split(letter, room)] == [["pismo-941-2026.pdf", APPENDIX], []]
    assert [names(files) for files in delivery_message.split(letter, room - 1)] == [["pismo-941-2026.pdf"], [APPENDIX]]
    settings.MAIL_ATTACHMENTS_LIMIT_BYTES = appendix.size
    recipient = letter.recipients.get()
    message = delivery_message.compose(recipient)
    assert [name for name, *_ in message["attachments"]] == [APPENDIX]
    link = f"https://rvci.example/m/{recipient.token}/files/{letter.signature.original_id}/"
    for body in (message["text"], message["html"]):
        assert "Не поместилось во вложение, открывается по ссылке:" in body
        assert link in body


def test_two_addressees_at_one_address_get_a_message_each(office: Office, key: None) -> None:
    """Each has a name, a link and a confirmation of their own; whoever opens the box sees whose is which."""
    letter = addressed(office, walked.addressed(), walked.addressed(lines="Проректору ТИЕН\nСтрелецкой М.Л."))
    first, second = letter.recipients.order_by("pk")
    assert (first.email, second.email) == ("tien@school.example", "tien@school.example")
    assert (first.message_id != second.message_id, first.token != second.token) == (True, True)
    assert [row.name for row in (first, second)] == [
        "Ректору ТИЕН, Загорскому А.Ю.",
        "Проректору ТИЕН, Стрелецкой М.Л.",
    ]
