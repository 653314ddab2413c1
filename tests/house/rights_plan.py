"""The part of the table of rights that speaks of the plan-schedule, and of what a centre did."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
LIST events:plan-list                -               302  200  200  200  200  200  200  200  200  200  200
GET  events:plan-list-bulk           -               302  403  403  403  409  409  403  403  403  403  409
POST events:plan-list-bulk           -               302  403  403  403  200  200  403  403  403  403  200
GET  events:plan-calendar            -               302  200  200  200  200  200  200  200  200  200  200
GET  events:plan-item-detail         item            302  200  200  200  200  200  200  200  200  200  200
GET  events:plan-item-detail         item.away       302  200  200  200  200  200  200  200  200  200  200
POST events:plan-item-tie            item            302  403  403  403  302  302  302  302  403  403  302
POST events:plan-item-untie          item.event      302  403  403  403  302  302  302  302  403  403  302
GET  events:plan-item-new            -               302  403  403  403  200  200  403  403  403  403  200
POST events:plan-item-new            -               302  403  403  403  302  302  403  403  403  403  302
GET  events:plan-item-edit           item            302  403  403  403  200  200  403  403  403  403  200
POST events:plan-item-edit           item            302  403  403  403  302  302  403  403  403  403  302
GET  events:plan-item-edit           item.away       302  403  403  403  409  409  403  403  403  403  409
GET  events:plan-item-archive        item            302  403  403  403  200  200  403  403  403  403  200
POST events:plan-item-archive        item            302  403  403  403  302  302  403  403  403  403  302
POST events:plan-item-restore        item.away       302  403  403  403  302  302  403  403  403  403  302
POST events:plan-item-delete         item            302  403  403  403  409  409  403  403  403  403  409
POST events:plan-item-delete         item.idle       302  403  403  403  302  302  403  403  403  403  302
GET  events:plan-responsible-new     item            302  403  403  403  200  200  403  403  403  403  200
POST events:plan-responsible-new     item            302  403  403  403  302  302  403  403  403  403  302
GET  events:plan-responsible-edit    item.who        302  403  403  403  200  200  403  403  403  403  200
POST events:plan-responsible-edit    item.who        302  403  403  403  302  302  403  403  403  403  302
POST events:plan-responsible-delete  item.who        302  403  403  403  302  302  403  403  403  403  302
LIST events:schedule-list            -               302  200  200  200  200  200  200  200  200  200  200
GET  events:schedule-detail          plan            302  200  200  200  200  200  200  200  200  200  200
GET  events:schedule-new             -               302  403  403  403  200  200  403  403  403  403  200
POST events:schedule-new             -               302  403  403  403  302  302  403  403  403  403  302
GET  events:schedule-edit            plan            302  403  403  403  200  200  403  403  403  403  200
POST events:schedule-edit            plan            302  403  403  403  302  302  403  403  403  403  302
GET  events:schedule-archive         plan            302  403  403  403  200  200  403  403  403  403  200
POST events:schedule-archive         plan            302  403  403  403  302  302  403  403  403  403  302
POST events:schedule-restore         plan            302  403  403  403  302  302  403  403  403  403  302
POST events:schedule-delete          plan            302  403  403  403  409  409  403  403  403  403  409
GET  reports:center-activity         ours            302  200  404  404  200  200  200  200  200  200  200
GET  reports:center-passport         ours            302  200  404  404  200  200  200  200  200  200  200
GET  record-history                  item.history    302  403  403  403  200  200  200  200  200  200  200
GET  record-history                  plan.history    302  403  403  403  200  200  200  200  200  200  200
"""
