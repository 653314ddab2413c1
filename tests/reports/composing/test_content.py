"""From an outcome to everything that its letter prints, with figures counted at that moment."""

import hashlib
import json

import pytest

from reports import figures
from reports.composing import content
from reports.models import Letterhead
from reports.models.letterhead import Edition
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, PersonFactory
from tests.factories.events import (
    AttendanceFactory,
    DecisionFactory,
    OutcomeFactory,
    OutcomeFigureFactory,
    TalkFactory,
    ready_outcome,
)
from tests.factories.moments import FILED_AT, LONG_AGO
from tests.factories.reports import LetterheadFactory, Office

pytestmark = pytest.mark.django_db


def paragraphs(composed: content.Composed) -> list[str]:
    return [text for element, text in composed.content if element == "paragraph"]


def test_everything_that_is_printed_in_order() -> None:
    LetterheadFactory()
    executor = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна", phone="(3822) 51-56-66")
    composed = content.compose(ready_outcome(prepared_by=executor), at=FILED_AT)
    elements = [element for element, _ in composed.content]
    assert elements == [
        "edition",
        "body_above",
        "institution",
        "reference",
        "addressee",
        "subject_line",
        "salutation",
        "paragraph",
        "paragraph",
        "paragraph",
        "prepared_by",
    ]
    values = dict(composed.content)
    assert values["institution"] == ["УЧРЕЖДЕНИЕ", "«ЗАРЕЧНЫЙ ЦЕНТР»"]
    assert values["reference"] == ["Садовая ул., д. 1, с. Заречное", "тел. (0000) 00-00-01"]
    assert values["addressee"] == ["Руководителям и педагогам образовательных организаций", "Томской области"]
    assert values["prepared_by"] == ["Ветрова Мария Игоревна", "(3822) 51-56-66"]


def test_executor_without_a_telephone_is_a_name() -> None:
    LetterheadFactory()
    outcome = ready_outcome(prepared_by__phone="")
    assert dict(content.compose(outcome, at=FILED_AT).content)["prepared_by"] == [outcome.prepared_by.full_name]


def test_figures_stand_in_the_text_with_their_nouns() -> None:
    LetterheadFactory()
    CenterFactory(), CenterFactory()
    outcome = OutcomeFactory()
    OutcomeFigureFactory(outcome=outcome, name="центры", case="genitive")
    TalkFactory(outcome=outcome, text="из [[центры]] и снова из [[ центры ]] пришли ответы")
    DecisionFactory(outcome=outcome)
    composed = content.compose(outcome, at=FILED_AT)
    said = "из 2 образовательных организаций и снова из 2 образовательных организаций пришли ответы."
    assert paragraphs(composed)[1].endswith(said)
    assert [(figure.name, figure.value, figure.text) for figure in composed.figures] == [
        (content.PRESENT, 0, "0 координаторов"),
        ("центры", 2, "2 образовательных организаций"),
    ]


def test_figure_that_the_text_does_not_quote_is_not_counted() -> None:
    LetterheadFactory()
    outcome = ready_outcome()
    OutcomeFigureFactory(outcome=outcome, name="лишний", query="no such query")
    assert [figure.name for figure in content.compose(outcome, at=FILED_AT).figures] == [content.PRESENT, "центры"]


def test_present_coordinators_are_said_and_frozen() -> None:
    LetterheadFactory()
    outcome = ready_outcome()
    row = AttendanceFactory(event=outcome.event)
    composed = content.compose(outcome, at=FILED_AT)
    said = "В вебинаре принял участие 1 координатор РВЦИ образовательных организаций Томской области."
    assert paragraphs(composed)[1] == said
    assert composed.figures[0] == figures.Quoted(
        content.PRESENT, "present_coordinators", {"event": outcome.event_id}, 1, "1 координатор", [row.pk]
    )


def test_figure_without_a_row_is_refused() -> None:
    LetterheadFactory()
    outcome = OutcomeFactory()
    TalkFactory(outcome=outcome, text="работают [[проекты]]")
    with pytest.raises(figures.UnknownFigure) as refusal:
        content.compose(outcome, at=FILED_AT)
    words = "В тексте стоит показатель «проекты», которого нет среди показателей письма."
    assert str(refusal.value) == words


def test_markup_and_templates_stay_text() -> None:
    LetterheadFactory()
    outcome = OutcomeFactory()
    hostile = "<b>{{ settings.SECRET_KEY }}</b> {% include '/etc/passwd' %} ${7*7}"
    TalkFactory(outcome=outcome, text=hostile)
    assert paragraphs(content.compose(outcome, at=FILED_AT))[1].endswith(f"отметила, что {hostile}.")


def test_letterhead_is_the_newest_in_force_on_the_day_in_tomsk() -> None:
    day = FILED_AT.date()
    LetterheadFactory(short_name="старый", until=day)
    newest = LetterheadFactory(short_name="новый", since=day)
    LetterheadFactory(short_name="завтрашний", since=day.replace(day=day.day + 1))
    assert content.letterhead_on(day) == newest


def test_no_letterhead_is_said_in_words() -> None:
    Letterhead.objects.all().delete()
    outcome = ready_outcome()
    LetterheadFactory(until=LONG_AGO)
    with pytest.raises(content.NoLetterhead):
        content.compose(outcome, at=FILED_AT)


def test_digest_is_that_of_one_spelling() -> None:
    given = [["salutation", "Уважаемые коллеги!"], ["addressee", ["Руководителям", ""]]]
    spelled = '[["salutation","Уважаемые коллеги!"],["addressee",["Руководителям",""]]]'
    assert content.digest(given) == hashlib.sha256(spelled.encode()).hexdigest()
    assert content.digest(json.loads(spelled)) == content.digest(given)
    assert content.digest([*given, ["date", ""]]) != content.digest(given)


def test_final_adds_number_date_signatory_and_the_code_of_its_edition(office: Office) -> None:
    letter = walked.preparing(office)
    letter.refresh_from_db()
    final = content.final(letter)
    assert final[: len(letter.snapshot.content)] == letter.snapshot.content
    assert final[len(letter.snapshot.content) :] == [
        ["number", "941"],
        ["date", "18.03.2026"],
        ["reply_to_number", ""],
        ["reply_to_on", ""],
        ["signatory_post", "Директор"],
        ["signatory_name", "Е.Ю. Кедрова"],
        ["qr", letter.entry.check_url],
    ]


def test_letter_of_the_former_edition_bears_no_code(office: Office) -> None:
    Letterhead.objects.update(edition=Edition.R2016)
    letter = walked.preparing(office)
    letter.refresh_from_db()
    assert "qr" not in dict(content.final(letter))


def test_what_is_printed_is_copied(office: Office) -> None:
    letter = walked.in_review(office)
    before = letter.snapshot.content
    Letterhead.objects.update(institution="Другое имя")
    office.methodist.person.surname = "Другая"
    office.methodist.person.save(update_fields=["surname", "search_key"])
    letter.snapshot.refresh_from_db()
    assert letter.snapshot.content == before


def test_items_of_a_talk_are_items_of_the_letter() -> None:
    LetterheadFactory()
    outcome = ready_outcome()
    outcome.talks.update(text="– сети растут\n– школы готовы;\nвывод сделан")
    composed = content.compose(outcome, at=FILED_AT).content
    said = [pair for pair in composed if pair[0] in ("paragraph", "item")]
    assert said[1][1].endswith("отметила, что сети растут.") or said[1][1].endswith("отметил, что сети растут.")
    assert said[2:4] == [["item", "– школы готовы;"], ["paragraph", "вывод сделан."]]
