"""Decisions: done in time, late, not done; and how long letters and answers take."""

from reports import figures
from reports.statistics.plots.asked import Asked
from reports.statistics.plots.table import Table, by_years

DONE = {
    "commitments_on_time": "Исполнены в срок",
    "commitments_late": "Исполнены позже срока",
    "commitments_not_done": "Не исполнены",
}
DAYS = {"days_to_letter": "От мероприятия до письма", "days_to_answer": "От письма до ответа"}
LETTERS_HAVE_NO_PLACE = "Письма по муниципалитетам не делятся."


def done(asked: Asked) -> Table:
    return by_years(asked, DONE, note="По годам, на которые приходится срок; снятые поручения не считаются.")


def days(asked: Asked) -> Table:
    codes = {code: words for code, words in DAYS.items() if not asked.municipality or figures.QUERIES[code].narrowed}
    note = "Медиана, дней; в скобках – от и до у половины. Годы – по дате письма."
    return by_years(asked, codes, note=f"{note} {LETTERS_HAVE_NO_PLACE}" if asked.municipality else note)
