"""What pages call a kept row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Noun:
    """«Организация», the title of a new one «Новая организация», «организацию» after «Добавить».

    ``many`` is the title of the list, where it is another than the model's plural.
    """

    one: str
    new: str
    accusative: str
    many: str = ""

    @property
    def add(self) -> str:
        return f"Добавить {self.accusative}"
