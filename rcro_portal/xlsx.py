"""One way to read and to write tables of spreadsheets."""
