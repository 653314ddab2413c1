"""One editor for every text that people write in the portal: rows, autosave, revisions, difference, merge.

An app gives tables (``models`` has their abstract bases), a form with its kinds of rows (``editor``), what it calls the
text and who may write it (``writing.Drafts``, ``views.pages.EditorPages``), and a template that extends
``drafts/edit.html`` where the fields shall not simply stand in order. Labels and fields of the form are declared once:
the history, the difference and what is kept as JSON follow from them.

Promised: nobody's text is lost to a race, to a lock or to a wrong field; a save that arrives twice is saved once; every
save leaves a revision that can be read, compared and brought back without looking anything up.
"""
