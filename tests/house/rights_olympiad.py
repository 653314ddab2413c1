"""The part of the table of rights that speaks of the olympiads' results."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
LIST olympiad:result-list            -               302  200  200  200  200  200  200  200  200  200  200
LIST olympiad:sheet-list             -               302  403  403  403  200  200  200  200  200  200  200
GET  olympiad:sheet-new              -               302  403  403  403  200  200  403  403  403  403  200
POST olympiad:sheet-new              -               302  403  403  403  302  302  403  403  403  403  302
GET  olympiad:sheet-detail           inbox-sheet     302  403  403  403  200  200  200  200  200  200  200
GET  olympiad:sheet-detail           taken-sheet     302  403  403  403  200  200  200  200  200  200  200
POST olympiad:sheet-answer           asking-sheet    302  403  403  403  302  302  403  403  403  403  302
POST olympiad:sheet-take             inbox-sheet     302  403  403  403  302  302  403  403  403  403  302
POST olympiad:sheet-take             taken-sheet     302  403  403  403  409  409  403  403  403  403  409
POST olympiad:sheet-take-back        taken-sheet     302  403  403  403  302  302  403  403  403  403  302
POST olympiad:sheet-take-back        away-sheet      302  403  403  403  409  409  403  403  403  403  409
GET  record-history                  sheet.history   302  403  403  403  200  200  200  200  200  200  200
"""
