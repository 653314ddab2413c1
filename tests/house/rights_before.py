"""Who may prepare an event and say who comes: lines of the table of ``rights``."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  events:event-terms              draft           302  404  404  404  200  200  200  200  403  403  200
POST events:event-terms              coming          302  403  403  403  302  302  302  302  403  403  302
GET  events:event-terms              held            302  403  403  403  409  409  409  409  403  403  409
POST events:event-take               draft           302  404  404  404  302  302  302  302  403  403  302
POST events:event-take               filling         302  403  403  403  409  409  409  409  403  403  409
GET  events:event-clone              draft           302  404  404  404  200  200  200  200  403  403  200
POST events:event-clone              held            302  403  403  403  302  302  302  302  403  403  302
GET  events:programme-item-new       draft           302  404  404  404  200  200  200  200  403  403  200
POST events:programme-item-new       draft           302  404  404  404  302  302  302  302  403  403  302
GET  events:programme-item-new       held            302  403  403  403  409  409  409  409  403  403  409
GET  events:programme-item-edit      filling.part    302  403  403  403  200  200  200  200  403  403  200
POST events:programme-item-edit      filling.part    302  403  403  403  302  302  302  302  403  403  302
POST events:programme-item-delete    filling.part    302  403  403  403  302  302  302  302  403  403  302
GET  events:material-new             draft           302  404  404  404  200  200  200  200  403  403  200
POST events:material-new             filling         302  403  403  403  302  302  302  302  403  403  302
GET  events:material-new             cancelled       302  403  403  403  409  409  409  409  403  403  409
GET  events:material-edit            filling.file    302  403  403  403  200  200  200  200  403  403  200
POST events:material-edit            filling.file    302  403  403  403  302  302  302  302  403  403  302
POST events:material-delete          filling.file    302  403  403  403  302  302  302  302  403  403  302
GET  events:material-file            filling.file    302  200  404  404  200  200  200  200  200  200  200
GET  events:registrations            draft           302  404  404  404  200  200  200  200  403  403  200
GET  events:registrations            filling         302  200  200  403  200  200  200  200  403  403  200
GET  events:registrations            begun           302  200  200  403  200  200  200  200  403  403  200
POST events:registration-new         filling         302  302  404  403  302  302  302  302  403  403  302
POST events:registration-new         begun           302  409  404  403  409  409  409  409  403  403  409
GET  events:registration-withdraw    filling.row     302  200  404  403  200  200  200  200  403  403  200
POST events:registration-withdraw    filling.row     302  302  404  403  302  302  302  302  403  403  302
POST events:registration-withdraw    begun.row       302  409  404  403  409  409  409  409  403  403  409
GET  events:registration-substitute  filling.row     302  200  404  403  200  200  200  200  403  403  200
POST events:registration-substitute  filling.row     302  302  404  403  302  302  302  302  403  403  302
POST events:registration-substitute  begun.row       302  409  404  403  409  409  409  409  403  403  409
POST events:attendance-expected      begun           302  403  403  403  302  302  302  302  403  403  302
POST events:attendance-expected      coming          302  403  403  403  409  409  409  409  403  403  409
POST events:participant-name         begun           302  403  403  403  302  302  302  302  403  403  302
POST events:participant-name         coming          302  403  403  403  409  409  409  409  403  403  409
GET  reports:attendance-sheet        draft           302  404  404  404  200  200  200  200  200  200  200
GET  reports:attendance-sheet        filling         302  403  403  403  200  200  200  200  200  200  200
"""
