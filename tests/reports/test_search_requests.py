"""One table of what people type and what it finds, the same on SQLite and PostgreSQL, in letters and in names."""

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import Organization
from rcro_portal.lib import russian
from reports.models import IncomingLetter, Letter, RegisterEntry
from reports.verification import archive
from tests.factories import letters
from tests.factories.centers import CenterFactory, OrganizationFactory
from tests.factories.events import EventFactory
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office, RegisterEntryFactory

pytestmark = pytest.mark.django_db
TEXT = (
    "Сафонову В.П., директору МАОУ СОШ № 7\nОб итогах вебинара и работе с планом-графиком\n"
    "На Ваше письмо от 02.03.2026 № 01-25/7730 сообщаем: итоги вебинара подведены, см. файл PDF."
)
FOUND = [
    "Сафонов",
    "Сафонов В.П.",
    "7730",
    "01-25/7730",
    "СОШ-7",
    "СОШ № 7",
    "сош7",
    "план-график",
    "план‑график",
    "«итоги вебинара»",
    "„итоги вебинара“",
    '"итоги вебинара"',
    "“итоги вебинара”",
    "лицей или вебинар",
    "сафонов -лицей",
    "сафонов –лицей",
    "сафонов −лицей",
    "сафонов —«итоги семинара»",
    "CAФOHOB",
    "pdf",
    "ПИСЬМО ОТ 02.03.2026",
    "\ufeff",
    "  ",
]
NOT_FOUND = [
    "773",
    "СОШ-17",
    "СОШ № 70",
    "график-план",
    "«вебинара итоги»",
    "„итоги семинара“",
    "лицей или семинар",
    "сафонов -вебинар",
    "сафонов –вебинар",
    "сафонов —«итоги вебинара»",
    "№",
    "%",
]
CASES = [(words, True) for words in FOUND] + [(words, False) for words in NOT_FOUND]


def with_text(office: Office, text: str = TEXT) -> Letter:
    letter = letters.sent_on_paper(office)
    Letter.objects.filter(pk=letter.pk).update(printed_text=text, printed_key=russian.search_key(text))
    return letter


@pytest.mark.parametrize(("words", "found"), CASES)
def test_letters(office: Office, words: str, found: bool) -> None:
    letter = with_text(office)
    assert list(archive.search(archive.letters(), words)) == [letter] * found


@pytest.mark.parametrize(("words", "found"), CASES)
def test_names(words: str, found: bool) -> None:
    row = OrganizationFactory(full_name=TEXT.replace("\n", " ")[:300], short_name="СОШ № 7")
    assert list(Organization.objects.matching(words)) == [row] * found


@pytest.mark.parametrize(("words", "found"), CASES)
def test_rows_of_the_journal(words: str, found: bool) -> None:
    row = RegisterEntryFactory(number="1", addressee=TEXT.replace("\n", " ")[:300])
    assert list(RegisterEntry.objects.matching(words)) == [row] * found


NUMBERS = ["{0}", "№ {0}", "№{0}", "исх. № {0}", "{0} от 18.03.2026", "№ {0} от 18 марта 2026 г.", "Письмо № {0}"]


@pytest.mark.parametrize("spelling", NUMBERS)
@pytest.mark.parametrize("address", ["reports:archive", "reports:letter-list", "reports:register"])
def test_number_of_a_letter_as_people_write_it(office: Office, client: Client, address: str, spelling: str) -> None:
    letter, _other = with_text(office), with_text(office)
    client.force_login(office.methodist)
    answer = client.get(reverse(address), {"q": spelling.format(letter.entry.number)})
    found = list(answer.context["table"].page)
    assert found == [letter.entry if address == "reports:register" else letter]


@pytest.mark.parametrize("address", ["reports:archive", "reports:letter-list", "reports:register"])
def test_number_of_another_day_is_another_letter(office: Office, client: Client, address: str) -> None:
    letter = with_text(office)
    client.force_login(office.methodist)
    answer = client.get(reverse(address), {"q": f"№ {letter.entry.number} от 19.03.2026"})
    assert list(answer.context["table"].page) == []


@pytest.mark.parametrize("address", ["reports:archive", "reports:letter-list"])
def test_signatory_finds_their_letters(office: Office, client: Client, address: str) -> None:
    letter = with_text(office)
    client.force_login(office.methodist)
    for words in (letter.signatory_name, letter.signatory_name.split()[-1].upper()):
        answer = client.get(reverse(address), {"q": words})
        assert list(answer.context["table"].page) == [letter]


@pytest.mark.parametrize(
    "address",
    [
        "reports:archive",
        "reports:letter-list",
        "reports:register",
        "reports:incoming-list",
        "events:event-list",
        "events:commitment-list",
        "centers:center-list",
        "centers:invitation-list",
        "projects:project-list",
        "projects:cluster-list",
        "olympiad:session-list",
    ],
)
@pytest.mark.parametrize(
    "typed", ["\ufeff", "\u200b\u00ad", "\x00", "«»", "-", "или", "((", "а" * 400, "№ от 31.02.2026"]
)
def test_nothing_typed_breaks_a_list(office: Office, client: Client, address: str, typed: str) -> None:
    client.force_login(office.methodist)
    answer = client.get(reverse(address), {"q": typed})
    assert answer.status_code == 200


def test_lone_mark_of_byte_order_is_an_empty_search(office: Office, client: Client) -> None:
    letter = with_text(office)
    client.force_login(office.methodist)
    answer = client.get(reverse("reports:archive"), {"q": "\ufeff"})
    assert (list(answer.context["table"].page), answer.context["table"].is_narrowed) == ([letter], False)


def test_names_with_numbers_are_listed_by_their_size(office: Office, client: Client) -> None:
    for number in (101, 12, 9):
        organization = OrganizationFactory(full_name=f"{200 - number} школа полностью", short_name=f"«СОШ» № {number}")
        CenterFactory(organization=organization)
        EventFactory(topic=f"Занятие № {number}")
        told = {"sender_name": f"Лицей № {number}", "subject": "О приёме", "received_on": REGISTERED_AT.date()}
        IncomingLetter.objects.create(**told, registered_by=office.clerk, registered_at=REGISTERED_AT)
    client.force_login(office.methodist)

    def listed(address: str, order: str, wanted: str) -> list[str]:
        page = client.get(reverse(address), {"order": order, "q": wanted}).context["table"].page
        return [str(row).split("№ ")[1].split(":")[0].rstrip("»") for row in page]

    assert listed("centers:center-list", "name", "СОШ") == ["9", "12", "101"]
    assert listed("events:event-list", "topic", "Занятие №") == ["9", "12", "101"]
    assert listed("reports:incoming-list", "sender", "Лицей") == ["9", "12", "101"]
