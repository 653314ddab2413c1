"""The pages of a draft as its author sees them while typing: letter № 941 drawn anew and turned into pictures."""

import json
import statistics
import time
from pathlib import Path

import django

ROUNDS, WARM_UP = 60, 3
WIDTH_PX = 820  # of a page beside the form
CONTENT = Path(__file__).resolve().parent.parent / "tests" / "data" / "letter-941-content.json"


def main() -> None:
    from reports.typesetting import rendering

    content = json.loads(CONTENT.read_text(encoding="utf-8"))

    def preview(number: int) -> float:
        """Seconds for a draft in which one paragraph is new since the last time."""
        typed = [*content, ["paragraph", f"Правка {number}: {content[9][1]}"[:600]]]
        began = time.perf_counter()
        pdf = rendering.draw(typed, draft=True)
        for page in range(1, rendering.page_count(pdf) + 1):
            rendering.page_image(pdf, page, WIDTH_PX)
        return time.perf_counter() - began

    for number in range(WARM_UP):
        preview(number)
    taken = [preview(number) for number in range(WARM_UP, WARM_UP + ROUNDS)]
    print(json.dumps({"draft_preview_p95_seconds": statistics.quantiles(taken, n=20)[-1]}))


if __name__ == "__main__":
    django.setup()
    main()
