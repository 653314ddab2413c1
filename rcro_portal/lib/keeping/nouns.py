"""What pages call a kept row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Noun:
    """«Организация», the title of a new one «Новая организация», «организацию» after «Добавить»."""

    one: str
    new: str
    accusative: str

    @property
    def add(self) -> str:
        return f"Добавить {self.accusative}"
