"""A technical assignment on paper: a version, or what is still written, as PDF and DOCX, ready to be signed."""
