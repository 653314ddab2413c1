"""Letters that no outcome writes: begun, saved against each other, filed, thrown away, corrected."""

import datetime
from typing import Any

import pytest
from django.test import Client

from events.outcomes import outcomes
from rcro_portal.lib.refusals import WrongStep
from reports.composing import addressees, content, draft_lint, lint
from reports.letters import corrections, drafts, letters
from reports.models import DistributionList, IncomingLetter, Letter, LetterFigure, Letterhead, Manuscript
from reports.models.letter import LetterKind, LetterStatus
from reports.models.manuscript import Audience
from tests.factories import centers, events
from tests.factories import letters as walked
from tests.factories.moments import APPROVED_AT, FILED_AT, WRITTEN_AT, tomsk
from tests.factories.reports import LetterheadFactory, Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db


def text_of(letter: Letter) -> list[list[Any]]:
    """The text's elements of what the letter would print, without letterhead and executor."""
    composed = content.compose(Manuscript.objects.get(letter=letter), at=FILED_AT).content
    kept = ("paragraph", "item", "table", "closing", "appendix")
    return [list(pair) for pair in composed if pair[0] in kept]


def save(letter: Letter, office: Office, **changed: Any) -> None:
    drafts.save(of=letter, by=office.methodist, at=WRITTEN_AT, **walked.written(letter, **changed))


# -- Begin ------------------------------------------------------------------------------------------


def test_information_letter_begins_with_what_is_usual(office: Office) -> None:
    letter = drafts.begin(kind=LetterKind.INFORMATION, by=office.methodist, at=WRITTEN_AT)
    text = letter.manuscript
    assert (letter.status, letter.department, letter.prepared_by) == (
        "draft",
        office.department,
        office.methodist.person,
    )
    assert (text.audience, text.addressee, text.salutation, text.version) == (
        Audience.CENTERS,
        outcomes.ADDRESSEE,
        "Уважаемые коллеги!",
        1,
    )


def test_announcement_is_made_from_the_event(office: Office) -> None:
    event = events.announced(
        department=office.department,
        topic="Открытая лаборатория",
        ends_at=tomsk(3, 12, 16, 30),
        place="https://meet.example/lab",
        schedule=events.PlanScheduleFactory(),
    )
    letter = drafts.begin(kind=LetterKind.ANNOUNCEMENT, event=event, by=office.methodist, at=WRITTEN_AT)
    assert (letter.subject_line, letter.occasion) == ("О проведении вебинара", event)
    assert letter.manuscript.body.split("\n") == [
        "В соответствии с планом-графиком реализации регионального проекта «Сеть открытых лабораторий» на 2026 год "
        "отдел развития сетей ОГБУ «Заречный центр» 12\xa0марта\xa02026\xa0г. в 15:00 проводит вебинар "
        "«Открытая лаборатория» с целью обмена опытом работы школьных лабораторий.",
        "Форма проведения – онлайн. Подключение: https://meet.example/lab.",
        "Просим обеспечить участие координаторов РВЦИ в вебинаре и заявить его в портале сети "
        "до 11\xa0марта\xa02026\xa0г.",
        "Программа вебинара:",
        "Время | Тема | Выступающий",
        "15:00–16:30 | Открытая лаборатория | отдел развития сетей",
    ]


def test_announcement_of_several_days_names_the_days_and_the_place_when_it_is_known(office: Office) -> None:
    days = {"starts_at": tomsk(3, 12, 15), "ends_at": tomsk(3, 14, 16), "form": "on_site"}
    texts = []
    for place in ("", "Лицей № 5."):
        event = events.announced(department=office.department, topic="Сборы", place=place, **days)
        letter = drafts.begin(kind=LetterKind.ANNOUNCEMENT, event=event, by=office.methodist, at=WRITTEN_AT)
        texts.append(letter.manuscript.body.split("\n"))
    assert texts[0][0].startswith(
        "Отдел развития сетей ОГБУ «Заречный центр» с 12 по 14\xa0марта\xa02026\xa0г. проводит"
    )
    assert [text[1] for text in texts] == [
        "Форма проведения – очно.",
        "Форма проведения – очно. Место проведения: Лицей № 5.",
    ]
    assert texts[0][-1] == "12.03.2026–14.03.2026 | Сборы | отдел развития сетей"


@pytest.mark.parametrize("make", [events.EventFactory, events.held])
def test_no_announcement_of_what_is_not_announced_or_over(make: Any, office: Office) -> None:
    event = make()
    with refused(drafts.EventNotAnnounced):
        drafts.begin(kind=LetterKind.ANNOUNCEMENT, event=event, by=office.methodist, at=WRITTEN_AT)


def test_reply_fills_number_and_day_of_what_it_answers(office: Office) -> None:
    school = centers.OrganizationFactory(
        short_name="Лицей № 5", short_name_genitive="Лицея № 5", head_name="Кравченко Иван Ильич"
    )
    incoming = IncomingLetter.objects.create(
        received_on=datetime.date(2026, 3, 10),
        sender=school,
        sender_name="Лицей № 5",
        their_number="17/2",
        their_on=datetime.date(2026, 3, 9),
        subject="О сроках",
        registered_by=office.clerk,
        registered_at=WRITTEN_AT,
    )
    letter = drafts.begin(kind=LetterKind.REPLY, incoming=incoming, by=office.methodist, at=WRITTEN_AT)
    (addressee,) = letter.addressees.all()
    assert (letter.subject_line, letter.answers) == ("О сроках", incoming)
    assert (addressee.lines, addressee.email) == ("Директору Лицея № 5\nКравченко И.И.", school.email)
    save(letter, office, body="Сообщаем.", reply_to_number="17/2", reply_to_on=datetime.date(2026, 3, 9))
    composed = content.compose(Manuscript.objects.get(letter=letter), at=FILED_AT).content
    assert [pair for pair in composed if pair[0].startswith("reply")] == [
        ["reply_to_number", "17/2"],
        ["reply_to_on", "09.03.2026"],
    ]


def test_past_letter_lends_its_text_and_figures(office: Office) -> None:
    past = walked.free(office, closing="С уважением,")
    letter = drafts.begin(kind=LetterKind.INFORMATION, copied_from=past, by=office.head, at=WRITTEN_AT)
    assert (letter.subject_line, letter.manuscript.body, letter.manuscript.closing) == (
        past.subject_line,
        walked.BODY,
        "С уважением,",
    )
    assert [figure.name for figure in letter.figures.all()] == ["центры"]


def test_letter_about_an_outcome_lends_what_it_printed_with_its_figures(office: Office) -> None:
    centers.CenterFactory()
    past = walked.in_review(office)
    letter = drafts.begin(kind=LetterKind.INFORMATION, copied_from=past, by=office.methodist, at=WRITTEN_AT)
    assert "в сети работают [[центры]]" in letter.manuscript.body
    printed = [pair for pair in past.snapshot.content if pair[0] == "paragraph"]
    assert [pair for pair in text_of(letter) if pair[0] == "paragraph"] == printed
    assert [(row.name, row.query, row.typed, row.source) for row in letter.figures.all()] == [
        ("центры", "", "1 образовательная организация", "Письмо «Об итогах проведения вебинара»")
    ]


def test_letter_with_a_number_is_named_by_it_where_its_figures_are_lent(office: Office) -> None:
    centers.CenterFactory()
    past = walked.preparing(office)
    letter = drafts.begin(kind=LetterKind.INFORMATION, copied_from=past, by=office.methodist, at=WRITTEN_AT)
    assert [row.source for row in letter.figures.all()] == [f"Письмо № {past.entry.number} от 18.03.2026"]


def test_past_letter_lends_the_addressees_that_were_typed_and_not_those_of_a_list(office: Office) -> None:
    academy = centers.OrganizationFactory(short_name="Академия")
    rows = DistributionList.objects.create(name="Кластер", addressee="Кластеру")
    rows.organizations.set([academy])
    typed = walked.free(office, figure=False, audience=Audience.CHOSEN, addressees=[walked.addressed()])
    listed = walked.free_in_review(office, figure=False, body="Т.", audience=Audience.LIST, distribution_list=rows)
    assert listed.addressees.count() == 1
    lent = [
        [row.lines for row in drafts.begin(**usual, copied_from=past).addressees.all()]
        for usual in [{"kind": LetterKind.INFORMATION, "by": office.methodist, "at": WRITTEN_AT}]
        for past in (typed, listed)
    ]
    assert lent == [["Ректору ТИЕН\nЗагорскому А.Ю."], []]


def test_past_letter_lends_neither_the_days_of_its_event_nor_the_number_it_answered(office: Office) -> None:
    old = walked.free(office, kind=LetterKind.REPLY, reply_to_number="5", closing="С уважением,")
    event = events.announced(department=office.department)
    about = drafts.begin(kind=LetterKind.ANNOUNCEMENT, event=event, copied_from=old, by=office.methodist, at=WRITTEN_AT)
    assert (about.subject_line, walked.BODY in about.manuscript.body) == ("О проведении вебинара", False)
    reply = drafts.begin(kind=LetterKind.REPLY, copied_from=old, by=office.methodist, at=WRITTEN_AT)
    text = reply.manuscript
    assert (text.body, text.closing, text.reply_to_number) == (walked.BODY, "С уважением,", "")


def test_nobody_without_a_post_begins_a_letter(office: Office) -> None:
    administrator = centers.administrator()
    with refused(drafts.NoDepartment):
        drafts.begin(kind=LetterKind.INFORMATION, by=administrator, at=WRITTEN_AT)


# -- Save -------------------------------------------------------------------------------------------


def test_lines_with_bars_become_tables_and_numbered_lines_items(office: Office) -> None:
    letter = walked.free(office, figure=False, body="Итого:\nШкола | Сдано\nЛицей | 5\n| 7\n1. Первое.\nКонец.")
    assert text_of(letter) == [
        ["paragraph", "Итого:"],
        ["table", [["Школа", "Сдано"], ["Лицей", "5"], ["", "7"]]],
        ["item", "1. Первое."],
        ["paragraph", "Конец."],
    ]


# -- Throw away -------------------------------------------------------------------------------------


def test_never_filed_draft_goes_with_all_that_belongs_to_it(office: Office) -> None:
    letter = walked.free(office, audience=Audience.CHOSEN, addressees=[walked.addressed()])
    drafts.discard(letter=letter, version=letter.manuscript.version)
    assert (Letter.objects.count(), Manuscript.objects.count(), LetterFigure.objects.count()) == (0, 0, 0)


def test_draft_that_was_filed_stays(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free_in_review(office)
    letters.recall(letter=letter, by=office.methodist, at=FILED_AT)
    with refused(drafts.WasFiled):
        drafts.discard(letter=letter, version=letter.manuscript.version)


def test_draft_that_somebody_saved_meanwhile_is_not_thrown_away_unread(office: Office, client: Client) -> None:
    letter = walked.free(office)
    client.force_login(office.methodist)
    page = client.get(f"/drafts/{letter.pk}/edit/").text
    seen = letter.manuscript.version
    assert f'name="version" value="{seen}" data-draft-version' in page
    drafts.save(of=letter, by=office.head, at=FILED_AT, **walked.written(letter, body="Дописано."))
    answer = client.post(f"/drafts/{letter.pk}/discard/", {"version": seen})
    assert (
        answer.status_code,
        f"Черновик тем временем изменён: {office.head.person.surname_first}" in answer.text,
    ) == (409, True)
    assert Manuscript.objects.get(letter=letter).body == "Дописано."
    assert client.post(f"/drafts/{letter.pk}/discard/").status_code == 409
    client.post(f"/drafts/{letter.pk}/discard/", {"version": seen + 1})
    assert not Letter.objects.filter(pk=letter.pk).exists()


def test_never_filed_draft_is_not_annulled(office: Office) -> None:
    letter = walked.free(office)
    with refused(WrongStep):
        letters.annul(letter=letter, note="Не нужно", by=office.director, at=FILED_AT)


# -- File -------------------------------------------------------------------------------------------


def test_filing_freezes_text_figures_and_recipients(office: Office) -> None:
    center = centers.CenterFactory()
    letter = walked.free_in_review(office)
    assert (letter.status, letter.filed_by, letter.filed_at) == (LetterStatus.REVIEW, office.methodist, FILED_AT)
    assert [text for element, text in letter.snapshot.content if element == "paragraph"] == [
        "Сообщаем о сборе сведений.",
        "В сети работают 1 образовательная организация.",
        "Просим учесть.",
    ]
    assert [figure.value for figure in letter.snapshot.figures.all()] == [1]
    assert list(letter.centers.all()) == [center]


def test_second_filing_finds_it_filed(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free(office)
    stale = Letter.objects.select_related("manuscript").get(pk=letter.pk)
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    with refused(letters.AlreadyFiled):
        letters.file_draft(letter=stale, by=office.methodist, at=FILED_AT)


def test_recalled_letter_is_written_on_and_filed_again(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free_in_review(office)
    letters.recall(letter=letter, by=office.methodist, at=FILED_AT)
    save(letter, office, body="Заново.")
    again = Letter.objects.select_related("manuscript").get(pk=letter.pk)
    letters.file_draft(letter=again, by=office.head, at=FILED_AT)
    letter.refresh_from_db()
    assert ["paragraph", "Заново."] in letter.snapshot.content
    assert letter.snapshots.count() == 2


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ({"subject_line": "Сведения"}, "Заголовок письма начинается с «О» или «Об»."),
        ({"body": ""}, "Напишите текст письма."),
        ({"addressee": ""}, "Назовите адресата: «Руководителям …»."),
        ({"audience": Audience.LIST}, "Выберите указатель рассылки."),
        ({"audience": Audience.CHOSEN}, "Письмо некому направить: укажите адресатов."),
        ({"audience": Audience.CHOSEN, "addressees": [walked.addressed(lines="")]}, "У адресата нет строк для бланка."),
        ({"body": "Нас [[сорок]]."}, "Показателя «сорок» нет в списке. Вставьте его кнопкой «Вставить показатель»."),
        (
            {"audience": Audience.CHOSEN, "addressee": "", "addressees": [walked.addressed()] * 5},
            "Адресатов больше четырёх: назовите их вместе, например «Руководителям …».",
        ),
    ],
)
def test_what_is_missing_stops_the_filing(page: dict[str, Any], words: str, office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free(office, **page)
    with refused(draft_lint.DraftNotReady):
        letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    assert words in [finding.words for finding in draft_lint.findings(letter, at=FILED_AT)]


def test_reply_names_what_it_answers(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free(office, kind=LetterKind.REPLY)
    found = list(draft_lint.findings(letter, at=FILED_AT))
    assert found == [lint.Finding("Укажите номер и дату письма, на которое отвечаете.", "reply_to_number")]


def test_addressee_whose_gender_nobody_knows_is_asked_about(office: Office) -> None:
    plant = centers.OrganizationFactory(head_name="Ким Ли", short_name_genitive="Завода")
    lines = addressees.of_organization(plant)
    assert lines.endswith("\nКим Ли")
    rows = [walked.addressed(organization=plant, lines=lines)]
    letter = walked.free(office, audience=Audience.CHOSEN, addressees=rows, addressee="")
    words = "Портал не знает, мужчина или женщина «Ким Ли»: поставьте имя адресата в дательный падеж."
    assert list(draft_lint.findings(letter, at=FILED_AT)) == [lint.Finding(words, "addressees", blocks=False)]
    letter.addressees.update(lines="Директору Завода\nКиму Ли")
    assert list(draft_lint.findings(letter, at=FILED_AT)) == []


def test_old_letter_keeps_its_letterhead(office: Office) -> None:
    """A letter is redrawn by what it copied, whichever letterhead is in force by then."""
    centers.CenterFactory()
    Letterhead.objects.update(edition="2016", until=datetime.date(2026, 3, 31))
    LetterheadFactory(edition="2025", body_above="Министерство", since=datetime.date(2026, 4, 1))
    letter = walked.free_sent(office)
    later = walked.free(office)
    letters.file_draft(letter=later, by=office.methodist, at=tomsk(4, 2, 10))
    later.refresh_from_db()
    edition = {name: dict(map(tuple, one.snapshot.content[:2])) for name, one in (("old", letter), ("new", later))}
    assert edition == {
        "old": {"edition": "2016", "body_above": "Комитет образования Заречной области"},
        "new": {"edition": "2025", "body_above": "Министерство"},
    }
    assert ["edition", "2016"] in content.final(letter)


# -- Correct ----------------------------------------------------------------------------------------


def test_head_corrects_and_approves_a_written_letter(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free_in_review(office)
    read = letter.snapshot_id
    page = walked.written(letter, body="Исправлено начальником.")
    corrections.correct_and_approve(letter=letter, snapshot_id=read, page=page, by=office.head, at=APPROVED_AT)
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.status, ["paragraph", "Исправлено начальником."] in letter.snapshot.content) == ("approved", True)
    assert letter.snapshot_id != read


def test_correction_that_cannot_be_filed_changes_nothing(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free_in_review(office)
    page = walked.written(letter, body="")
    with refused(draft_lint.DraftNotReady):
        corrections.correct_and_approve(
            letter=letter, snapshot_id=letter.snapshot_id, page=page, by=office.head, at=APPROVED_AT
        )
