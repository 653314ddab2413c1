"""The part of the table of rights that speaks of the network: centres, people, projects, clusters, sessions."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
LIST centers:center-list             -               302  200  200  200  200  200  200  200  200  200  200
GET  centers:center-detail           ours            302  200  404  404  200  200  200  200  200  200  200
GET  centers:center-edit             ours            302  200  404  404  200  200  403  403  403  403  200
POST centers:center-edit             ours            302  302  404  404  302  302  403  403  403  403  302
GET  events:coordinator-appoint      vacant          302  404  404  404  200  200  403  403  403  403  200
POST events:coordinator-appoint      vacant          302  404  404  404  302  302  403  403  403  403  302
POST events:coordinator-appoint      ours            302  403  404  404  409  409  403  403  403  403  409
GET  events:coordinator-hand-over    ours            302  403  404  404  200  200  403  403  403  403  200
POST events:coordinator-hand-over    ours            302  403  404  404  302  302  403  403  403  403  302
GET  events:coordinator-hand-over    vacant          302  404  404  404  409  409  403  403  403  403  409
GET  events:coordinator-end          own.post        302  403  404  404  200  200  403  403  403  403  200
POST events:coordinator-end          own.post        302  403  404  404  302  302  403  403  403  403  302
POST events:coordinator-take-back    own.post        302  403  404  404  409  409  403  403  403  403  409
POST events:coordinator-take-back    coming.post     302  404  404  404  302  302  403  403  403  403  302
LIST centers:invitation-list         -               302  403  403  403  200  200  403  403  403  403  200
LIST centers:invitation-new          -               302  403  403  403  200  200  403  403  403  403  200
POST centers:invitation-new          -               302  403  403  403  302  302  403  403  403  403  302
GET  centers:invitation-accept       secret          200  200  200  200  200  200  200  200  200  200  200
POST centers:invitation-accept       secret          302  302  302  302  302  302  302  302  302  302  302
GET  centers:invitation-accept       secret.over     409  409  409  409  409  409  409  409  409  409  409
POST centers:invitation-accept       secret.over     409  409  409  409  409  409  409  409  409  409  409
GET  centers:access                  -               302  200  200  200  200  200  200  200  200  200  200
POST centers:session-end             no-session      302  302  302  302  302  302  302  302  302  302  302
POST centers:session-end-others      -               302  302  302  302  302  302  302  302  302  302  302
GET  centers:account                 account         302  403  403  403  403  403  403  403  403  403  200
POST centers:account-end-sessions    account         302  403  403  403  403  403  403  403  403  403  302
POST centers:account-reset-factor    account         302  403  403  403  403  403  403  403  403  403  302
GET  centers:account-address         account         302  403  403  403  403  403  403  403  403  403  302
POST centers:account-address         account         302  403  403  403  403  403  403  403  403  403  302
POST centers:account-address-stop    account         302  403  403  403  403  403  403  403  403  403  302
GET  centers:address-confirm         address         200  200  200  200  200  200  200  200  200  200  200
POST centers:address-confirm         address         302  302  302  302  302  302  302  302  302  302  302
GET  centers:address-confirm         secret.over     409  409  409  409  409  409  409  409  409  409  409
POST centers:address-confirm         secret.over     409  409  409  409  409  409  409  409  409  409  409
LIST projects:project-list           -               302  200  200  200  200  200  200  200  200  200  200
GET  projects:project-detail         project         302  200  200  200  200  200  200  200  200  200  200
LIST projects:cluster-list           -               302  200  200  200  200  200  200  200  200  200  200
GET  projects:cluster-detail         cluster         302  200  200  200  200  200  200  200  200  200  200
LIST olympiad:session-list           -               302  200  200  200  200  200  200  200  200  200  200
"""
