"""Each finding leads to its place, names it and quotes what stands there; doubts that only the whole letter gives."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from events.models import Outcome
from events.models.outcome import DecisionKind
from rcro_portal.lib import russian
from reports.composing import agreement_lint, draft_lint, lint, place_lint
from reports.composing.findings import Finding, Place, at
from tests.factories.centers import CenterFactory, PersonFactory
from tests.factories.events import (
    DecisionFactory,
    OutcomeFigureFactory,
    ProblemAreaFactory,
    TalkFactory,
    ready_outcome,
)
from tests.factories.letters import enclose, free, free_in_review
from tests.factories.moments import FILED_AT
from tests.factories.reports import Office


def of(*texts: str, encloses: bool = False) -> list[str]:
    places = [Place(f"talks-{number}-text", text, f"Выступление {number + 1}") for number, text in enumerate(texts)]
    return [f"{one.place}: {one.words}" for one in place_lint.findings(places, {}, encloses=encloses)]


def test_sentence_said_twice_is_found_at_its_second_place() -> None:
    first = "Сеть выросла. Ресурсы РВЦИ доступны каждой школе области по заявке."
    second = "Напомнила о сроках. Ресурсы РВЦИ доступны каждой школе области, по заявке!"
    assert of(first, second) == [
        "Выступление 2: Сказано дважды: «Ресурсы РВЦИ доступны каждой школе области, по заявке!». Оставьте одно место."
    ]


def test_short_sentences_and_abbreviations_may_be_alike() -> None:
    assert of("Вход свободный. Приехали гости из г. Асино.", "Вход свободный. Гости из г. Асино выступили.") == []


def test_two_decisions_and_two_rows_of_a_table_may_be_alike() -> None:
    same = "Представить план работы центра на учебный год."
    places = [Place(f"decisions-{number}-text", same, counts=False) for number in (0, 1)]
    assert list(place_lint.findings(places, {}, encloses=False)) == []
    assert of("10:00 | Перерыв на чай в столовой лицея |\n12:00 | Перерыв на чай в столовой лицея |") == []


def test_quotation_that_ends_in_another_paragraph_is_closed() -> None:
    assert of("Цитата: «первое\nвторое».") == []
    places = [Place("body", "Цитата: «первое", "Текст, абзац 1"), Place("body", "второе».", "Текст, абзац 2")]
    assert list(place_lint.findings(places, {}, encloses=False)) == []


def test_enclosure_that_is_there_is_promised_rightly() -> None:
    assert of("Прилагаем программу.", encloses=True) == []
    assert of("Прилагаем программу.") == [
        "Выступление 1: Приложений у письма нет, а в тексте «Прилагаем». Добавьте файл или уберите."
    ]


# -- The places ---------------------------------------------------------------------------------------


@pytest.fixture
def broken(db: None) -> Outcome:
    outcome = ready_outcome(subject_line="Итоги")
    speaker = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна", gender="f")
    TalkFactory(outcome=outcome, speaker=speaker, post="", text="приехали представители из 41 школ")
    ProblemAreaFactory(outcome=outcome, text="мало мест (в общежитии")
    DecisionFactory(outcome=outcome, kind=DecisionKind.INFORMATION, due_on=None, text="Записи лежат на сайте")
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text="прислать 漢")
    DecisionFactory(outcome=outcome, due_on=None, text="составить план профильной смены и согласовать его с отделом")
    return outcome


def test_each_finding_names_its_place_and_quotes_it(broken: Outcome) -> None:
    found = [(one.anchor, one.place, one.quote) for one in lint.findings(broken, at=FILED_AT)]
    assert found == [
        ("subject_line", "Заголовок письма", "Итоги"),
        ("talks-1-post", "Выступление 2", ""),
        ("decisions-3-due_on", "Решение 4", "составить план профильной смены и согласовать его с отделом"),
        ("talks-1-text", "Выступление 2", ""),
        ("talks-1-text", "Выступление 2", ""),
        ("problems-0", "Проблемная зона 1", ""),
        ("decisions-2-text", "Обращение 3", "прислать 漢"),
    ]


def test_figure_is_quoted_by_its_name() -> None:
    place = Place("summary", "Участвовали [[Центры]] и гости", "Итоги в целом")
    assert at(place, "Проверьте.", blocks=False).quote == "Участвовали [Центры] и гости"


def test_refusal_in_one_line_names_the_places(broken: Outcome) -> None:
    with pytest.raises(lint.OutcomeNotReady, match="Решение 4: У решения нет срока"):
        lint.refuse_unready(broken, at=FILED_AT)


def test_page_shows_place_and_words(client: Client, office: Office, broken: Outcome) -> None:
    client.force_login(office.methodist)
    page = client.get(f"/outcomes/{broken.pk}/check/").content.decode()
    assert "Решение 4: «составить план профильной смены и согласовать его с отделом»" in page
    assert f'href="/outcomes/{broken.pk}/edit/#decisions-3-due_on"' in page


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("41 школа", "«приняли участие 41 школа»: с числом 41 глагол ставят в единственное число."),
        ("42 школы", ""),
    ],
)
def test_figure_in_the_text_is_judged_by_its_number(printed: str, words: str, db: None) -> None:
    outcome = ready_outcome()
    TalkFactory(outcome=outcome, text="в акции приняли участие [[школы]]")
    OutcomeFigureFactory(outcome=outcome, name="школы", query="", typed=printed, source="Отчёт", parameters={})
    expected = [Finding(words, "talks-1-text", blocks=False)] if words else []
    assert list(lint.findings(outcome, at=FILED_AT)) == expected


def test_paragraph_of_a_written_letter_is_its_place(office: Office) -> None:
    CenterFactory()
    body = "Добрый день.\n\nПросим прислать фотографии до 1 июня 2026 г.\nФорма приведена в приложении."
    letter = free(office, body=body, figure=False)
    found = [(one.anchor, one.place, one.words, one.blocks) for one in draft_lint.findings(letter, at=FILED_AT)]
    assert found == [
        (
            "body",
            "Текст, абзац 2",
            "«до 1 июня 2026 г.»: за этим сроком портал не следит. Срок с исполнителями даёт решение в итогах.",
            False,
        ),
        (
            "body",
            "Текст, абзац 3",
            "Приложений у письма нет, а в тексте «приведена в приложении». Добавьте файл или уберите.",
            False,
        ),
    ]
    enclose(letter)
    assert [one.place for one in draft_lint.findings(letter, at=FILED_AT)] == ["Текст, абзац 2"]


def test_approver_is_led_to_the_place_in_the_page_that_corrects(client: Client, office: Office) -> None:
    CenterFactory()
    letter = free_in_review(office, body="Прилагаем программу.")
    client.force_login(office.head)
    page = client.get(f"/letters/{letter.pk}/findings/").content.decode()
    address = f"/letters/{letter.pk}/correct/"
    assert f'href="{address}#body"' in page
    assert client.get(address).content.decode().count('id="body"') == 1


def test_every_anchor_of_a_written_letter_is_a_place_of_its_editor(client: Client, office: Office) -> None:
    letter = free(office, figure=False)
    client.force_login(office.methodist)
    page = client.get(f"/drafts/{letter.pk}/edit/").content.decode()
    anchors = {place.anchor for place in draft_lint.places(letter)} | {"appendices", "reply_to_number", "figures"}
    assert {anchor for anchor in anchors if page.count(f'id="{anchor}"') != 1} == set()


# -- Nothing falls over ---------------------------------------------------------------------------------

SCRAPS = st.sampled_from(
    [
        *('*"()«»„“\n'),
        *("[[", "]]", ". ", ", ", " и ", "№ ", "новых ", "1)", "прилагаем ", "21 ", "5 ", "1 074 ", "школ", "школы "),
        *("учитель ", "приняли участие ", "из ", "из них ", "до 1 апреля 2027 г. "),
    ]
)


@given(st.lists(SCRAPS | st.text(max_size=3), max_size=25).map("".join))
def test_any_text_is_judged(text: str) -> None:
    for found in place_lint.findings([Place("body", text, followed=False)], {}, encloses=False):
        assert found.words.endswith((".", "?"))
        assert found.anchor == "body"


@given(st.integers(0, 10**9))
def test_what_the_portal_agrees_itself_is_never_doubted(number: int) -> None:
    verb = russian.Forms("принял", "приняли", "приняли").after(number)
    text = f"В смене {verb} участие {russian.agree(number, 'координатор', 'координатора', 'координаторов')} РВЦИ."
    assert list(agreement_lint.disagreements(text)) == []
    teachers = russian.agree_accusative(number, "учителя", "учителя", "учителей", animate=True)
    assert list(agreement_lint.disagreements(f"Поздравили {teachers}.")) == []
    assert list(agreement_lint.disagreements(f"По {russian.agree_oblique(number, 'предмету', 'предметам')}.")) == []
