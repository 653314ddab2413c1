"""Pupils of a session by name, invented, with scans of their guardians' consents, and who has looked at them."""

import io
from typing import Any

from django.db import transaction
from PIL import Image, ImageDraw

from centers.models import Organization
from olympiad.models import PrepSession, Pupil, PupilLook, Purpose
from olympiad.pupils import scans
from rcro_portal.demo import source
from rcro_portal.lib import files
from rcro_portal.lib.uploads import Upload

GRADE = 11
SHEET, MARGIN, PAPER, INK = (827, 1169), 90, 252, 120  # an A4 at 100 dots an inch, shades of grey


@transaction.atomic
def load() -> None:
    if Pupil.objects.exists():
        return
    users, schools = source.users(), {one.short_name: one for one in Organization.objects.all()}
    for row in source.read("pupils"):
        session = PrepSession.objects.get(event__topic=row["session"])
        entered = {"entered_by": users[row["entered_by"]], "entered_at": row["entered_at"]}
        for number, told in enumerate(row["pupils"], start=1):
            _enter(session, schools, number, told, entered)
        for look in row["looks"]:
            PupilLook.objects.create(session=session, **{**look, "by": users[look["by"]]})


def _enter(session: PrepSession, schools: dict[str, Organization], number: int, told: Any, entered: Any) -> None:
    columns = {name: value for name, value in told.items() if name != "school"}
    pupil = Pupil.objects.create(
        session=session, grade=GRADE, organization=schools[told["school"]], **columns, **entered
    )
    at = entered["entered_at"]
    scans.put(pupil, Purpose.CONSENT, _scan(number), at=at)
    if pupil.publication_on:
        scans.put(pupil, Purpose.PUBLICATION, _scan(number + 100), at=at)


def _scan(number: int) -> Upload:
    """Lines of a form with a stroke below them: a sheet that looks filled in, and names nobody."""
    sheet = Image.new("L", SHEET, PAPER)
    draw = ImageDraw.Draw(sheet)
    for line in range(18):
        length = SHEET[0] - 2 * MARGIN - (line * 37 + number * 53) % 220
        draw.line([(MARGIN, MARGIN + line * 45), (MARGIN + length, MARGIN + line * 45)], fill=INK, width=9)
    stroke = [(MARGIN + 12 * step, 1000 + (step * (number + 5)) % 40) for step in range(16)]
    draw.line(stroke, fill=INK // 2, width=3, joint="curve")
    written = io.BytesIO()
    sheet.save(written, "PDF", resolution=100)
    return Upload("scan.pdf", written.getvalue(), files.PDF)
