"""Differences word by word, parts that are paired, and two pages put together."""

import pytest

from rcro_portal.lib.drafts import differences
from rcro_portal.lib.drafts.differences import DiffPiece, Part


def line(text: str) -> Part:
    return Part("salutation", "Обращение", text, {"salutation": text})


def rows(*texts: str) -> list[Part]:
    return [Part("talks", "Выступление", text, {"text": text}, number) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("одно и то же", "одно и то же", [("same", "одно и то же")]),
        ("до 6 апреля", "до 9 апреля", [("same", "до"), ("gone", "6"), ("new", "9"), ("same", "апреля")]),
        ("", "новое", [("new", "новое")]),
        ("первая\nвторая", "первая", [("same", "первая"), ("gone", "\nвторая")]),
        ("а  б", "а б", [("same", "а б")]),
    ],
)
def test_pieces_are_whole_words_and_lines(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert list(differences.pieces(before, after)) == [DiffPiece(*piece) for piece in pieces]


def test_row_put_between_others_is_the_only_one_that_differs() -> None:
    pairs = differences.aligned(rows("первое", "второе"), rows("первое", "вставка", "второе"))
    assert [(pair.title, pair.differs) for pair in pairs] == [
        ("Выступление 1", False),
        ("Выступление 2", True),
        ("Выступление 3", False),
    ]
    assert differences.in_words(pairs) == "добавлено: выступление 2"


def test_changes_are_said_in_words() -> None:
    before = [line("Коллеги!"), *rows("первое", "второе", "третье")]
    after = [line("Уважаемые коллеги!"), *rows("первое", "иное", "третье", "четвёртое")]
    assert differences.in_words(differences.aligned(before, after)) == (
        "изменено: обращение, выступление 2; добавлено: выступление 4"
    )
    assert differences.in_words(differences.aligned(after, before)) == (
        "изменено: обращение, выступление 2; убрано: выступление 4"
    )
    assert differences.in_words(differences.aligned(after, after)) == ""


@pytest.mark.parametrize(
    ("chosen", "page"),
    [
        (set(), {"salutation": "Коллеги!", "talks": [{"text": "первое"}, {"text": "второе"}]}),
        ({0, 1, 2, 3}, {"salutation": "Друзья!", "talks": [{"text": "первое"}, {"text": "новое"}, {"text": "ещё"}]}),
        ({3}, {"salutation": "Коллеги!", "talks": [{"text": "первое"}, {"text": "второе"}, {"text": "ещё"}]}),
        ({2}, {"salutation": "Коллеги!", "talks": [{"text": "первое"}, {"text": "новое"}]}),
    ],
)
def test_each_difference_comes_from_the_side_that_was_chosen(chosen: set[int], page: dict[str, object]) -> None:
    before = [line("Коллеги!"), *rows("первое", "второе")]
    after = [line("Друзья!"), *rows("первое", "новое", "ещё")]
    assert differences.merged(differences.aligned(before, after), chosen) == page


def keyed(*told: tuple[str, str]) -> list[Part]:
    return [
        Part("talks", "Выступление", text, {"key": key, "text": text}, place)
        for place, (key, text) in enumerate(told, 1)
    ]


def test_row_with_a_key_is_the_same_row_however_it_was_reworded() -> None:
    before = keyed(("a", "открытый урок"), ("b", "семинар"), ("c", "мастерская"))
    after = keyed(("n", "фестиваль"), ("b", "семинар по физике"), ("a", "открытый урок в мае"))
    pairs = differences.aligned(before, after)
    said = [(pair.before and pair.before.text, pair.after and pair.after.text) for pair in pairs]
    assert said == [
        (None, "фестиваль"),
        ("семинар", "семинар по физике"),
        ("открытый урок", "открытый урок в мае"),
        ("мастерская", None),
    ]
    assert differences.merged(pairs, {0, 1, 2, 3}) == {"talks": [part.value for part in after]}
