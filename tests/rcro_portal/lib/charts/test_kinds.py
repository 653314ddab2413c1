"""Lines, bars, stacked bars and heat tables: what a mark says, where it leads, and that no number is only a colour."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from rcro_portal.lib.charts import Chart, Mark, Series, bars, heat, line, stacked
from rcro_portal.lib.charts.marks import TONES
from tests.rcro_portal.lib.charts.test_tile_map import lightness

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ["2024", "2025"]
ONE = Series("Центры", [Mark(3, "2024: 3 «<b>»", "/centers/?during=2024&x=1"), Mark(0, "2025: 0")])
OTHER = Series("Проекты", [None, Mark(7, "2025: 7", "/projects/")])
KINDS = (line, bars, stacked, heat)


def root(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_is_a_link_with_its_title_for_mouse_and_finger(kind: object) -> None:
    picture = root(kind("Рост", LABELS, [ONE, OTHER], about="Рост сети."))  # type: ignore[operator]
    links = {link.get("href") for link in picture.iter(f"{SVG}a")}
    assert links == {"/centers/?during=2024&x=1", "/projects/"}
    assert {link.get("tabindex") for link in picture.iter(f"{SVG}a")} == {"-1"}
    titles = [title.text for title in picture.iter(f"{SVG}title")]
    assert titles[0] == "Рост"
    assert {"2024: 3 «<b>»", "2025: 0", "2025: 7"} <= set(titles)
    assert [one.text for one in picture.iter(f"{SVG}desc")] == ["Рост сети."]
    assert picture.get("role") == "group"


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_written_and_no_style_is_set(kind: object) -> None:
    chart = kind("Рост", LABELS, [ONE, OTHER])  # type: ignore[operator]
    assert {"3", "0", "7", "Центры", "Проекты"} <= {text.text for text in root(chart).iter(f"{SVG}text")}
    assert "style=" not in chart.svg
    assert "<script" not in chart.svg


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_a_picture_too(kind: object) -> None:
    assert root(kind("Рост", [], [])).get("viewBox", "").startswith("0 0 480 ")  # type: ignore[operator]


def test_a_median_has_its_spread_beside_it() -> None:
    chart = bars("Сроки", ["2024"], [Series("Дней", [Mark(12, "2024", "", 7, 20)])])
    assert "12 (7–20)" in chart.svg
    # The rule from quartile to quartile and its ends, each with a light edge.
    assert chart.svg.count("<line") == 6


def test_a_line_is_broken_where_nothing_is_known() -> None:
    marks = [Mark(1, "a"), Mark(2, "b"), None, Mark(3, "c"), Mark(1_000, "d")]
    chart = line("Рост", ["1", "2", "3", "4", "5"], [Series("Центры", marks)])
    assert chart.svg.count("<polyline") == 2
    assert ">1000<" in chart.svg
    assert ">500<" in chart.svg


def test_a_star_leads_to_the_letter_that_said_the_number() -> None:
    mark = Mark(47, "2019: 47", "/centers/", said="Так сказано в письме № 941", said_url="/letters/1/")
    found = {
        link.get("href"): link.get("aria-label")
        for link in root(line("Рост", ["2019"], [Series("Ц", [mark])])).iter(f"{SVG}a")
    }
    assert found == {"/centers/": "2019: 47", "/letters/1/": "Так сказано в письме № 941"}


def test_tones_of_series_can_be_told_apart_on_grey_paper() -> None:
    found = sorted(lightness(tone) for tone in TONES)
    assert all(later - earlier > 0.2 for earlier, later in pairwise(found))


def test_long_labels_are_cut_in_the_picture_and_whole_in_the_title() -> None:
    name = "МАОУ «Средняя общеобразовательная школа № 47»"
    chart = heat("Центры", ["2024"], [Series(name, [Mark(1, f"{name}, 2024: 1")])])
    assert "МАОУ «Средняя о…" in chart.svg
    assert f"{name}, 2024: 1" in chart.svg
