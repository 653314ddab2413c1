"""A schematic map: each area is a tile of the same size, placed by hand roughly where the area lies."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from rcro_portal.lib.charts import svg
from rcro_portal.lib.charts.chart import Chart
from rcro_portal.lib.charts.shades import Scale, Shade

WIDTH, HEIGHT, GAP = 104, 88, 4
LABEL, NUMBER = 16, 28
EDGE = "#7d8783"


class Place(NamedTuple):
    """Where an area stands, from the left and from the top, and its name in one line or two of about ten letters."""

    column: int
    row: int
    lines: tuple[str, ...]


class Tile(NamedTuple):
    """What the map says of an area: its number, the words of its title, and where a press leads."""

    place: Place
    number: int
    title: str
    url: str = ""


def tile_map(title: str, tiles: Sequence[Tile], *, note: str = "") -> Chart:
    scale = Scale.among([tile.number for tile in tiles])
    columns = 1 + max((tile.place.column for tile in tiles), default=0)
    rows = 1 + max((tile.place.row for tile in tiles), default=0)
    picture = svg.element(
        "svg",
        svg.element("title", title),
        *(_tile(tile, scale.of(tile.number)) for tile in tiles),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {columns * (WIDTH + GAP) - GAP} {rows * (HEIGHT + GAP) - GAP}",
        font_family=svg.FONT,
        role="group",
        aria_label=title,
    )
    return Chart(title, picture, scale.legend, note)


def _tile(tile: Tile, shade: Shade) -> SafeString:
    left, top = tile.place.column * (WIDTH + GAP), tile.place.row * (HEIGHT + GAP)
    middle, lines = left + WIDTH / 2, tile.place.lines
    box = svg.element(
        "rect", x=left + 0.5, y=top + 0.5, width=WIDTH - 1, height=HEIGHT - 1, rx=4, fill=shade.fill, stroke=EDGE
    )
    first = top + (24 if len(lines) > 1 else 33)
    names = [
        svg.text(line, x=middle, y=first + number * (LABEL + 2), size=LABEL, fill=shade.ink)
        for number, line in enumerate(lines)
    ]
    count = svg.text(str(tile.number), x=middle, y=top + HEIGHT - 13, size=NUMBER, fill=shade.ink, weight=600)
    return svg.linked(tile.url, tile.title, box, *names, count)
