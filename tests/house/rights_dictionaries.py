"""The part of the table of rights that speaks of what the administrator keeps: dictionaries, posts, users."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  centers:dictionaries            -               302  403  403  403  403  403  403  403  403  403  200
LIST centers:department-list         -               302  403  403  403  403  403  403  403  403  403  200
GET  centers:department-detail       department      302  403  403  403  403  403  403  403  403  403  200
GET  centers:department-new          -               302  403  403  403  403  403  403  403  403  403  200
POST centers:department-new          -               302  403  403  403  403  403  403  403  403  403  302
GET  centers:department-edit         department      302  403  403  403  403  403  403  403  403  403  200
POST centers:department-edit         department      302  403  403  403  403  403  403  403  403  403  302
POST centers:department-delete       department          302  403  403  403  403  403  403  403  403  403  409
LIST centers:municipality-list       -               302  403  403  403  403  403  403  403  403  403  200
GET  centers:municipality-detail     district        302  403  403  403  403  403  403  403  403  403  200
GET  centers:municipality-new        -               302  403  403  403  403  403  403  403  403  403  200
POST centers:municipality-new        -               302  403  403  403  403  403  403  403  403  403  302
GET  centers:municipality-edit       district        302  403  403  403  403  403  403  403  403  403  200
POST centers:municipality-edit       district        302  403  403  403  403  403  403  403  403  403  302
POST centers:municipality-delete     district            302  403  403  403  403  403  403  403  403  403  409
LIST centers:user-list               -               302  403  403  403  403  403  403  403  403  403  200
GET  centers:staff-post-new          person          302  404  404  404  403  403  403  403  403  403  200
POST centers:staff-post-new          person          302  404  404  404  403  403  403  403  403  403  302
GET  centers:staff-post-edit         clerk.post      302  404  404  404  403  403  403  403  403  403  200
POST centers:staff-post-edit         clerk.post      302  404  404  404  403  403  403  403  403  403  302
GET  centers:staff-post-end          clerk.post      302  404  404  404  403  403  403  403  403  403  200
POST centers:staff-post-end          clerk.post      302  404  404  404  403  403  403  403  403  403  302
POST centers:staff-post-delete       clerk.post      302  404  404  404  403  403  403  403  403  403  302
GET  record-history                  department.history 302 403 403 403 403 403 403 403 403 403 200
GET  record-history                  district.history 302 403 403 403 403 403 403 403 403 403 200
"""
