"""One way to list rows: a column is declared once and feeds the page, the XLSX, the CSV and the print of a list.

``Register`` reads what the address line asks for – words, filters, a day, columns, order, page – and shows exactly
these rows everywhere; ``paths`` gives the list and its files their addresses, ``answer`` answers all of them. The
machine knows no app: a list gives it a queryset that its reader may see. ``importing`` brings tables in.
"""

from rcro_portal.lib.registers import by_link
from rcro_portal.lib.registers.answering import answer
from rcro_portal.lib.registers.columns import Column
from rcro_portal.lib.registers.filters import Filter
from rcro_portal.lib.registers.markup import Pages, address, badge, drawn, escaped, joined, link, note, nowrap
from rcro_portal.lib.registers.paths import paths
from rcro_portal.lib.registers.period import DatedBy
from rcro_portal.lib.registers.register import Empty, Register

__all__ = [
    "Column",
    "DatedBy",
    "Empty",
    "Filter",
    "Pages",
    "Register",
    "address",
    "answer",
    "badge",
    "by_link",
    "drawn",
    "escaped",
    "joined",
    "link",
    "note",
    "nowrap",
    "paths",
]
