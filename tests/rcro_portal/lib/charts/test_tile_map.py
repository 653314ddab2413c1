"""Maps of tiles: what a tile says, where it leads, and shades that grey paper tells apart."""

import re
from xml.etree import ElementTree

import pytest

from rcro_portal.lib.charts import Place, Scale, Tile, tile_map
from rcro_portal.lib.charts.shades import FILLS, INKS

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("greatest", "words"),
    [
        (0, ["0", "1 и больше"]),
        (1, ["0", "1 и больше"]),
        (3, ["0", "1", "2", "3 и больше"]),
        (17, ["0", "1", "2", "3–5", "6 и больше"]),
        (60, ["0", "1", "2–9", "10–19", "20 и больше"]),
    ],
)
def test_steps_are_said_in_words_without_a_gap(greatest: int, words: list[str]) -> None:
    assert [shade.words for shade in Scale.up_to(greatest).legend] == words


def test_a_count_on_a_bound_belongs_to_the_step_above() -> None:
    scale = Scale((1, 2, 10, 20))
    assert [scale.of(count).words for count in (0, 1, 9, 10, 19, 20, 500)] == [
        "0",
        "1",
        "2–9",
        "10–19",
        "10–19",
        "20 и больше",
        "20 и больше",
    ]


def lightness(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_step_is_darker_and_its_text_can_be_read() -> None:
    found = [lightness(fill) for fill in FILLS]
    assert found == sorted(found, reverse=True)
    for fill, ink in zip(FILLS, INKS, strict=True):
        dark, light = sorted((lightness(fill), lightness(ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_tile_is_a_link_with_its_title_and_what_people_wrote_stays_text() -> None:
    tiles = [
        Tile(Place(0, 0, ("Лесной",)), 3, "Лесной район: 3 «<b>»", "/centers/?municipality=les&status=now"),
        Tile(Place(1, 1, ("Пустой", "район")), 0, "Пустой район: 0"),
    ]
    chart = tile_map("Центры", tiles)
    root = ElementTree.fromstring(chart.svg)
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == "/centers/?municipality=les&status=now"
    assert [title.text for title in root.iter(f"{SVG}title")] == ["Центры", "Лесной район: 3 «<b>»", "Пустой район: 0"]
    assert root.get("viewBox") == "0 0 212 180"
    assert [text.text for text in root.iter(f"{SVG}text")] == ["Лесной", "3", "Пустой", "район", "0"]
    assert not re.search(r"\sstyle=|<style|<script", chart.svg)


def test_numbers_far_from_nought_are_told_apart() -> None:
    words = [shade.words for shade in Scale.among([78, 90, 113, 140]).legend]
    assert words == ["0–89", "90–101", "102–114", "115–126", "127 и больше"]
    assert Scale.among([0, 90, 140]) == Scale.up_to(140)
    assert Scale.among([78, 79]) == Scale.up_to(79)
    assert Scale.among([]) == Scale.up_to(0)
