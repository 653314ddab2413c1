"""Letter № 941: our template, layout and signature field against bare WeasyPrint on the same HTML."""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import django

ROUNDS, WARM_UP = 40, 5
CONTENT = Path(__file__).resolve().parent.parent / "tests" / "data" / "letter-941-content.json"


def cpu_seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> None:
    from weasyprint import HTML

    from reports.typesetting import rendering

    content = json.loads(CONTENT.read_text(encoding="utf-8"))
    html = rendering.sheet_html(content, draft=False)
    press = rendering._press()

    def ours() -> bytes:
        return rendering.layout(content, draft=False)

    def bare() -> bytes | None:
        page = HTML(string=html, url_fetcher=press.fetcher, base_url="sheet:")
        return page.write_pdf(font_config=press.fonts, stylesheets=[press.stylesheet], pdf_variant="pdf/a-2a")

    for _ in range(WARM_UP):
        ours(), bare()
    # Side by side, so that whatever else the machine does falls on both.
    pairs = [(cpu_seconds(ours), cpu_seconds(bare)) for _ in range(ROUNDS)]
    ratio = statistics.median(one for one, _ in pairs) / statistics.median(other for _, other in pairs)
    print(json.dumps({"letter_941_drawing_to_bare_weasyprint": ratio}))


if __name__ == "__main__":
    django.setup()
    main()
