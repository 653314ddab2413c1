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
POST events:attendance-unmark        begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-unmark        coming          302  403  403  403  409  409  409  409  403  403  409
GET  events:attendance-change        begun           302  403  403  403  409  409  409  409  403  403  409
GET  events:attendance-history       draft           302  404  404  404  200  200  200  200  200  200  200
GET  events:attendance-history       begun           302  403  403  403  200  200  200  200  200  200  200
POST events:attendance-represent     begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-represent     coming          302  403  403  403  409  409  409  409  403  403  409
"""
