"""Whom a name of a platform means: surely only one person, and of whatever is near somebody is asked."""

import pytest

from rcro_portal.lib import person_names

PEOPLE = {
    1: ("Белоусова", "Анна", "Сергеевна"),
    2: ("Щербакова", "Юлия", "Игоревна"),
    3: ("Иванова-Петрова", "Анна-Мария", "Олеговна"),
    4: ("Мамедов", "Али", "Гасан оглы"),
    5: ("Громова", "Ольга", "Павловна"),
    6: ("Громова", "Ольга", "Петровна"),
    7: ("Журавлёва", "Жанна", "Петровна"),
    8: ("Соха", "Рита", ""),
    9: ("Петрович", "Яна", "Ильинична"),
}
REGISTER = person_names.Register([person_names.known(pk, *name) for pk, name in PEOPLE.items()])


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Белоусова Анна Сергеевна", 1),
        ("анна белоусова", 1),
        ("Белоусова, Анна", 1),
        ("Белоусова А.С.", 1),
        ("А. С. Белоусова", 1),
        ("Белоусова Анна, МБОУ СОШ № 9", 1),
        ("Anna Belousova", 1),
        ("Belousova A.S.", 1),
        ("Belоusova Anna", 1),  # with a Russian о
        ("Lyceum 5_Belousova Anna", 1),
        ("Shcherbakova Yuliya", 2),
        ("Juliia Scherbakova", 2),
        ("Иванова Петрова Анна Мария", 3),
        ("Иванова – Петрова Анна-Мария Олеговна", 3),
        ("Мамедов Али Гасан-оглы", 4),
        ("Мамедов Али Гасаноглы", 4),
        ("Mamedov Ali Gasan ogly", 4),
        ("Громова Ольга Петровна", 6),
        ("Журавлева Жанна", 7),
        ("Jouravleva Janna", 7),
        ("COXA Рита", 8),  # in Latin letters
        ("Яна Петрович", 9),
    ],
)
def test_one_person_is_meant(name: str, person: int) -> None:
    assert REGISTER.find([name]) == person_names.Found(person)


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("Громова Ольга", (5, 6)),
        ("Громова О.П.", (5, 6)),
        ("Белоусова", (1,)),
        ("Белоусова А.", (1,)),
        ("Белоусва Анна", (1,)),
        ("Щербакова Юля", (2,)),
        ("Петрова Анна-Мария", (3,)),
        ("Белоусова-Зимина Анна", (1,)),
    ],
)
def test_who_is_near_is_asked_about(name: str, likely: tuple[int, ...]) -> None:
    assert REGISTER.find([name]) == person_names.Found(likely=likely)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "iPhone",
        "Лицей 5",
        "Анна",
        "Белоусова Ирина",
        "Громова Ольга Ивановна",
        "Belousova Anna Petrovna",
        "山田",
        "!",
    ],
)
def test_nobody_is_meant(name: str) -> None:
    assert REGISTER.find([name]) == person_names.Found()


def test_name_in_brackets_speaks_where_the_other_says_nothing() -> None:
    assert REGISTER.find(["iPhone", "Белоусова Анна"]).sure == 1
