import re

import pytest
from django.core.exceptions import ValidationError

from rcro_portal.lib import phones


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("", "", ""),
        ("8 (3822) 51-56-66, доб. 2", "+73822515666;ext=2", "(3822) 51-56-66, доб. 2"),
        ("8-3822-515666 вн. 12", "+73822515666;ext=12", "(3822) 51-56-66, доб. 12"),
        ("(3822) 51-56-66; доб. 2", "+73822515666;ext=2", "(3822) 51-56-66, доб. 2"),
        ("+7(3822)51-56-66 (внутренний 5)", "+73822515666;ext=5", "(3822) 51-56-66, доб. 5"),
        ("(38241) 2-12-34", "+73824121234", "(38241) 2-12-34"),
        ("89131234567", "+79131234567", "(913) 123-45-67"),
        ("+49 30 123456", "+4930123456", "+4930123456"),
        (
            "8 (3822) 51-56-66, доб. 2, 8 (800) 555-35-35\n8 (3822) 51-56-66, доб. 2",
            "+73822515666;ext=2, +78005553535",
            "(3822) 51-56-66, доб. 2; (800) 555-35-35",
        ),
    ],
)
def test_numbers_are_read_and_shown(typed: str, kept: str, shown: str) -> None:
    assert (phones.read(typed), phones.shown(kept)) == (kept, shown)
    assert [phones.read(kept), phones.read(shown)] == [kept, kept]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("51-56-66", "У номера «51-56-66» нет кода города. Например: (3822) 51-56-66."),
        ("2-12-34", "У номера «2-12-34» нет кода города. Например: (38241) 2-12-34."),
        ("(3822) 51-56-6", "В номере «(3822) 51-56-6» лишняя или пропущенная цифра. Пример: (3822) 51-56-66, доб. 2."),
        ("приёмная", "«приёмная» – не номер телефона. Пример: (3822) 51-56-66, доб. 2."),
    ],
)
def test_a_wrong_number_is_refused_with_what_would_be_right(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match="^" + re.escape(str([words]))):
        phones.read(typed)
    assert phones.shown(phones.normal(typed)) == typed
