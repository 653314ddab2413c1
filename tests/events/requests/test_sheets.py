"""A sheet is submitted, accepted, given back with remarks, not waited for; what is judged is what was read."""

import datetime

import pytest

from centers.models import Organization
from events.models import DataAnswer, DataRemark, DataSheet
from events.models.request import KnownFigure, QuestionKind
from events.requests import cards, checks, sheet, sheets
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from tests.factories.centers import CenterFactory, coordinator, staff
from tests.factories.moments import DUE_ON
from tests.factories.requests import (
    ANSWERED_AT,
    REVIEWED_AT,
    DataQuestionFactory,
    accepted,
    asked,
    sent,
    submitted,
    write,
)
from tests.untouched import refused

pytestmark = pytest.mark.django_db
NUMBER, _, TEXT, YES_NO, CHOICE, DATE, LIST = QuestionKind
WEBSITE = {"kind": TEXT, "known": KnownFigure.WEBSITE, "writes": True}


@pytest.mark.parametrize(
    ("fields", "text", "words"),
    [
        ({"required": True}, " ", checks.EMPTY),
        ({}, "", ""),
        ({}, "1 250", ""),
        ({}, "около 120", "Нужно целое число цифрами, без слов: 1250."),
        ({}, "2024 2025", "Нужно целое число цифрами, без слов: 1250."),
        ({}, "-1\u202f250\u00a0000", ""),
        ({}, "9" * 16, "Нужно целое число цифрами, без слов: 1250."),
        ({"least": 1}, "0", "Не меньше 1. Если это правда так, напишите методисту."),
        ({"most": 5000}, "50000", "Не больше 5000. Если это правда так, напишите методисту."),
        ({"kind": DATE}, "2026-02-30", "Укажите день: 05.10.2026."),
        ({"kind": DATE}, "2026-02-28", ""),
        ({"kind": YES_NO}, "да", ""),
        ({"kind": CHOICE, "choices": "очно\nзаочно"}, "иначе", "Выберите ответ из списка."),
        ({"kind": TEXT}, "как есть", ""),
        ({**WEBSITE, "known": KnownFigure.PHONE}, "51-56-66", "У номера «51-56-66» нет кода города."),
    ],
)
def test_answer_is_held_against_its_question(fields: dict[str, object], text: str, words: str) -> None:
    said = checks.fault(DataQuestionFactory.build(request=None, **fields), text)
    assert said.startswith(words)
    assert bool(said) == bool(words)


def test_submitted_answers_become_rows_with_their_numbers() -> None:
    questions = ({"key": "q1"}, {"key": "q2", "kind": LIST}, {"key": "q3", "kind": TEXT}, {"key": "q4"})
    row = submitted(asked(questions=questions)[0], q1="1 250", q2="первый\nвторой\n", q3="да", q4="")
    found = DataAnswer.objects.order_by("question__position").values_list("question__key", "text", "number")
    assert list(found) == [("q1", "1 250", 1250), ("q2", "первый\nвторой\n", 2), ("q3", "да", None)]
    assert (row.status, row.submitted_at) == ("in_review", ANSWERED_AT)


def test_answer_that_is_submitted_again_stays_the_row_that_letters_name() -> None:
    row = submitted(asked(questions=({"key": "q1"}, {"key": "q2"}))[0], q1="120", q2="7")
    first = DataAnswer.objects.get(question__key="q1").pk
    said = {"remarks": {"q1": "Проверьте"}, "by": staff("methodist"), "at": REVIEWED_AT}
    sheets.give_back(sheet=row, version=row.version, **said)
    again = write(DataSheet.objects.get(pk=row.pk), q1="130", q2="")
    sheets.submit(sheet=again, version=again.version, by=staff("methodist"), at=REVIEWED_AT)
    assert list(DataAnswer.objects.values_list("pk", "text", "number")) == [(first, "130", 130)]


def test_sheet_with_a_fault_does_not_go_and_loses_nothing() -> None:
    row = write(asked(questions=({"required": True},))[0], answer="около 120")
    by = coordinator(row.center)
    with refused(sheets.NotComplete):
        sheets.submit(sheet=row, version=row.version, by=by, at=ANSWERED_AT)
    assert list(DataSheet.objects.get().answers.values()) == ["около 120"]


def test_what_was_typed_meanwhile_is_not_submitted_unread() -> None:
    row = write(asked()[0], answer="1")
    by = coordinator(row.center)
    DataSheet.objects.update(version=2)
    with refused(sheets.TypedMeanwhile):
        sheets.submit(sheet=row, version=1, by=by, at=ANSWERED_AT)


def test_second_press_is_refused() -> None:
    row = submitted(asked()[0], answer="1")
    row.status, by = "open", coordinator()
    with refused(WrongStep):
        sheets.submit(sheet=row, version=row.version, by=by, at=ANSWERED_AT)


def test_after_the_term_it_goes_all_the_same() -> None:
    row = write(asked()[0], answer="1")
    late = datetime.datetime.combine(DUE_ON + datetime.timedelta(days=3), datetime.time(12), datetime.UTC)
    sheets.submit(sheet=row, version=row.version, by=coordinator(row.center), at=late)
    assert DataSheet.objects.get().submitted_at == late


def test_entered_for_the_centre_says_who_told_it() -> None:
    row = write(asked()[0], answer="1")
    said = {"way": "telephone", "said_by": "Иволгина В.П., директор", "said_on": ANSWERED_AT.date()}
    sheets.submit(sheet=row, version=row.version, by=staff("methodist"), at=ANSWERED_AT, **said)
    found = DataSheet.objects.get()
    assert {name: getattr(found, name) for name in said} == said


def test_given_back_with_remarks_that_go_with_the_next_submission() -> None:
    (row,) = asked(questions=({"key": "q1"}, {"key": "q2"}))
    user = coordinator(row.center)
    row = submitted(row, by=user, q1="1", q2="2")
    remarks = {"q1": "Проверьте число.", "q2": " "}
    sheets.give_back(sheet=row, version=row.version, remarks=remarks, by=staff("methodist"), at=REVIEWED_AT)
    row = DataSheet.objects.get()
    assert (row.status, sheets.remarks(row)) == ("returned", {"q1": "Проверьте число."})
    assert [notice.email for notice in Notice.objects.filter(reason="request_returned")] == [user.email]
    submitted(row, by=user, q1="10")
    assert sheets.remarks(DataSheet.objects.get()) == {}
    assert DataRemark.objects.count() == 1
    assert DataAnswer.objects.get(question__key="q1").number == 10


def test_given_back_without_a_word_is_refused() -> None:
    row, by = submitted(asked()[0], answer="1"), staff("methodist")
    with refused(sheets.NothingToSay):
        sheets.give_back(sheet=row, version=row.version, note=" ", remarks={}, by=by, at=REVIEWED_AT)


def test_accepted_sheet_may_come_back() -> None:
    row = accepted(asked()[0], answer="1")
    sheets.give_back(sheet=row, version=row.version, note="Ошибка", remarks={}, by=staff("methodist"), at=REVIEWED_AT)
    assert DataSheet.objects.get().status == "returned"


def test_centre_that_is_not_waited_for_is_waited_for_again() -> None:
    (row,), by = asked(), staff("methodist")
    with refused(sheets.NoReason):
        sheets.excuse(sheet=row, reason=" ", by=by, at=REVIEWED_AT)
    sheets.excuse(sheet=row, reason="Статус завершён.", by=by, at=REVIEWED_AT)
    assert not DataSheet.objects.silent().exists()
    sheets.await_again(sheet=row, by=by, at=REVIEWED_AT)
    assert DataSheet.objects.silent().exists()


# -- The card ---------------------------------------------------------------------------------------------------------


def site(now: str, answer: str) -> DataSheet:
    """Submitted: another site than the card says."""
    (row,) = asked(CenterFactory(organization__website=now), questions=({"key": "q1", **WEBSITE},))
    return submitted(row, q1=answer)


def accept(row: DataSheet, *write: str, duty: str = "methodist") -> list[str]:
    row, by = DataSheet.objects.get(pk=row.pk), staff(duty)
    seen = cards.digest(cards.foreseen(row))
    return sheets.accept(sheet=row, version=row.version, by=by, at=REVIEWED_AT, seen=seen, write=write)


def website(row: DataSheet) -> str:
    return DataSheet.objects.get(pk=row.pk).center.organization.website


def test_accepted_answer_is_written_into_the_card() -> None:
    row = site("https://old.example", "https://new.example")
    assert accept(row, "website") == [row.asked[0].label]
    assert website(row) == "https://new.example"


def test_what_is_not_chosen_is_not_written() -> None:
    row = site("https://old.example", "https://new.example")
    assert accept(row) == []
    assert website(row) == "https://old.example"


def test_later_change_of_the_card_is_shown_and_stays_unless_chosen() -> None:
    row = site("https://old.example", "https://new.example")
    row.center.organization.website = "https://mended.example"
    row.center.organization.save()
    (found,) = cards.foreseen(row)
    assert (found.is_disputed, found.then, found.now, found.answer) == (
        True,
        "https://old.example",
        "https://mended.example",
        "https://new.example",
    )


def test_card_that_changes_while_the_page_is_open_stops_the_acceptance() -> None:
    row, by = site("https://old.example", "https://new.example"), staff("methodist")
    seen = cards.digest(cards.foreseen(row))
    row.center.organization.website = "https://mended.example"
    row.center.organization.save()
    with refused(cards.CardChanged):
        sheets.accept(sheet=row, version=row.version, by=by, at=REVIEWED_AT, seen=seen, write=["website"])


def test_card_that_changes_in_the_last_moment_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    row = site("https://old.example", "https://new.example")

    def meanwhile(user: object) -> bool:
        Organization.objects.update(website="https://mended.example")
        return bool(user)

    monkeypatch.setattr(cards.permissions, "may_keep", meanwhile)
    with pytest.raises(Moved):
        accept(row, "website")


def test_nobody_gains_a_right_by_it() -> None:
    row = site("https://old.example", "https://new.example")
    assert accept(row, "website", duty="clerk") == []
    assert website(row) == "https://old.example"


# -- What stands beside an answer -------------------------------------------------------------------------------------


def test_differences_are_marked() -> None:
    center = CenterFactory()
    (last,) = asked(center, questions=({"key": "q1"}, {"key": "q2"}))
    accepted(last, q1="100", q2="100")
    request = last.request
    following = request.next.create(
        title="Через год", as_of=request.as_of, due_on=request.due_on, setter=request.setter, follows=request
    )
    for key in ("q1", "q2"):
        DataQuestionFactory(request=following, key=key, known=KnownFigure.PROJECTS if key == "q1" else "")
    row = write(sent(following, center)[0], q1="151", q2="150")
    first, second = sheet.lines(row)
    assert (first.known, first.last, first.differs, first.is_notable) == ("0", "100", True, True)
    assert (second.known, second.last, second.differs, second.is_notable) == ("", "100", False, False)
