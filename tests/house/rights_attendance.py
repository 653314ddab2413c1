"""Who may mark whom: lines of the table of ``rights``."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  events:attendance-edit          draft           302  404  404  404  200  200  200  200  403  403  200
GET  events:attendance-edit          begun           302  403  403  403  200  200  200  200  403  403  200
POST events:attendance-mark          begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-mark          coming          302  403  403  403  409  409  409  409  403  403  409
POST events:attendance-ticks         begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-ticks         coming          302  403  403  403  409  409  409  409  403  403  409
GET  events:attendance-marks         draft           302  404  404  404  200  200  200  200  403  403  200
GET  events:attendance-marks         begun           302  403  403  403  200  200  200  200  403  403  200
GET  events:attendance-list-new      draft           302  404  404  404  409  409  409  409  403  403  409
GET  events:attendance-list-new      begun           302  403  403  403  200  200  200  200  403  403  200
POST events:attendance-list-new      begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-list-new      coming          302  403  403  403  409  409  409  409  403  403  409
GET  events:attendance-list          begun.list      302  403  403  403  200  200  200  200  403  403  200
GET  events:attendance-list          coming.list     302  403  403  403  404  404  404  404  403  403  404
POST events:attendance-list-answers  begun.list      302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-list-answers  coming.list     302  403  403  403  409  409  409  409  403  403  409
POST events:attendance-list-mark     begun.list      302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-list-mark     coming.list     302  403  403  403  409  409  409  409  403  403  409
GET  events:attendance-list-columns  begun.list      302  403  403  403  200  200  200  200  403  403  200
POST events:attendance-list-columns  begun.list      302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-list-columns  coming.list     302  403  403  403  409  409  409  409  403  403  409
POST events:attendance-list-undo     begun.marked    302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-list-undo     coming.list     302  403  403  403  409  409  409  409  403  403  409
GET  events:check-in-code            draft           302  404  404  404  200  200  200  200  403  403  200
GET  events:check-in-code            begun           302  403  403  403  200  200  200  200  403  403  200
POST events:check-in-open            begun           302  403  403  403  302  302  302  302  403  403  302
POST events:check-in-open            coming          302  403  403  403  409  409  409  409  403  403  409
POST events:check-in-close           begun           302  403  403  403  302  302  302  302  403  403  302
POST events:check-in-close           coming          302  403  403  403  409  409  409  409  403  403  409
GET  events:here                     -               302  200  200  403  403  403  403  403  403  403  403
POST events:here                     -               302  302  302  403  403  403  403  403  403  403  403
GET  events:participants             draft           302  404  404  404  409  409  409  409  403  403  409
GET  events:participants             begun           302  403  403  403  200  200  200  200  403  403  200
POST events:participants             begun           302  403  403  403  302  302  302  302  403  403  302
POST events:participants             coming          302  403  403  403  409  409  409  409  403  403  409
POST events:attendance-unmark        begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-unmark        coming          302  403  403  403  409  409  409  409  403  403  409
GET  events:attendance-change        begun           302  403  403  403  409  409  409  409  403  403  409
GET  events:attendance-history       draft           302  404  404  404  200  200  200  200  200  200  200
GET  events:attendance-history       begun           302  403  403  403  200  200  200  200  200  200  200
POST events:attendance-represent     begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-represent     coming          302  403  403  403  409  409  409  409  403  403  409
"""
