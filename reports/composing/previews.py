"""The pages of a draft as they would be filed now, as pictures that lie in the page itself."""

import base64
import datetime
from typing import Any

from events.models import Outcome
from rcro_portal.lib.refusals import Refusal
from reports.composing import reading, renditions
from reports.models import Manuscript
from reports.typesetting import rendering

WIDTH_PX = 820


def preview_of(source: Outcome | Manuscript, at: datetime.datetime) -> dict[str, Any]:
    """Pages as data, or the words that say why there are none; ``seen`` says which reading of the text they show."""
    try:
        read = reading.read_source(source, at=at)
        pdf = renditions.drawn(read.composed.content)
    except Refusal as refusal:
        return {"pages": [], "trouble": str(refusal), "seen": ""}
    images = [rendering.page_image(pdf, page, WIDTH_PX) for page in range(1, rendering.page_count(pdf) + 1)]
    pages = [f"data:image/png;base64,{base64.b64encode(image).decode()}" for image in images]
    return {"pages": pages, "trouble": "", "seen": read.key}
