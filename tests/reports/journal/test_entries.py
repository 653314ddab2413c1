"""The clerk's verbs: give, write up, reserve, use, add late, describe, annul; and what the history keeps of it."""

import datetime

import pytest

from rcro_portal.lib.refusals import WrongStep
from reports.journal import entries, numbering, paper_numbers
from reports.journal import invariants as journal_invariants
from reports.journal import log as journal_log
from reports.models import FilePlanItem, OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, Origin
from tests.factories import letters as walked
from tests.factories.moments import REGISTERED_AT, SENT_AT, tomsk
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
TODAY, DAY = REGISTERED_AT.date(), datetime.timedelta(days=1)
TOLD = entries.Details(addressee="Школам области", subject_line="О приёме", prepared_by="Громова О.П.")
NOTHING = entries.Details()


def give(office: Office, *, at: datetime.datetime = REGISTERED_AT, key: str = "", **more: object) -> RegisterEntry:
    details = entries.Details(**{**vars(TOLD), **more})
    return entries.give(register=office.register, details=details, by=office.clerk, at=at, key=key)


def record_paper_letters(
    office: Office,
    first: int,
    last: int,
    *,
    details: entries.Details = TOLD,
    on: datetime.date = TODAY,
    with_skipped: bool = False,
) -> list[RegisterEntry]:
    numbers = {"first": first, "last": last, "on": on, "with_skipped": with_skipped}
    return paper_numbers.record_paper_letters(
        register=office.register, details=details, by=office.clerk, at=REGISTERED_AT, **numbers
    )


def reserve(
    office: Office, count: int = 2, *, until: datetime.date = TODAY + DAY, reason: str = "Поездка", key: str = ""
) -> list[RegisterEntry]:
    told = {"count": count, "until": until, "reason": reason, "key": key}
    return entries.reserve(register=office.register, by=office.clerk, at=REGISTERED_AT, **told)


def late(
    office: Office, sequence: int, suffix: str, on: datetime.date = TODAY, reason: str = "Забыто"
) -> RegisterEntry:
    place = {"sequence": sequence, "suffix": suffix, "on": on, "reason": reason}
    return paper_numbers.insert_late(register=office.register, details=TOLD, by=office.clerk, at=SENT_AT, **place)


def acts(entry: RegisterEntry) -> list[str]:
    return [act.words for act in journal_log.history_of(entry)]


def again(entry: RegisterEntry) -> RegisterEntry:
    return RegisterEntry.objects.get(pk=entry.pk)


# -- Give ------------------------------------------------------------------------------------------------


def test_paper_letter_gets_the_next_number_of_the_same_journal(office: Office) -> None:
    walked.preparing(office)
    entry = give(office, document_kind="справка", sheets=2, copies=1, note="почтой")
    row = again(entry)
    assert (row.sequence, row.number, row.registered_on) == (942, "942", TODAY)
    assert (row.status, row.origin, row.letter) == (EntryStatus.REGISTERED, Origin.PAPER, None)
    assert (row.addressee, row.subject_line, row.prepared_by) == ("Школам области", "О приёме", "Громова О.П.")
    assert (row.document_kind, row.sheets, row.copies, row.note) == ("справка", 2, 1, "почтой")
    assert (row.registered_by, acts(row)) == (office.clerk, ["Номер дан бумажному письму"])
    assert list(journal_invariants.registers()) == []


def test_form_sent_twice_gives_one_number(office: Office) -> None:
    first = give(office, key="a")
    with nothing_changes():
        assert give(office, key="a") == first
    assert give(office, key="b").sequence == first.sequence + 1
    assert give(office).sequence == first.sequence + 2


def test_key_of_another_person_is_another_form(office: Office) -> None:
    first = give(office, key="a")
    other = entries.give(register=office.register, details=TOLD, by=office.head, at=REGISTERED_AT, key="a")
    assert other.sequence == first.sequence + 1


def test_case_stands_in_the_number_where_the_journal_wants_it(office: Office) -> None:
    OutgoingRegister.objects.update(with_file_index=True)
    office.register.refresh_from_db()
    case = FilePlanItem.objects.create(year=2026, index="01-12", title="Переписка")
    assert (give(office, file_item=case).number, give(office).number) == ("01-12/941", "942")


def test_nothing_is_given_where_numbers_are_typed(office: Office) -> None:
    office.register.mode = "typed"
    with refused(numbering.NumbersComeFromElsewhere):
        give(office)


# -- Write up ----------------------------------------------------------------------------------------------


def test_five_paper_letters_in_one_go(office: Office) -> None:
    rows = record_paper_letters(office, 941, 945)
    assert [row.number for row in rows] == ["941", "942", "943", "944", "945"]
    found = RegisterEntry.objects.values_list("origin", "registered_on", "addressee").distinct()
    assert list(found) == [("paper", TODAY, "Школам области")]
    assert RegisterYear.objects.values_list("last_sequence", "last_on").get() == (945, TODAY)
    assert give(office).sequence == 946
    assert list(journal_invariants.registers()) == []


def test_particulars_may_come_later(office: Office) -> None:
    record_paper_letters(office, 941, 942, details=NOTHING)
    unexplained = RegisterEntry.objects.unexplained().order_by("sequence")
    assert [row.sequence for row in unexplained] == [941, 942]
    entries.describe(entry=unexplained[0], details=TOLD, by=office.clerk, at=SENT_AT)
    assert [row.sequence for row in RegisterEntry.objects.unexplained()] == [942]


def test_skipped_numbers_are_asked_about_and_then_kept_without_particulars(office: Office) -> None:
    words = (
        "Следующий номер – 941. Если № 941–942 тоже выданы на бумаге, отметьте «Пропущенные номера тоже выданы»: "
        "они войдут в журнал без сведений."
    )
    with refused(entries.WrongNumbers, words):
        record_paper_letters(office, 943, 944)
    record_paper_letters(office, 943, 944, with_skipped=True)
    rows = RegisterEntry.objects.order_by("sequence").values_list("sequence", "origin")
    assert list(rows) == [(941, "unknown"), (942, "unknown"), (943, "paper"), (944, "paper")]
    assert list(journal_invariants.registers()) == []


def test_number_that_is_taken_is_named_with_the_free_one(office: Office) -> None:
    give(office)
    words = "№ 941 занят письмом от 18.03.2026 (исп. Громова О.П.). Свободен № 942."
    with refused(paper_numbers.NumberTaken, words):
        record_paper_letters(office, 941, 943)


def test_numbers_before_the_portal_are_brought_in_by_a_file(office: Office) -> None:
    words = "Портал ведёт этот год с № 941. Свободен № 941. Более ранние номера вносят загрузкой прежнего журнала."
    with refused(paper_numbers.NumberTaken, words):
        record_paper_letters(office, 5, 6)


@pytest.mark.parametrize(("first", "last"), [(942, 941), (0, 5), (941, 1041), (1941, 1942)])
def test_numbers_that_look_like_a_slip_are_refused(office: Office, first: int, last: int) -> None:
    with refused(entries.WrongNumbers):
        record_paper_letters(office, first, last, with_skipped=True)


def test_day_of_paper_letters_lies_between_the_last_number_and_today(office: Office) -> None:
    give(office)
    with refused(paper_numbers.WrongDay, "Этот день ещё не наступил."):
        record_paper_letters(office, 942, 943, on=TODAY + DAY)
    words = "№ 941 выдан 18.03.2026: день следующих номеров не может быть раньше."
    with refused(paper_numbers.WrongDay, words):
        record_paper_letters(office, 942, 943, on=TODAY - DAY)


def test_paper_letters_only_where_the_portal_counts(office: Office) -> None:
    office.register.mode = "block"
    with refused(numbering.NumbersComeFromElsewhere):
        record_paper_letters(office, 941, 942)


# -- Reserve and use ---------------------------------------------------------------------------------------------


def test_reserved_numbers_hold_their_day(office: Office) -> None:
    first, second = reserve(office)
    following = give(office, at=REGISTERED_AT + DAY)
    assert [first.number, second.number, following.number] == ["941", "942", "943"]
    entries.use(entry=first, details=TOLD, by=office.clerk, at=REGISTERED_AT + 2 * DAY)
    row = again(first)
    assert (row.status, row.registered_on, row.addressee) == (EntryStatus.REGISTERED, TODAY, "Школам области")
    assert acts(row) == ["Номер зарезервирован до 19.03.2026: Поездка", "Зарезервированный номер дан письму"]
    assert list(journal_invariants.registers()) == []


def test_reservation_sent_twice_keeps_one_range(office: Office) -> None:
    first = reserve(office, 3, key="a")
    with nothing_changes():
        assert reserve(office, 3, key="a") == first


@pytest.mark.parametrize("until", [TODAY - DAY, datetime.date(2027, 1, 1)])
def test_reservation_ends_in_its_year(office: Office, until: datetime.date) -> None:
    words = "Укажите срок с 18.03.2026 по 31.12.2026: на другой год резерв не переходит."
    with refused(entries.WrongTerm, words):
        reserve(office, until=until)


@pytest.mark.parametrize("count", [0, 101])
def test_reservation_is_of_some_numbers_and_not_of_all(office: Office, count: int) -> None:
    with refused(entries.WrongNumbers):
        reserve(office, count)


def test_reservation_says_for_what(office: Office) -> None:
    with refused(numbering.NoReason):
        reserve(office, reason=" ")


def test_forgotten_reservation(office: Office) -> None:
    reserve(office, 1, until=TODAY + DAY)
    forgotten = [RegisterEntry.objects.forgotten(TODAY + days * DAY).count() for days in (0, 1, 2)]
    assert forgotten == [0, 0, 1]


def test_reserved_number_is_used_once(office: Office) -> None:
    (entry,) = reserve(office, 1)
    entries.use(entry=entry, details=TOLD, by=office.clerk, at=SENT_AT)
    with refused(WrongStep):
        entries.use(entry=entry, details=TOLD, by=office.clerk, at=SENT_AT)


def test_number_goes_to_no_letter_without_particulars(office: Office) -> None:
    (entry,) = reserve(office, 1)
    with refused(entries.NothingSaid):
        entries.use(entry=entry, details=NOTHING, by=office.clerk, at=SENT_AT)


# -- Late ---------------------------------------------------------------------------------------------------------


def test_late_letter_stands_beside_the_number_of_its_day(office: Office) -> None:
    give(office)
    give(office, at=REGISTERED_AT + 2 * DAY)
    entry = late(office, 941, "а")
    assert (entry.number, entry.registered_on) == ("941а", TODAY)
    assert acts(entry) == ["Внесено с опозданием: Забыто"]
    assert late(office, 941, "б").number == "941б"
    assert list(journal_invariants.registers()) == []
    assert give(office, at=REGISTERED_AT + 2 * DAY).sequence == 943


@pytest.mark.parametrize("days", [-1, 3])
def test_date_of_a_late_letter_breaks_no_order(office: Office, days: int) -> None:
    give(office)
    entries.give(register=office.register, details=TOLD, by=office.clerk, at=REGISTERED_AT)
    words = "День должен лежать между соседними номерами: с 18.03.2026 по 18.03.2026."
    with refused(paper_numbers.WrongDay, words):
        late(office, 941, "а", TODAY + days * DAY)


def test_late_letter_after_the_last_number_moves_its_day(office: Office) -> None:
    give(office, at=REGISTERED_AT - DAY)
    late(office, 941, "а", TODAY)
    assert RegisterYear.objects.get().last_on == TODAY
    assert list(journal_invariants.registers()) == []


@pytest.mark.parametrize(
    ("sequence", "suffix", "words"),
    [
        (941, "а", "№ 941а уже есть в журнале. Возьмите следующую букву."),
        (950, "а", "№ 950 в журнале 2026 года нет: рядом с ним внести нельзя."),
    ],
)
def test_late_number_has_a_place(office: Office, sequence: int, suffix: str, words: str) -> None:
    give(office)
    late(office, 941, "а")
    with refused(paper_numbers.NumberTaken, words):
        late(office, sequence, suffix)


def test_late_letter_says_why(office: Office) -> None:
    give(office)
    with refused(numbering.NoReason):
        late(office, 941, "а", reason=" ")


# -- Describe and annul ---------------------------------------------------------------------------------------------


def test_what_was_mended_stays_in_the_history(office: Office) -> None:
    entry = give(office)
    mended = entries.Details(addressee="Лицеям", subject_line="О приёме", note="почтой")
    entries.describe(entry=entry, details=mended, by=office.clerk, at=SENT_AT)
    assert again(entry).addressee == "Лицеям"
    assert acts(entry)[1:] == [
        "Сведения внесены: кому (было «Школам области»), исполнитель (было «Громова О.П.»), примечание"
    ]
    entries.describe(entry=entry, details=mended, by=office.clerk, at=SENT_AT)
    assert acts(entry)[2:] == ["Сведения подтверждены"]


def test_unknown_number_is_explained(office: Office) -> None:
    record_paper_letters(office, 942, 942, with_skipped=True)
    entry = RegisterEntry.objects.get(sequence=941)
    entries.describe(entry=entry, details=TOLD, by=office.clerk, at=SENT_AT)
    assert (again(entry).origin, RegisterEntry.objects.unexplained().count()) == (Origin.PAPER, 0)


def test_number_of_the_portal_is_described_by_its_letter(office: Office) -> None:
    letter = walked.preparing(office)
    with refused(entries.BelongsToALetter):
        entries.describe(entry=letter.entry, details=TOLD, by=office.clerk, at=SENT_AT)
    with refused(entries.BelongsToALetter):
        entries.annul(entry=letter.entry, reason="Ошибка", by=office.clerk, at=SENT_AT)


def test_annulled_number_is_neither_used_nor_described_nor_annulled_again(office: Office) -> None:
    entry = give(office)
    entries.annul(entry=entry, reason="Не отправлено", by=office.clerk, at=SENT_AT)
    row = again(entry)
    assert (row.status, row.annulled_reason, row.annulled_at) == (EntryStatus.ANNULLED, "Не отправлено", SENT_AT)
    assert acts(row)[-1] == "Номер аннулирован: Не отправлено"
    told = {"entry": entry, "by": office.clerk, "at": SENT_AT}
    for act in (lambda: entries.describe(details=TOLD, **told), lambda: entries.annul(reason="Ещё раз", **told)):
        with refused(WrongStep):
            act()
    assert give(office).sequence == 942


def test_reserved_number_is_annulled_with_a_reason(office: Office) -> None:
    (entry,) = reserve(office, 1)
    with refused(numbering.NoReason):
        entries.annul(entry=entry, reason=" ", by=office.clerk, at=SENT_AT)
    entries.annul(entry=entry, reason="Поездки не было", by=office.clerk, at=SENT_AT)
    assert again(entry).status == EntryStatus.ANNULLED


# -- New Year ---------------------------------------------------------------------------------------------------


def test_new_year_begins_at_midnight_in_tomsk(office: Office) -> None:
    give(office)
    before = give(office, at=datetime.datetime(2026, 12, 31, 16, 59, 59, tzinfo=datetime.UTC))
    after = give(office, at=datetime.datetime(2026, 12, 31, 17, 0, 0, tzinfo=datetime.UTC))
    assert [(row.year, row.number, str(row.registered_on)) for row in (before, after)] == [
        (2026, "942", "2026-12-31"),
        (2027, "1", "2027-01-01"),
    ]
    assert list(journal_invariants.registers()) == []


def test_paper_letters_of_the_old_year_are_still_written_up_in_january(office: Office) -> None:
    give(office, at=tomsk(12, 28, 9))
    give(office, at=tomsk(1, 11, 9, year=2027))
    old = datetime.date(2026, 12, 30)
    told = {"first": 942, "last": 943, "on": old, "details": TOLD, "by": office.clerk}
    rows = paper_numbers.record_paper_letters(register=office.register, at=tomsk(1, 11, 10, year=2027), **told)
    assert [(row.year, row.sequence, row.registered_on) for row in rows] == [(2026, 942, old), (2026, 943, old)]
    assert list(journal_invariants.registers()) == []
