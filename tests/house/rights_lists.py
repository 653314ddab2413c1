"""The part of the table of rights that speaks of distribution lists."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  reports:person-letters          person          302  403  403  403  200  200  200  200  200  200  200
LIST reports:distribution-lists      -               302  403  403  403  200  200  200  200  200  200  200
GET  reports:distribution-list-detail listed         302  403  403  403  200  200  200  200  200  200  200
GET  reports:distribution-list-new   -               302  403  403  403  200  200  403  403  403  403  200
POST reports:distribution-list-new   -               302  403  403  403  302  302  403  403  403  403  302
GET  reports:distribution-list-edit  listed          302  404  404  404  200  200  403  403  403  403  200
POST reports:distribution-list-edit  listed          302  404  404  404  302  302  403  403  403  403  302
GET  reports:distribution-list-put-many listed       302  404  404  404  200  200  403  403  403  403  200
POST reports:distribution-list-put-many listed       302  404  404  404  302  302  403  403  403  403  302
GET  reports:distribution-list-archive listed        302  404  404  404  200  200  403  403  403  403  200
POST reports:distribution-list-archive listed        302  404  404  404  302  302  403  403  403  403  302
POST reports:distribution-list-restore shut          302  404  404  404  302  302  403  403  403  403  302
POST reports:distribution-list-delete shut           302  404  404  404  302  302  403  403  403  403  302
POST reports:distribution-list-edit  shut            302  404  404  404  409  409  403  403  403  403  409
GET  reports:list-organization-new   listed          302  404  404  404  200  200  403  403  403  403  200
POST reports:list-organization-new   listed          302  404  404  404  302  302  403  403  403  403  302
GET  reports:list-organization-edit  listed.org      302  404  404  404  200  200  403  403  403  403  200
POST reports:list-organization-edit  listed.org      302  404  404  404  302  302  403  403  403  403  302
POST reports:list-organization-delete listed.org     302  404  404  404  302  302  403  403  403  403  302
GET  reports:list-person-new         listed          302  404  404  404  200  200  403  403  403  403  200
POST reports:list-person-new         listed          302  404  404  404  302  302  403  403  403  403  302
GET  reports:list-person-edit        listed.person   302  404  404  404  200  200  403  403  403  403  200
POST reports:list-person-edit        listed.person   302  404  404  404  302  302  403  403  403  403  302
POST reports:list-person-delete      listed.person   302  404  404  404  302  302  403  403  403  403  302
GET  record-history                  list.history    302  403  403  403  200  200  200  200  200  200  200
"""
