"""The door: a brought file becomes what it says in counts and statuses, and nobody's name gets past it."""

from olympiad.results import protocols, reports
from olympiad.results.found import Found
from olympiad.results.headings import STAGES
from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.registers.importing.reading import CannotRead
from rcro_portal.lib.registers.importing.sheets import Sheet

SAID_AT_MOST, LINES_AT_MOST = 200, 20
NOTHING = (
    "В файле нет ни протокола (столбцы «Участник» или «Код» и «Статус» или «Балл»), ни таблицы с числами участников, "
    "победителей и призёров. Проверьте, тот ли это файл и есть ли у столбцов названия."
)


def read(data: bytes) -> Found:
    """All sheets with results; hidden ones are told of and not read. Raises CannotRead."""
    found = Found()
    for sheet in reading.read(data):
        if not sheet.rows:
            continue
        if sheet.is_hidden:
            found.notes.append(f"Лист «{sheet.name}» скрыт и не прочитан.")
        else:
            _read(sheet, found)
    if not found.sheets:
        raise CannotRead(NOTHING)
    return found


def _read(sheet: Sheet, found: Found) -> None:
    said = " ".join(cell for row in sorted(sheet.rows)[:10] for cell in sheet.rows[row]).casefold()
    found.stages += [stage for pattern, stage in STAGES if pattern.search(said) and stage not in found.stages]
    if form := reports.form_of(sheet):
        reports.read(sheet, form, found)
        rows = form.rows
    elif heads := protocols.heads_of(sheet):
        protocols.read(sheet, heads, found)
        rows = heads.rows
    else:
        found.notes.append(f"Лист «{sheet.name}» не похож на итоги и не прочитан.")
        return
    above = [text[:SAID_AT_MOST] for text in protocols.title(sheet, rows)][:LINES_AT_MOST]
    found.sheets.append({"sheet": sheet.name, "header_rows": list(rows), "said": above})
    if hidden := sheet.hidden_rows:
        found.notes.append(f"На листе «{sheet.name}» есть скрытые строки ({len(hidden)}): они не прочитаны.")
