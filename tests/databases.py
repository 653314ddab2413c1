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
COUNTED = "It counts queries, and as many are asked of either."
SOCKETS = "It is about what is said to a socket; who logs in at once and what is claimed by many run on both."
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
    "tests/centers/accounts/test_invitation_pages.py": FORMS,
    "tests/events/platforms/test_lists.py": WORDS,
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
    "tests/house/test_session_ends.py": RIGHTS,
    "tests/house/test_sessions.py": RIGHTS,
    "tests/house/test_urls.py": RIGHTS,
    "tests/olympiad/results/test_judging.py": WORDS,
    "tests/rcro_portal/test_demo.py": "The demo itself is loaded twice on both.",
    "tests/rcro_portal/test_own_pages.py": RIGHTS,
    "tests/rcro_portal/test_pages_of_the_portal.py": READERS,
    "tests/rcro_portal/test_reception.py": READERS,
    "tests/rcro_portal/test_unreadable.py": READERS,
    "tests/reports/approval/test_cost.py": COUNTED,
    "tests/reports/approval/test_sheet.py": WORDS,
    "tests/reports/composing/test_addressees.py": WORDS,
    "tests/reports/composing/test_appendix_lint.py": WORDS,
    "tests/reports/composing/test_content.py": DRAWING,
    "tests/reports/composing/test_draft_pages.py": WORDS,
    "tests/reports/composing/test_lint.py": WORDS,
    "tests/reports/composing/test_other_outcomes.py": WORDS,
    "tests/reports/composing/test_place_lint.py": WORDS,
    "tests/reports/composing/test_reading.py": WORDS,
    "tests/reports/composing/test_talk_lint.py": WORDS,
    "tests/reports/composing/test_wording.py": WORDS,
    "tests/reports/delivery/test_delivery_message.py": DRAWING,
    "tests/reports/delivery/test_demo_mail.py": SOCKETS,
    "tests/reports/delivery/test_mailbox.py": SOCKETS,
    "tests/reports/home/test_event_page_cost.py": COUNTED,
    "tests/reports/home/test_event_progress.py": WORDS,
    "tests/reports/home/test_home_cost.py": COUNTED,
    "tests/reports/letters/test_appendices.py": DRAWING,
    "tests/reports/letters/test_asked.py": WORDS,
    "tests/reports/letters/test_available_actions.py": RIGHTS,
    "tests/reports/letters/test_bad_keys.py": DRAWING,
    "tests/reports/letters/test_batch_signing.py": DRAWING,
    "tests/reports/letters/test_corrections.py": WORDS,
    "tests/reports/letters/test_docx_view.py": DRAWING,
    "tests/reports/letters/test_kept_rows.py": FORMS,
    "tests/reports/letters/test_letter_941.py": DRAWING,
    "tests/reports/letters/test_outside_pages.py": DRAWING,
    "tests/reports/letters/test_outside_signatures.py": DRAWING,
    "tests/reports/letters/test_page_cost.py": COUNTED,
    "tests/reports/letters/test_pointed_out.py": WORDS,
    "tests/reports/letters/test_scan_doubts.py": DRAWING,
    "tests/reports/letters/test_signatures.py": DRAWING,
    "tests/reports/operations/test_redrawing.py": DRAWING,
    "tests/reports/operations/test_stored_files.py": DRAWING,
    "tests/reports/signing/test_scans.py": DRAWING,
    "tests/reports/statistics/test_assignment_paper.py": DRAWING,
    "tests/reports/test_any_moment.py": "Days of Tomsk are counted before anything is stored.",
    "tests/reports/test_damaged_files.py": DRAWING,
    "tests/reports/verification/test_checking.py": WORDS,
}
# Cases that are about what a mail server says; the others of the module claim, die or are many at once.
SAME_CASES = {
    "tests/faults/test_mail.py": {
        "test_not_now_is_sent_by_the_sweep_when_the_server_takes_it",
        "test_refused_for_good_waits_for_a_person",
        "test_silent_server_is_left_in_time",
        "test_message_that_cannot_be_put_together_is_refused_and_never_doubtful",
        "test_announced_size_is_obeyed_before_the_message_is_begun",
        "test_what_fits_into_the_announced_size_is_attached",
        "test_server_that_announces_no_limit_gets_the_files",
        "test_message_that_is_too_large_goes_once_more_with_links",
        "test_full_mailbox_is_not_written_to_twice",
        "test_wrong_password_is_tried_once_a_minute_and_costs_no_row_anything",
        "test_mended_settings_are_seen_though_no_message_waits",
        "test_server_that_wants_a_password_first_is_a_matter_of_the_settings",
    },
}
BY_ROWS = {"db", "transactional_db", "django_db_setup"}


def can_differ(item: pytest.Item, module: str) -> bool:
    """Whether the test may find on PostgreSQL what it does not find on SQLite; ``module`` is its path in the repo."""
    asks = item.get_closest_marker("django_db") or BY_ROWS & set(getattr(item, "fixturenames", ()))
    late = item.get_closest_marker("any_moment") and "[noon" not in item.name
    answers = getattr(item, "originalname", item.name) in SAME_CASES.get(module, ())
    same = module in SAME_ON_BOTH or answers or item.get_closest_marker("same_on_both")
    return bool(asks) and not late and not same
