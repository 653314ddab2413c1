"""What systems read by a token, and who gives them one: no log-in opens an address of theirs."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  api                     -               200  200  200  200  200  200  200  200  200  200  200
GET  api-schema              -               200  200  200  200  200  200  200  200  200  200  200
GET  api-organizations       -               401  401  401  401  401  401  401  401  401  401  401
POST api-organizations       -               405  405  405  405  405  405  405  405  405  405  405
GET  api-centers             -               401  401  401  401  401  401  401  401  401  401  401
POST api-centers             -               405  405  405  405  405  405  405  405  405  405  405
GET  api-projects            -               401  401  401  401  401  401  401  401  401  401  401
POST api-projects            -               405  405  405  405  405  405  405  405  405  405  405
GET  api-clusters            -               401  401  401  401  401  401  401  401  401  401  401
POST api-clusters            -               405  405  405  405  405  405  405  405  405  405  405
GET  api-events              -               401  401  401  401  401  401  401  401  401  401  401
POST api-events              -               405  405  405  405  405  405  405  405  405  405  405
GET  api-journal             -               401  401  401  401  401  401  401  401  401  401  401
POST api-journal             -               405  405  405  405  405  405  405  405  405  405  405
GET  api-figures             -               401  401  401  401  401  401  401  401  401  401  401
POST api-figures             -               405  405  405  405  405  405  405  405  405  405  405
GET  api-figure              made-up         401  401  401  401  401  401  401  401  401  401  401
POST api-figure              made-up         405  405  405  405  405  405  405  405  405  405  405
GET  token-list              -               302  403  403  403  403  403  403  403  403  403  200
GET  token-new               -               302  403  403  403  403  403  403  403  403  403  200
POST token-new               -               302  403  403  403  403  403  403  403  403  403  200
POST token-revoke            token           302  403  403  403  403  403  403  403  403  403  302
POST token-revoke            token.revoked   302  403  403  403  403  403  403  403  403  403  409
"""
