"""Verbs of a speech and the gender of who held it."""

import pytest

from reports.composing import gender_lint


@pytest.mark.parametrize(
    ("text", "gender", "found"),
    [
        ("сеть растёт. Подчеркнул роль школ", "f", [("подчеркнул", "подчеркнула")]),
        ("Далее остановилась на итогах", "m", [("остановилась", "остановился")]),
        ("сеть растёт\nТакже привел пример", "f", [("привел", "привела")]),
        (
            "В заключение поделился опытом. Затем назвал сроки.",
            "f",
            [("поделился", "поделилась"), ("назвал", "назвала")],
        ),
    ],
)
def test_wrong_verb(text: str, gender: str, found: list) -> None:
    assert list(gender_lint.wrong_verbs(text, gender)) == found


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("сеть растёт. Подчеркнула роль школ", "f"),
        ("Далее остановился на итогах", "m"),
        ("директор лицея рассказал о смене", "f"),
        ("Ученик сообщил о победе. Школа назвала его имя", "m"),
        ("", "f"),
    ],
)
def test_right_verb_or_somebody_elses(text: str, gender: str) -> None:
    assert list(gender_lint.wrong_verbs(text, gender)) == []
