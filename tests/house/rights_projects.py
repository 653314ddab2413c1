"""The part of the table of rights that speaks of projects, clusters, resources, achievements and the region."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
LIST projects:project-list           -               302  200  200  200  200  200  200  200  200  200  200
GET  projects:project-detail         project         302  200  200  200  200  200  200  200  200  200  200
LIST projects:cluster-list           -               302  200  200  200  200  200  200  200  200  200  200
GET  projects:cluster-detail         cluster         302  200  200  200  200  200  200  200  200  200  200
LIST projects:resource-list          -               302  200  200  200  200  200  200  200  200  200  200
GET  projects:resource-detail        resource        302  200  200  200  200  200  200  200  200  200  200
GET  projects:resource-open          resource        302  302  302  302  302  302  302  302  302  302  302
GET  projects:resource-open          withdrawn       302  409  409  409  409  409  409  409  409  409  409
LIST projects:achievement-list       -               302  200  200  200  200  200  200  200  200  200  200
GET  projects:achievement-detail     achievement     302  200  404  404  200  200  200  200  200  200  200
GET  projects:achievement-file       achievement     302  200  404  404  200  200  200  200  200  200  200
GET  record-history                  resource.history 302 403  403  403  200  200  200  200  200  200  200
GET  record-history                  achievement.history 302 200 404 404 200  200  200  200  200  200  200
LIST reports:municipality-list       -               302  200  200  200  200  200  200  200  200  200  200
"""
