"""The guide, read in the portal beside the work: one page for a role or a trade, in Markdown, with pictures.

``pages/`` holds the text, ``guide`` makes it HTML and knows which section is about which page of the portal, ``views``
show it. It names nobody and asks no database, so it is open to everybody.
"""
