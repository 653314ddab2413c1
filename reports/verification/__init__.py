"""What anybody may learn of a letter by its number, its key or its file, and the search through letters as printed.

Genuine means that the sha256 of the bytes is the registered one. A stranger learns of the letter that they name, the
office finds any by its words (``archive``).
"""
