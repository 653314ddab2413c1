"""The door: a brought file becomes what it says in counts and statuses, and nobody's name gets past it."""

from olympiad.results import nameless, protocols, reports
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
    form, heads = reports.form_of(sheet), protocols.heads_of(sheet)
    # A protocol may sum up in a line of its own; in a report the counts stand in the headings.
    if form and not (heads and form.rows[-1] not in heads.rows):
        reports.read(sheet, form, found)
        rows = form.rows
    elif heads:
        protocols.read(sheet, heads, found)
        rows = heads.rows
    else:
        found.notes.append(f"Лист «{sheet.name}» не похож на итоги и не прочитан.")
        return
    above = [text[:SAID_AT_MOST] for one in protocols.title(sheet, rows) if (text := nameless.kept(one))][
        :LINES_AT_MOST
    ]
    found.sheets.append({"sheet": sheet.name, "header_rows": list(rows), "said": above})
    if hidden := sheet.hidden_rows:
        found.notes.append(f"На листе «{sheet.name}» есть скрытые строки ({len(hidden)}): они не прочитаны.")
