"""A chart as its component shows it."""

from typing import NamedTuple

from django.utils.safestring import SafeString

from rcro_portal.lib.charts.shades import Shade


class Chart(NamedTuple):
    """``svg``: the whole picture; ``legend``: what its shades mean; ``note``: what it does not show."""

    title: str
    svg: SafeString
    legend: list[Shade]
    note: str = ""
