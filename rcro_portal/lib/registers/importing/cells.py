"""A cell that holds no value, told apart from an empty one."""

from rcro_portal.lib.spreadsheets.grid import NOT_COUNTED


class Broken(str):
    """The text of a cell in which stands an error of the spreadsheet, or a formula that was never counted."""

    __slots__ = ()

    @property
    def words(self) -> str:
        if self == NOT_COUNTED:
            return "В ячейке формула без значения. Откройте файл в Excel, дождитесь пересчёта и сохраните."
        return f"В ячейке ошибка {self}. Внесите значение вместо формулы."
