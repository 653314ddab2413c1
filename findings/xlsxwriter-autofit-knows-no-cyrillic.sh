#!/bin/sh
# XlsxWriter 3.3.1, worksheet.autofit(), for headings in Russian.
#
# A good guess: autofit() makes a column as wide as its longest cell in the workbook's own font, whatever the letters.
# Seen: it has widths of Latin letters only; each Cyrillic letter counts as 8 pixels, «г» as «Щ». Texts in small letters come
# out about right by chance, what offices write in capitals is cut: against Carlito, which has the measures of Calibri 11,
# «ООШ» gets 24 pixels of 32, «МБОУ СОШ» 59 of 71, «МУНИЦИПАЛИТЕТ» 104 of 115. Widths in Russian are to be said by hand.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install -qq xlsxwriter==3.3.1 pillow==13.0.0
npm install --silent --no-save --prefix "$place" @expo-google-fonts/carlito@0.4.1 >/dev/null

"$place/venv/bin/python" - "$place/node_modules/@expo-google-fonts/carlito/400Regular/Carlito_400Regular.ttf" <<'PYTHON'
import sys

from PIL import ImageFont
from xlsxwriter.utility import xl_pixel_width

FONT = ImageFont.truetype(sys.argv[1], 1100)


def drawn(text: str) -> int:
    """Pixels at 96 to the inch, of 11 points."""
    return round(FONT.getlength(text) / 1100 * 11 * 96 / 72)


words = ("г", "Щ", "Schools of the region", "ООШ", "МБОУ СОШ", "МУНИЦИПАЛИТЕТ")
seen = {word: (xl_pixel_width(word), drawn(word)) for word in words}
for word, (by_autofit, in_the_font) in seen.items():
    print(f"{word}: {by_autofit} of {in_the_font}")
expected = [(8, 5), (8, 13), (130, 125), (24, 32), (59, 71), (104, 115)]
sys.exit("This has changed: read the release notes of XlsxWriter." if list(seen.values()) != expected else 0)
PYTHON
