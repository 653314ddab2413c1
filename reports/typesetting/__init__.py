"""The sheet: content in, pages out. Knows no models.

- Content is a list of pairs «element — text»; ``sheet`` refuses what it does not know and makes HTML of the rest.
- ``rendering`` makes a tagged PDF/A-2a of it, the same bytes for the same content within one edition of the sheet
  (docs/adr/0026), and reads the text back; it alone imports WeasyPrint.
- ``body``, ``columns``, ``lines``, ``balance``, ``ties`` and ``names`` say where lines and columns end, wherever a
  text is printed.
- ``docx_letter`` prints the same content as DOCX, to edit or to quote.
- ``signature_field`` leaves the empty, tagged field that the director already reads.
"""
