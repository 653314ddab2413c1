import pytest
from django import forms
from django.core.exceptions import ValidationError

from rcro_portal.lib.text import Line, Prose, clean_text, readable_name, whole_number

FAMILY = "👩\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("O'Коннор, Анна-Мария, Ё ё, № « » — …", "O'Коннор, Анна-Мария, Ё ё, № « » — …"),
        ("Robert'); DROP TABLE--", "Robert'); DROP TABLE--"),
        ("<b>{{ settings.SECRET_KEY }}</b>", "<b>{{ settings.SECRET_KEY }}</b>"),
        ("a\x01b\x02c\x7f", "abc"),
        ("Иванов\u200bИван", "ИвановИван"),
        ("\u202eвонавИ\u2066", "вонавИ"),
        ("со\u00adгла\ufeffсие", "согласие"),
        ("x\ufffe\uffff\U0010ffff\ue000", "x"),
        ("й" + "\u0301" * 60, "й" + "\u0301" * 3),
        ("и\u0306", "й"),
        ("  два \t\u00a0 пробела ", "два пробела"),
        ("строка\r\nдругая\rтретья\u2028четвёртая", "строка\nдругая\nтретья\nчетвёртая"),
        ("Мир\x0bТруд\x0cМай\x85Июнь", "Мир\nТруд\nМай\nИюнь"),
        ("план\x1eграфик", "план-график"),
        ("абзац\n\nабзац", "абзац\n\nабзац"),
        (f"смена {FAMILY}", f"смена {FAMILY}"),
        ("а\u200dб", "аб"),
        (" \u00a0\u3164 ", ""),
    ],
)
def test_only_what_nobody_sees_goes(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept
    assert clean_text(kept) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Иван\x00ов", "U+0000 (нулевой знак)"),
        ("Иван\ud800ов", "U+D800 (половина знака)"),
        ("\x1b[31mИванов\x1b[0m", "U+001B (управляющая последовательность)"),
        ("Иванов\x9b2J", "U+009B (управляющая последовательность)"),
        ("\u0301Иванов", "U+0301 (знак над буквой, а буквы нет)"),
        ("Иванов\n \u0308ж", "U+0308 (знак над буквой, а буквы нет)"),
        ("Иванов \u20ddж", "U+20DD (знак над буквой, а буквы нет)"),
    ],
)
def test_damaged_text_is_refused_and_the_character_named(typed: str, words: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_text(typed)
    assert refusal.value.messages == [f"В тексте есть недопустимый знак {words}. Удалите его и введите текст заново."]


class Talk(forms.Form):
    title = Line()
    said = Prose(required=False)


def test_a_line_is_one_line_and_prose_keeps_its_paragraphs() -> None:
    form = Talk({"title": " Новые\r\nзадачи ", "said": "Первое.\r\n\r\nВторое."})
    assert form.is_valid()
    assert form.cleaned_data == {"title": "Новые задачи", "said": "Первое.\n\nВторое."}


def test_nothing_but_invisible_characters_is_empty() -> None:
    assert Talk({"title": "\u200b \u00a0"}).errors == {"title": ["Обязательное поле."]}


def test_a_talk_may_be_long_but_not_endless() -> None:
    assert Talk({"title": "т", "said": "слово " * 1_666}).is_valid()
    assert Talk({"title": "т", "said": "а б " * 250_000}).errors["said"] == [
        "Текст длиннее 10\u00a0000 знаков (сейчас 999\u00a0999). Сократите его: введённое сохранено на странице."
    ]


def test_a_word_that_no_line_can_hold_is_refused() -> None:
    assert Talk({"title": "а" * 200}).is_valid()
    assert Talk({"title": "а" * 201}).errors["title"] == [
        f"Слово длиннее 200 знаков без пробела: «{'а' * 20}…». Разделите его пробелом."
    ]


def test_the_browser_is_not_told_to_cut() -> None:
    assert "maxlength" not in str(Talk()["title"])


def test_name_of_a_file_is_what_can_be_read_of_it() -> None:
    assert readable_name("Поряд\u200bок", "Файл") == "Порядок"
    assert (readable_name("\u0301", "Файл"), readable_name("\ufeff", "Файл")) == ("Файл", "Файл")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2026", 2026), ("007", 7), ("", 0), (None, 0), ("-1", 0), ("²", 0), ("1e3", 0), ("9" * 10, 0), ("9" * 5_000, 0)],
)
def test_number_that_a_page_sent_back_is_one_that_a_column_holds(typed: str | None, number: int) -> None:
    assert whole_number(typed) == number
