"""What everybody opens without a log-in: the same page for each role."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  reports:open-network            -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-centers            -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-center             ours            200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-projects           -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-clusters           -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-events             -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-calendar           -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-event              coming          200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-event              draft           404  404  404  404  404  404  404  404  404  404  404
GET  reports:open-event-ics          coming          200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-event-ics          draft           404  404  404  404  404  404  404  404  404  404  404
GET  reports:open-materials          -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-material-file      open-material   200  200  200  200  200  200  200  200  200  200  200
GET  reports:open-material-file      shelved-resource 404 404  404  404  404  404  404  404  404  404  404
GET  reports:robots                  -               200  200  200  200  200  200  200  200  200  200  200
GET  reports:sitemap                 -               200  200  200  200  200  200  200  200  200  200  200
"""
