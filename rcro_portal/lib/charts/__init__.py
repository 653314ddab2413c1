"""Charts as SVG of our own: the same file on the page, in a PDF and in print.

Everything is said by presentation attributes, for the policy of pages refuses styles; each mark is a link with a
``<title>``, colours differ in lightness, so that grey paper tells them apart, and the table beside a chart is the
truth. ``templates/components/chart.html`` shows a ``Chart`` with its legend.
"""

from rcro_portal.lib.charts import svg
from rcro_portal.lib.charts.bars import bars, stacked
from rcro_portal.lib.charts.chart import Chart
from rcro_portal.lib.charts.heat import heat
from rcro_portal.lib.charts.line import line
from rcro_portal.lib.charts.marks import Mark, Series
from rcro_portal.lib.charts.shades import Scale, Shade
from rcro_portal.lib.charts.tile_map import Place, Tile, tile_map

__all__ = [
    "Chart",
    "Mark",
    "Place",
    "Scale",
    "Series",
    "Shade",
    "Tile",
    "bars",
    "heat",
    "line",
    "stacked",
    "svg",
    "tile_map",
]
