"""A hand at a page that counts what it does: how much work the portal asks of a person."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator


@dataclass
class Hand:
    """``clicks``: presses of the mouse and of keys that write nothing, two to choose from a list (open it, take a row),
    one to enter a field.
    ``characters``: letters typed or pasted; a day picked by its digits counts them.
    """

    clicks: int = 0
    characters: int = 0

    def press(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def choose(self, place: Locator, label: str) -> None:
        place.select_option(label=label)
        self.clicks += 2

    def key(self, place: Locator, name: str) -> None:
        """A key that writes nothing: Enter, an arrow."""
        place.press(name)
        self.clicks += 1

    def bring(self, place: Locator, name: str, content: bytes) -> None:
        """A file: open the window of files, take one."""
        place.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        self.clicks += 2

    def spell(self, place: Locator, text: str) -> None:
        """Letter by letter at the caret, where the hand already is."""
        place.press_sequentially(text)
        self.characters += len(text)

    def write(self, place: Locator, text: str) -> None:
        """Enter the field and write the whole text in place of what stands there."""
        place.fill(text)
        self.clicks += 1
        self.characters += len(text)

    def write_day(self, place: Locator, day: str) -> None:
        """A day in ISO, typed as its digits."""
        place.fill(day)
        self.clicks += 1
        self.characters += len(re.sub(r"\D", "", day))

    def go_on(self, place: Locator, text: str) -> None:
        """Write at the caret, where the hand already is."""
        place.press("Control+End")
        place.page.keyboard.insert_text(text)
        self.characters += len(text)
