"""Which tests run on PostgreSQL too where time is short: all that use a database, but for what is the same on both.

A new test runs on both unless it is named here, or its cases bear the mark ``same_on_both`` with a reason.
``script/test --all-databases`` runs everything on both.
"""

import pytest

DRAWING = "It is about what is drawn, signed or read from a file; rows are only where that is kept."
AGAIN = "What refuses a second row, constraints and locks, is tried by tests of its own, with two at once."
READERS = "The request is refused before anybody asks for a row."
RIGHTS = "It asks who may; the pages themselves are asked for by the tests of each app."
FORMS = "It is about fields and rows of a form; what is stored is asked for by the tests of each app."
WORDS = "It is about words and findings; queries and constraints have tests of their own."
WINDOW = "It is about what the browser does with a page; the road of a letter and two who mark at once run on both."
SAME_ON_BOTH = {
    "tests/browser/test_autosave.py": WINDOW,
    "tests/browser/test_editor.py": WINDOW,
    "tests/browser/test_effort.py": WINDOW,
    "tests/browser/test_import.py": WINDOW,
    "tests/browser/test_kept.py": WINDOW,
    "tests/browser/test_pages.py": "It is about markup and contrast; the other tests of the browser act.",
    "tests/browser/test_paper.py": WINDOW,
    "tests/browser/test_paste.py": WINDOW,
    "tests/browser/test_replacement.py": WINDOW,
    "tests/browser/test_rows.py": WINDOW,
    "tests/browser/test_two_texts.py": WINDOW,
    "tests/browser/test_ways_back.py": WINDOW,
    "tests/events/test_kept_rows.py": FORMS,
    "tests/faults/test_full_disk.py": "The disk of the store is full, not that of the database.",
    "tests/house/test_acts.py": RIGHTS,
    "tests/house/test_brought_files.py": DRAWING,
    "tests/house/test_channels.py": RIGHTS,
    "tests/house/test_form_pages.py": FORMS,
    "tests/house/test_four_eyes.py": RIGHTS,
    "tests/house/test_language.py": "It reads the words of pages; that they come is asked by the tests of each app.",
    "tests/house/test_rights.py": RIGHTS,
    "tests/house/test_sent_twice.py": AGAIN,
    "tests/house/test_sessions.py": RIGHTS,
    "tests/house/test_urls.py": RIGHTS,
    "tests/rcro_portal/test_unreadable.py": READERS,
    "tests/rcro_portal/test_demo.py": "The demo itself is loaded twice on both.",
    "tests/reports/composing/test_content.py": DRAWING,
    "tests/reports/composing/test_draft_pages.py": WORDS,
    "tests/reports/composing/test_lint.py": WORDS,
    "tests/reports/composing/test_other_outcomes.py": WORDS,
    "tests/reports/composing/test_reading.py": WORDS,
    "tests/reports/composing/test_talk_lint.py": WORDS,
    "tests/reports/composing/test_wording.py": WORDS,
    "tests/reports/delivery/test_delivery_message.py": DRAWING,
    "tests/reports/letters/test_appendices.py": DRAWING,
    "tests/reports/letters/test_asked.py": WORDS,
    "tests/reports/letters/test_bad_keys.py": DRAWING,
    "tests/reports/letters/test_batch_signing.py": DRAWING,
    "tests/reports/letters/test_corrections.py": WORDS,
    "tests/reports/letters/test_docx_view.py": DRAWING,
    "tests/reports/letters/test_kept_rows.py": FORMS,
    "tests/reports/letters/test_letter_941.py": DRAWING,
    "tests/reports/letters/test_outside_pages.py": DRAWING,
    "tests/reports/letters/test_outside_signatures.py": DRAWING,
    "tests/reports/letters/test_scan_doubts.py": DRAWING,
    "tests/reports/letters/test_signatures.py": DRAWING,
    "tests/reports/operations/test_redrawing.py": DRAWING,
    "tests/reports/signing/test_scans.py": DRAWING,
    "tests/reports/test_any_moment.py": "Days of Tomsk are counted before anything is stored.",
    "tests/reports/test_damaged_files.py": DRAWING,
}
BY_ROWS = {"db", "transactional_db", "django_db_setup"}


def can_differ(item: pytest.Item, module: str) -> bool:
    """Whether the test may find on PostgreSQL what it does not find on SQLite; ``module`` is its path in the repo."""
    asks = item.get_closest_marker("django_db") or BY_ROWS & set(getattr(item, "fixturenames", ()))
    late = item.get_closest_marker("any_moment") and "[noon" not in item.name
    same = module in SAME_ON_BOTH or item.get_closest_marker("same_on_both")
    return bool(asks) and not late and not same
