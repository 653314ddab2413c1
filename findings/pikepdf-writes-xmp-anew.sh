#!/bin/sh
# pikepdf 10.18.0 (wheel from PyPI), which opens and saves PDF files.
#
# A good guess: «save» with its defaults leaves the metadata of a file alone whose metadata name no PDF version; the
# documentation of «fix_metadata_version» says that it corrects that field where there is one, and adds none.
# Seen: the whole XMP packet is written anew. A file that was opened and saved, and nothing else, has another packet: the
# marks of its beginning and end («end="r"» becomes «end="w"») and its spaces are other ones, though the field is not
# there before or after. Whoever cuts such a packet at known places, or compares it byte by byte, must say
# «fix_metadata_version=False», which keeps it.
# Seen with CPython 3.13: «by default: another packet, end w», «told not to: the same packet».
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install -qq pikepdf==10.18.0

seen=$("$place/venv/bin/python" - <<'PYTHON'
import io

import pikepdf

PACKET = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<rdf:Description rdf:about=""><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Title</rdf:li></rdf:Alt>'
    '</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
).encode()


def saved(data: bytes, **how: bool) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, **how)
    return out.getvalue()


def packet(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        return document.Root.Metadata.read_bytes()


made = io.BytesIO()
document = pikepdf.new()
document.add_blank_page()
document.Root.Metadata = pikepdf.Stream(document, PACKET, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
document.save(made, fix_metadata_version=False)
before = packet(made.getvalue())
assert before == PACKET and b"PDFVersion" not in before
by_default, kept = packet(saved(made.getvalue())), packet(saved(made.getvalue(), fix_metadata_version=False))
assert b"PDFVersion" not in by_default
same = {True: "the same packet", False: "another packet"}
end = ", end w" if b'end="w"' in by_default else ""
print(f"by default: {same[by_default == before]}{end}")
print(f"told not to: {same[kept == before]}")
PYTHON
)
printf '%s\n' "$seen"
[ "$seen" = 'by default: another packet, end w
told not to: the same packet' ] || {
    echo 'This has changed: read the release notes of pikepdf.' >&2
    exit 1
}
