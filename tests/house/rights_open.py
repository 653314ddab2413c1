"""What everybody opens without a log-in: the same page for each role."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  open-network            -               200  200  200  200  200  200  200  200  200  200  200
GET  open-centers            -               200  200  200  200  200  200  200  200  200  200  200
GET  open-center             ours            200  200  200  200  200  200  200  200  200  200  200
GET  open-projects           -               200  200  200  200  200  200  200  200  200  200  200
GET  open-clusters           -               200  200  200  200  200  200  200  200  200  200  200
GET  open-events             -               200  200  200  200  200  200  200  200  200  200  200
GET  open-calendar           -               200  200  200  200  200  200  200  200  200  200  200
GET  open-event              coming          200  200  200  200  200  200  200  200  200  200  200
GET  open-event              draft           404  404  404  404  404  404  404  404  404  404  404
GET  open-event-ics          coming          200  200  200  200  200  200  200  200  200  200  200
GET  open-event-ics          draft           404  404  404  404  404  404  404  404  404  404  404
GET  open-materials          -               200  200  200  200  200  200  200  200  200  200  200
GET  open-material-file      open-material   200  200  200  200  200  200  200  200  200  200  200
GET  open-material-file      shelved-resource 404 404  404  404  404  404  404  404  404  404  404
GET  robots                  -               200  200  200  200  200  200  200  200  200  200  200
GET  sitemap                 -               200  200  200  200  200  200  200  200  200  200  200
"""
