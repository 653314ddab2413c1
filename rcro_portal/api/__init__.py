"""What systems of others read of the portal by a token: lists of the portal as its pages declare them, and figures.

A resource is the list's own ``table`` for a reader without any role but that of everybody who has logged in, so that it
shows no row and no column that such a reader's page would not; its fields are named one by one in ``resources``. The
journal is there without texts, addressees and names of people, and is not searched by them either.
"""
