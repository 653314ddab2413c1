"""Yearly requests for information: a form of questions, a sheet of answers per centre, what of them is accepted.

A request is made (``requests``, ``questions``), cloned from last year's, and sent once: every centre gets a sheet,
filled in by what the registers know (``known``) and by last year's accepted answers (``past``). The sheet is a draft of
``rcro_portal.lib.drafts`` (``drafts``), judged when it is submitted (``checks``), given back with remarks or accepted
(``sheets``); an accepted answer may be written into the card of the organisation (``cards``).
"""
