"""A heat table: a row and a column for each, the number in every cell and a shade behind it."""

import html
from collections.abc import Collection, Sequence

from django.utils.safestring import SafeString

from rcro_portal.lib.charts import svg
from rcro_portal.lib.charts.chart import Chart
from rcro_portal.lib.charts.marks import EDGE, LETTER, LINE, SIZE, WIDTH, Mark, Series, frame, shortened
from rcro_portal.lib.charts.shades import INK, Scale, Shade

LABEL_LETTERS, HEAD = 16, 28


def heat(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Series],
    *,
    about: str = "",
    note: str = "",
    among: Collection[int] = (),
) -> Chart:
    """Each series is a row, its marks stand in the columns; where nothing is known the cell is empty.

    ``among`` are the numbers of all pieces where these rows are a piece of a longer table.
    """
    numbers = {mark.value for row in rows for mark in row.marks if mark}
    scale = Scale.among(among or numbers)
    shades = {value: scale.of(value) for value in numbers}
    left = round(max((len(shortened(row.words, LABEL_LETTERS)) for row in rows), default=0) * LETTER + 12, 1)
    wide = round(min((WIDTH - left) / max(len(columns), 1), 96), 1)
    heads = [
        svg.text(words, x=round(left + wide * (at + 0.5), 1), y=20, size=SIZE - 1, fill=INK)
        for at, words in enumerate(columns)
    ]
    names, parts = [], []
    for number, row in enumerate(rows):
        top = HEAD + number * LINE
        words = shortened(row.words, LABEL_LETTERS)
        names.append(svg.text(words, x=left - 10, y=top + 22, size=SIZE, fill=INK, anchor="end"))
        parts += [
            _cell(mark, shades[mark.value], round(left + wide * at, 1), top, wide)
            for at, mark in enumerate(row.marks)
            if mark
        ]
    cells = svg.element("g", *parts, stroke_width=0.5, font_size=SIZE, text_anchor="middle")
    picture = frame(title, about, HEAD + LINE * len(rows), *heads, *names, cells)
    return Chart(title, picture, scale.legend, note)


def _cell(mark: Mark, shade: Shade, left: float, top: float, wide: float) -> SafeString:
    """What all cells have alike is said by the group around them. Written out, since a picture has hundreds."""
    title, url = html.escape(mark.title), html.escape(mark.url)
    cell = (
        f"<title>{title}</title>"
        f'<rect x="{left}" y="{top}" width="{wide}" height="{LINE}" fill="{shade.fill}" stroke="{EDGE}"/>'
        f'<text x="{round(left + wide / 2, 1)}" y="{top + 22}" fill="{shade.ink}">{mark.value}</text>'
    )
    if not url:
        return SafeString(f"<g>{cell}</g>")
    return SafeString(f'<a href="{url}" aria-label="{title}" tabindex="-1">{cell}</a>')
