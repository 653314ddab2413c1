"""The part of the table of rights that speaks of what spares work in the editor of an outcome."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
POST events:outcome-take             writing.past    302  404  404  404  302  302  302  302  403  403  302
POST events:outcome-take             filed.past      302  404  404  404  409  409  409  409  403  403  409
POST events:outcome-programme        writing         302  404  404  404  302  302  302  302  403  403  302
POST events:outcome-programme        filed           302  404  404  404  409  409  409  409  403  403  409
POST events:paragraph-keep           writing         302  404  404  404  200  200  200  200  403  403  200
POST events:paragraph-put            writing.paragraph 302 404 404  404  200  200  200  200  403  403  200
POST events:paragraph-put            filed.paragraph 302  404  404  404  409  409  409  409  403  403  409
POST reports:figure-quick            writing         302  404  404  404  200  200  200  200  403  403  200
POST reports:figure-quick            filed           302  404  404  404  409  409  409  409  403  403  409
POST reports:draft-figure-quick      written         302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-figure-quick      written-filed   302  404  404  404  409  409  409  409  403  403  403
LIST events:paragraph-list           -               302  403  403  403  200  200  200  200  200  200  200
GET  events:paragraph-detail         paragraph       302  403  403  403  200  200  200  200  200  200  200
GET  events:paragraph-new            -               302  403  403  403  200  200  200  200  403  403  200
POST events:paragraph-new            -               302  403  403  403  302  302  302  302  403  403  302
GET  events:paragraph-edit           paragraph       302  404  404  404  200  200  200  200  403  403  200
POST events:paragraph-edit           paragraph       302  404  404  404  302  302  302  302  403  403  302
POST events:paragraph-delete         paragraph       302  404  404  404  302  302  302  302  403  403  302
GET  record-history                  paragraph.history 302 404 404  404  200  200  200  200  200  200  200
"""
