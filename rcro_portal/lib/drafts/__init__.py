"""One editor for every text that people write in the portal: rows, autosave, revisions, difference, merge."""
