"""Pages of the journal: the clerk's home, the one-line form, the forms of many numbers, anomalies, one row, files."""

import datetime
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from reports.journal import entries, listing, paper_numbers
from reports.journal import sheets as journal_sheets
from reports.models import FilePlanItem, NumberBlock, OutgoingRegister, RegisterEntry
from reports.typesetting import rendering
from tests.factories import imports
from tests.factories import letters as walked
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office, RegisterEntryFactory
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
TOLD = {"addressee": "Ёлкиной А.А.", "subject_line": "О приёме", "prepared_by": "Громова О.П."}
TODAY = REGISTERED_AT.date()


@pytest.fixture
def clerk(office: Office, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The clerk on the day of the factories' letters."""
    settings.SECOND_FACTOR_REQUIRED = False
    monkeypatch.setattr(timezone, "now", lambda: REGISTERED_AT)
    client.force_login(office.clerk)
    return client


def give(office: Office, **more: Any) -> RegisterEntry:
    details = entries.Details(**{**TOLD, **more})
    return entries.give(register=office.register, details=details, by=office.clerk, at=REGISTERED_AT)


def form(**more: Any) -> dict[str, Any]:
    return {**TOLD, "key": uuid.uuid4(), **more}


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# -- The clerk's home -------------------------------------------------------------------------------------------


def test_home_is_the_journal(office: Office, clerk: Client) -> None:
    give(office), give(office, addressee="")
    page = clerk.get("/")
    assert "Следующий номер 943" in text(page)
    assert "Без сведений: 1" in text(page)
    assert [entry.sequence for entry in page.context["dashboard"].last] == [942, 941]
    assert "autofocus" in page.content.decode()


def test_enter_gives_the_number_in_large_digits(office: Office, clerk: Client) -> None:
    page = clerk.post("/register/give/", form(**{"from": "home"}), follow=True)
    entry = RegisterEntry.objects.get()
    assert page.redirect_chain == [(f"/?given={entry.pk}&journal=outgoing", 302)]
    assert (entry.number, entry.addressee) == ("941", "Ёлкиной А.А.")
    assert '<span class="big-number__value">№ 941</span>' in page.content.decode()
    assert 'data-copy="941"' in page.content.decode()


def test_the_same_form_again_shows_the_same_number(office: Office, clerk: Client) -> None:
    sent = form()
    first, second = (clerk.post("/register/give/", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert RegisterEntry.objects.count() == 1


def test_empty_line_comes_back_with_words(office: Office, clerk: Client) -> None:
    with nothing_changes():
        page = clerk.post("/register/give/", form(addressee=" "))
    assert page.status_code == 422
    assert page.context["give_form"].errors == {"addressee": ["Обязательное поле."]}


def test_number_given_by_another_is_not_shown_as_ones_own(office: Office, clerk: Client) -> None:
    entry = RegisterEntryFactory(register=office.register, letter=None)
    assert clerk.get(f"/?given={entry.pk}").context["given"] is None


def test_other_roles_have_no_desk(office: Office, client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    for user in (office.methodist, office.head, office.director):
        client.force_login(user)
        assert (client.get("/").context.get("dashboard"), client.get("/register/").context["dashboard"]) == (None, None)


def test_case_of_the_year_is_offered(office: Office, clerk: Client) -> None:
    OutgoingRegister.objects.update(with_file_index=True)
    case = FilePlanItem.objects.create(year=2026, index="01-12", title="Переписка")
    FilePlanItem.objects.create(year=2025, index="01-11", title="Старое")
    offered = clerk.get("/").context["give_form"].fields["file_item"].queryset
    assert list(offered) == [case]
    clerk.post("/register/give/", form(file_item=case.pk))
    assert RegisterEntry.objects.get().number == "01-12/941"


def test_letters_that_wait_for_a_typed_number(office: Office, clerk: Client) -> None:
    OutgoingRegister.objects.update(mode="typed")
    letter = walked.approved(office)
    assert clerk.get("/").context["dashboard"].waiting == [letter]
    answer = clerk.post(f"/letters/{letter.pk}/number/", {"number": "№ 1207"}, follow=True)
    assert "№ 1207 внесён. Письмо можно отправлять на подпись." in text(answer)
    assert answer.context["dashboard"].waiting == []


def test_block_and_what_is_left_of_it(office: Office, clerk: Client) -> None:
    OutgoingRegister.objects.update(mode="block")
    assert "Выделенных порталу номеров не осталось" in text(clerk.get("/"))
    answer = clerk.post("/register/block/", {"year": 2026, "numbers": "947–960", "note": "Канцелярия"}, follow=True)
    assert "Порталу выделены № 947–960, 2026." in text(answer)
    office.register.refresh_from_db()
    give(office)
    assert (NumberBlock.objects.get().last_taken, clerk.get("/").context["dashboard"].left) == (947, 13)


# -- Many numbers ---------------------------------------------------------------------------------------------------


def test_paper_letters_in_one_go(office: Office, clerk: Client) -> None:
    assert clerk.get("/register/write-up/").context["form"].initial == {"on": TODAY, "numbers": "941"}
    answer = clerk.post("/register/write-up/", {"numbers": "941 - 945", "on": "18.03.2026"}, follow=True)
    assert "Внесены № 941–945." in text(answer)
    assert RegisterEntry.objects.count() == 5


def test_what_is_refused_stands_in_the_form(office: Office, clerk: Client) -> None:
    give(office)
    answer = clerk.post("/register/write-up/", {"numbers": "941–945", "on": "18.03.2026", "addressee": "Школам"})
    assert answer.status_code == 422
    words = "№ 941 занят письмом от 18.03.2026 (исп. Громова О.П.). Свободен № 942."
    assert answer.context["form"].non_field_errors() == [words]
    assert 'value="Школам"' in answer.content.decode()


@pytest.mark.parametrize("numbers", ["", "девять", "9-", "1–2–3"])
def test_numbers_are_read_or_asked_for_again(office: Office, clerk: Client, numbers: str) -> None:
    answer = clerk.post("/register/write-up/", {"numbers": numbers, "on": "18.03.2026"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["numbers"])


def test_reservation(office: Office, clerk: Client) -> None:
    told = {"key": uuid.uuid4(), "count": 2, "until": "20.03.2026", "reason": "Поездка"}
    assert "Зарезервированы № 941–942." in text(clerk.post("/register/reserve/", told, follow=True))


def test_late_letter(office: Office, clerk: Client) -> None:
    give(office)
    told = {**TOLD, "number": "941а", "on": "18.03.2026", "reason": "Забыто"}
    assert "Внесено письмо № 941а." in text(clerk.post("/register/late/", told, follow=True))
    assert clerk.post("/register/late/", {**told, "number": "941"}).status_code == 422


# -- Anomalies and one row ------------------------------------------------------------------------------------------


def test_journal_in_order_says_so(office: Office, clerk: Client) -> None:
    give(office)
    assert "Пропусков и повторов нет." in text(clerk.get("/register/anomalies/"))


def test_anomalies_say_what_is_missing(office: Office, clerk: Client) -> None:
    empty = entries.Details()
    told = {"register": office.register, "by": office.clerk, "at": REGISTERED_AT}
    paper_numbers.record_paper_letters(first=943, last=943, with_skipped=True, details=empty, on=TODAY, **told)
    entries.reserve(count=1, until=TODAY, reason="Поездка", **told)
    RegisterEntry.objects.filter(sequence=944).update(reserved_until=TODAY - datetime.timedelta(days=1))
    entries.annul(entry=RegisterEntry.objects.get(sequence=943), reason="Ошибка", by=office.clerk, at=REGISTERED_AT)
    office.register.years.update(last_sequence=945)
    page = clerk.get("/register/anomalies/")
    assert "нет сведений о № 945." in text(page)
    assert "Нет сведений о № 941–942. Внесите письма или укажите причину." in text(page)
    found = page.context["found"]
    assert [row.sequence for row in found.forgotten] == [944]
    assert [row.sequence for row in found.annulled] == [943]


def test_row_with_its_history(office: Office, clerk: Client) -> None:
    entry = give(office, addressee="")
    page = clerk.post(f"/register/entries/{entry.pk}/describe/", {**TOLD, "sheets": 2}, follow=True)
    assert "№ 941: сведения внесены." in text(page)
    assert [act["title"] for act in page.context["history"]] == [
        "Номер дан бумажному письму",
        "Сведения внесены: кому, листов",
    ]
    page = clerk.post(f"/register/entries/{entry.pk}/annul/", {"reason": "Не отправлено"}, follow=True)
    assert "№ 941 аннулирован." in text(page)
    assert (page.context["details_form"], page.context["annul_form"]) == (None, None)


def test_reserved_number_is_given_on_its_page(office: Office, clerk: Client) -> None:
    told = {"count": 1, "until": TODAY, "reason": "Поездка", "by": office.clerk, "at": REGISTERED_AT}
    (entry,) = entries.reserve(register=office.register, **told)
    clerk.post(f"/register/entries/{entry.pk}/describe/", TOLD)
    assert RegisterEntry.objects.values_list("status", "addressee").get() == ("registered", "Ёлкиной А.А.")


# -- List and files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"), [("елкиной", [941]), ("ПРИЁМЕ 942", [942]), ("№ 942", [942]), ("(", []), ("", [942, 941])]
)
def test_search_knows_no_case_and_no_yo(office: Office, clerk: Client, query: str, found: list[int]) -> None:
    give(office), give(office, addressee="Школам")
    rows = clerk.get("/register/", {"q": query}).context["table"].page
    assert [row.sequence for row in rows] == found


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/", 21), ("/register/", 16), ("/register/anomalies/", 8)])
def test_page_costs_the_same_whatever_the_journal(
    path: str, queries: int, rows: int, office: Office, clerk: Client, django_assert_num_queries: Callable
) -> None:
    for _ in range(rows):
        give(office)
    with django_assert_num_queries(queries):
        clerk.get(path)


def test_workbook_holds_what_the_list_shows(office: Office, clerk: Client) -> None:
    give(office, subject_line="=1+1"), give(office, addressee="Школам", note="почтой")
    answer = clerk.get("/register/table.xlsx", {"q": "Школам"})
    assert answer["Content-Disposition"] == 'attachment; filename="zhurnal-2026-03-18.xlsx"'
    rows = imports.table(answer.content)
    assert rows[0] == [column.heading for column in listing.COLUMNS]
    assert rows[1:] == [
        [
            "942",
            "18.03.2026",
            "Школам",
            "О приёме",
            "Громова О.П.",
            "письмо",
            "",
            "",
            "",
            "Зарегистрирован",
            "бумажное письмо",
            "почтой",
        ],
    ]
    assert imports.table(clerk.get("/register/table.xlsx").content)[2][3] == "=1+1"


def test_printed_journal_has_nine_columns_on_every_page(office: Office, clerk: Client) -> None:
    for number in range(60):
        give(office, subject_line=f"О деле {number}", addressee="Школам 😀")
    answer = clerk.get("/register/journal.pdf", {"since": "01.03.2026", "until": "31.03.2026"})
    assert answer["Content-Type"] == "application/pdf"
    pages = rendering.page_count(answer.content)
    printed = " ".join(rendering.plain_text(answer.content).split())
    assert pages > 1
    for heading in (
        "Организация",
        "Дата",
        "Рег. номер",
        "Вид документа",
        "Адресат",
        "Заголовок",
        "Листов",
        "Экз.",
        "Примечание",
    ):
        assert printed.count(heading) == pages
    assert "О деле 59" in printed
    assert "Школам ?" in printed


def test_more_rows_than_a_document_holds(office: Office, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_sheets, "ROWS_AT_MOST", 2)
    for _ in range(3):
        give(office)
    answer = clerk.get("/register/journal.pdf", {"since": "01.03.2026", "until": "31.03.2026"})
    assert answer.status_code == 409
    assert "в журнале 3 строки, а в одном документе – до 2" in text(answer)


def test_period_without_rows(office: Office, clerk: Client) -> None:
    answer = clerk.get("/register/journal.pdf", {"since": "01.03.2026", "until": "31.03.2026"})
    assert (answer.status_code, "За этот период в журнале нет строк." in text(answer)) == (409, True)


@pytest.mark.parametrize("address", ["/?given={}", "/register/anomalies/?year={}"])
def test_endless_number_in_an_address_is_none(clerk: Client, address: str) -> None:
    assert clerk.get(address.format("9" * 5_000)).status_code == 200
