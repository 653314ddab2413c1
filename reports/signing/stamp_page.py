"""The stamp's page as pyHanko's content: it can import a page from a file, this one comes from memory."""

import io

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader


class StampPage(PdfContent):
    """The first page of a PDF, with its fonts, as it is."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        assert self.writer, "the stamp is drawn into a file that is being written"
        page = self.writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Stamp"] = page
        left, lower, right, upper = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=right - left, height=upper - lower)
        return b"/Stamp Do"
