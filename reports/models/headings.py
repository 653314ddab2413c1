"""Headings of letters, «О проведении вебинара»: whether they name anything, and with what topic."""

from rcro_portal.lib.quotes import quoted

# What the form of a new letter begins with.
BARE = ("", "О", "Об")


def named(subject_line: str) -> str:
    """The heading, or words in place of one that names nothing."""
    return subject_line if subject_line.strip() not in BARE else "Письмо без заголовка"


def titled(subject_line: str, topic: str) -> str:
    """The heading with the topic of its event, unless it says the topic itself."""
    return subject_line if not topic or topic.lower() in subject_line.lower() else f"{subject_line} {quoted(topic)}"
