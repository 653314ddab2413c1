"""Markup of cells: nothing that people typed becomes any, and an address is the one that Django would give."""

from types import SimpleNamespace

from django.urls import reverse
from django.utils.safestring import SafeString

from rcro_portal.lib.registers import Pages, badge, escaped, link, note


def test_words_are_text_and_markup_stays() -> None:
    assert [escaped("<i>"), escaped(SafeString("<i>")), escaped(7)] == ["&lt;i&gt;", "<i>", "7"]
    assert link("/a/?b=1&c", "<i>") == '<a href="/a/?b=1&amp;c">&lt;i&gt;</a>'
    assert link("", "<i>") == "&lt;i&gt;"
    assert (note("<i>"), note("")) == ('<br><span class="muted small">&lt;i&gt;</span>', "")
    assert badge("open", "<i>") == '<span class="status status--open">&lt;i&gt;</span>'


def test_an_address_is_the_one_of_the_row() -> None:
    row = SimpleNamespace(pk=47, letter_id=None)
    assert Pages("centers:center-detail")(row) == reverse("centers:center-detail", args=[47])
    assert Pages("reports:letter-detail", "letter_id")(row) == ""
