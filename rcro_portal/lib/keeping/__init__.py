"""Keeping: a table that people keep gets its pages from one declaration, and knows no app.

``declared``: what an app says, a ``Keeper`` for a table with a card, a ``Part`` for the rows under it. ``pages.urls``
makes the pages of both: new, edit, archive, restore, delete; of a part new, edit, end, delete. ``writing`` has the
verbs, which imports and bulk edits call too; ``forms`` a form by its model; ``choosers`` the search line for a row of a
large table, ``drafted`` the same in the rows of an editor; ``sections`` what a card shows; ``archive`` the mixin in
the place of deletion; ``pointing`` what keeps a row from being deleted; ``bulk`` does something to many rows of a list
at once, ``bulk_fields`` changes their fields or puts them away, ``bulk_pages`` is the page of that.
"""

from rcro_portal.lib.keeping.bulk_pages import BulkPages
from rcro_portal.lib.keeping.declared import Act, Keeper, Part
from rcro_portal.lib.keeping.nouns import Noun
from rcro_portal.lib.keeping.pages import urls
from rcro_portal.lib.keeping.sections import Card, Listing

__all__ = ["Act", "BulkPages", "Card", "Keeper", "Listing", "Noun", "Part", "urls"]
