#!/bin/sh
# WeasyPrint 70.0: links inside an SVG that is drawn into a PDF.
#
# A good guess: a chart whose marks are links on a page (<svg> with <a href>) has the same links in the PDF made of that page,
# as a link of HTML has; or at least an <a> of HTML around the picture is one link of the picture's size.
# Seen: <a href> and <a xlink:href> inside an inline <svg>, and in an <img> of SVG, give no link annotation, without a
# warning; the drawing itself is there. An HTML <a> around the <svg> gives two annotations, one of the picture and one of its line.
# So marks that must lead somewhere in a PDF want a table of HTML links beside the chart.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install -qq weasyprint==70.0 pikepdf==10.18.0

"$place/venv/bin/python" - <<'PYTHON'
import base64
import io
import sys

import pikepdf
import weasyprint

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
MARK = '<rect width="50" height="50" fill="#333"/>'
ADDRESS = "https://portal.example/centers/"


def svg(inside: str) -> str:
    return f'<svg {SPACES} width="300" height="100" viewBox="0 0 300 100"><title>Рост сети</title>{inside}</svg>'


def links(body: str) -> int:
    drawn = weasyprint.HTML(string=f'<html lang="ru"><title>Рост</title><body>{body}').write_pdf()
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        return len(pdf.pages[0].get("/Annots", []))


linked = svg(f'<a href="{ADDRESS}">{MARK}</a>')
picture = base64.b64encode(linked.encode()).decode()
seen = {
    "HTML": links(f'<a href="{ADDRESS}">47</a>'),
    "href in SVG": links(linked),
    "xlink:href in SVG": links(svg(f'<a xlink:href="{ADDRESS}">{MARK}</a>')),
    "img of SVG": links(f'<img alt="Рост сети" src="data:image/svg+xml;base64,{picture}">'),
    "HTML around SVG": links(f'<a href="{ADDRESS}">{svg(MARK)}</a>'),
}
for name, count in seen.items():
    print(f"{name}: {count}")
expected = [1, 0, 0, 0, 2]
sys.exit("This has changed: read the release notes of WeasyPrint." if list(seen.values()) != expected else 0)
PYTHON
