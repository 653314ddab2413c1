"""The part of the table of rights that speaks of technical assignments."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
LIST events:assignment-list          -               302  200  200  200  200  200  200  200  200  200  200
LIST events:assignment-period-list   -               302  200  200  200  200  200  200  200  200  200  200
GET  events:assignment-period-detail ta-period       302  200  200  200  200  200  200  200  200  200  200
GET  events:assignment-period-new    -               302  403  403  403  200  200  403  403  403  403  200
POST events:assignment-period-new    -               302  403  403  403  302  302  403  403  403  403  302
GET  events:assignment-period-edit   ta-period       302  403  403  403  200  200  403  403  403  403  200
POST events:assignment-period-edit   ta-period       302  403  403  403  302  302  403  403  403  403  302
POST events:assignment-period-delete ta-period       302  403  403  403  409  409  403  403  403  403  409
POST events:assignment-period-delete ta-idle         302  403  403  403  302  302  403  403  403  403  302
GET  events:assignment-remind        ta-idle         302  403  403  403  200  200  403  403  403  403  403
POST events:assignment-remind        ta-idle         302  403  403  403  302  302  403  403  403  403  403
GET  events:assignment-new           ta-new          302  200  404  404  200  200  200  200  200  200  200
POST events:assignment-new           ta-new          302  302  404  404  403  403  403  403  403  403  403
GET  events:assignment-detail        ta-draft        302  200  404  404  200  200  200  200  200  200  200
GET  events:assignment-detail        ta-sent         302  200  404  404  200  200  200  200  200  200  200
GET  events:assignment-detail        ta-back         302  200  404  404  200  200  200  200  200  200  200
GET  events:assignment-detail        ta-agreed       302  200  404  404  200  200  200  200  200  200  200
GET  events:assignment-edit          ta-draft        302  200  404  404  403  403  403  403  403  403  403
GET  events:assignment-edit          ta-sent         302  409  404  404  403  403  403  403  403  403  403
GET  events:assignment-edit          ta-back         302  200  404  404  403  403  403  403  403  403  403
POST events:assignment-save          ta-draft        302  302  404  404  403  403  403  403  403  403  403
POST events:assignment-save          ta-sent         302  409  404  404  403  403  403  403  403  403  403
GET  events:assignment-version       ta-draft        302  200  404  404  403  403  403  403  403  403  403
GET  events:assignment-history       ta-draft        302  200  404  404  200  200  200  200  200  200  200
GET  events:assignment-difference    ta-draft.first  302  200  404  404  200  200  200  200  200  200  200
GET  events:assignment-difference    ta-draft.other  302  404  404  404  404  404  404  404  404  404  404
POST events:assignment-restore       ta-draft.first  302  302  404  404  403  403  403  403  403  403  403
GET  events:assignment-aside         ta-draft.aside  302  200  404  404  403  403  403  403  403  403  403
POST events:assignment-merge         ta-draft.aside  302  302  404  404  403  403  403  403  403  403  403
POST events:assignment-submit        ta-draft        302  302  404  404  403  403  403  403  403  403  403
POST events:assignment-submit        ta-sent         302  409  404  404  403  403  403  403  403  403  403
POST events:assignment-recall        ta-sent         302  302  404  404  403  403  403  403  403  403  403
POST events:assignment-recall        ta-draft        302  409  404  404  403  403  403  403  403  403  403
POST events:assignment-amend         ta-agreed       302  302  404  404  403  403  403  403  403  403  403
POST events:assignment-amend         ta-draft        302  409  404  404  403  403  403  403  403  403  403
GET  events:assignment-review        ta-sent         302  403  404  404  200  200  403  403  403  403  403
GET  events:assignment-review        ta-agreed       302  403  404  404  409  409  403  403  403  403  403
POST events:assignment-agree         ta-sent         302  403  404  404  302  302  403  403  403  403  403
POST events:assignment-agree         ta-draft        302  403  404  404  409  409  403  403  403  403  403
POST events:assignment-agree         ta-agreed       302  403  404  404  409  409  403  403  403  403  403
POST events:assignment-return        ta-sent         302  403  404  404  302  302  403  403  403  403  403
POST events:assignment-return        ta-agreed       302  403  404  404  409  409  403  403  403  403  403
GET  events:assignment-edition       ta-back.one     302  200  404  404  200  200  200  200  200  200  200
GET  events:assignment-edition-difference ta-back.one 302 200  404  404  200  200  200  200  200  200  200
GET  reports:assignment-pdf          ta-agreed       302  200  404  404  200  200  200  200  200  200  200
GET  reports:assignment-docx         ta-agreed       302  200  404  404  200  200  200  200  200  200  200
GET  reports:assignment-edition-pdf  ta-back.one     302  200  404  404  200  200  200  200  200  200  200
GET  reports:assignment-edition-docx ta-back.one     302  200  404  404  200  200  200  200  200  200  200
GET  events:commitment-detail        ta-owed         302  200  404  404  200  200  200  200  200  200  200
POST events:commitment-answer        ta-owed         302  409  404  404  403  403  403  403  403  403  403
POST events:commitment-enter-answer  ta-owed         302  403  404  404  409  409  403  403  403  403  409
GET  record-history                  ta-draft.history 302 200  404  404  200  200  200  200  200  200  200
GET  record-history                  ta-period.history 302 403 403  403  200  200  200  200  200  200  200
"""
