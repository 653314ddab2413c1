"""The rows of ``rights`` about what is owed: commitments, their terms and answers, the boards over letters."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
LIST reports:letter-board            -               302  403  403  403  200  200  200  200  200  200  200
LIST reports:letter-matrix           -               302  403  403  403  200  200  200  200  200  200  200
GET  reports:letter-remind           sent            302  403  404  404  200  403  200  403  403  403  403
POST reports:letter-remind           sent            302  403  404  404  302  403  302  403  403  403  403
POST reports:letter-remind           named           302  404  404  404  409  403  409  403  403  403  403
POST reports:letter-remind           approved        302  404  404  404  409  403  409  403  403  403  403
LIST events:commitment-list          -               302  200  200  200  200  200  200  200  200  200  200
GET  events:commitment-list-bulk     -               302  403  403  403  409  409  409  409  403  403  403
POST events:commitment-list-bulk     -               302  403  403  403  200  200  200  200  403  403  403
GET  events:commitment-detail        open            302  200  404  404  200  200  200  200  200  200  200
GET  events:commitment-detail        answered        302  200  404  404  200  200  200  200  200  200  200
GET  reports:commitment-letter       open            302  200  404  404  200  200  200  200  200  200  200
GET  events:answer-file              answered.file   302  200  404  404  200  200  200  200  200  200  200
GET  events:review                   -               302  403  403  403  302  302  403  403  403  403  302
GET  events:review-answer            answered        302  403  404  404  200  200  403  403  403  403  200
GET  events:review-answer            open            302  403  404  404  302  302  403  403  403  403  302
POST events:commitment-acknowledge   open            302  302  404  404  403  403  403  403  403  403  403
POST events:commitment-acknowledge   answered        302  409  404  404  403  403  403  403  403  403  403
POST events:commitment-answer        open            302  302  404  404  403  403  403  403  403  403  403
POST events:commitment-answer        answered        302  409  404  404  403  403  403  403  403  403  403
POST events:commitment-enter-answer  open            302  403  404  404  302  302  403  403  403  403  302
POST events:commitment-enter-answer  answered        302  403  404  404  409  409  403  403  403  403  409
POST events:commitment-ask-term      open            302  302  404  404  403  403  403  403  403  403  403
POST events:commitment-ask-term      wished          302  409  404  404  403  403  403  403  403  403  403
POST events:commitment-ask-term      answered        302  409  404  404  403  403  403  403  403  403  403
POST events:commitment-move-term     open            302  403  404  404  302  403  302  403  403  403  403
POST events:commitment-move-term     wished          302  403  404  404  302  403  302  403  403  403  403
POST events:commitment-move-term     answered        302  403  404  404  409  403  409  403  403  403  403
POST events:commitment-decline-term  wished          302  403  404  404  302  403  302  403  403  403  403
POST events:commitment-decline-term  open            302  403  404  404  409  403  409  403  403  403  403
GET  events:commitment-move-term-for-all open        302  403  404  404  200  403  200  403  403  403  403
POST events:commitment-move-term-for-all open        302  403  404  404  302  403  302  403  403  403  403
POST events:commitment-move-term-for-all fulfilled   302  403  404  404  409  403  409  403  403  403  403
GET  events:commitment-detail        wished          302  200  404  404  200  200  200  200  200  200  200
GET  events:commitment-detail        fulfilled       302  200  404  404  200  200  200  200  200  200  200
POST events:commitment-accept        open            302  403  404  404  409  409  403  403  403  403  409
POST events:commitment-accept        answered        302  403  404  404  302  302  403  403  403  403  302
POST events:commitment-give-back     open            302  403  404  404  409  409  403  403  403  403  409
POST events:commitment-give-back     answered        302  403  404  404  302  302  403  403  403  403  302
"""
