"""The rows of ``rights`` about a letter's messages: their recipients, the pages behind their links, bounces."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
POST reports:recipient-send-again    sent-message    302  403  404  404  302  403  302  403  302  403  403
POST reports:recipient-send-again    sent2-message   302  404  403  404  409  403  409  403  409  403  403
POST reports:recipient-keep-address  sent2-message   302  404  403  404  302  302  403  403  403  403  302
POST reports:recipient-keep-address  sent-message    302  403  404  404  409  409  409  409  409  409  409
GET  reports:message-open            sent.token      302  302  302  302  302  302  302  302  302  302  302
POST reports:recipient-settle        unsure-message  302  404  404  404  302  403  302  403  302  403  403
POST reports:recipient-settle        sent-message    302  403  404  404  409  403  409  403  409  403  403
POST reports:recipient-acknowledge   sent-message    302  302  404  404  403  403  403  403  403  403  403
POST reports:recipient-acknowledge   unsure-message  302  404  404  404  403  403  403  403  403  403  403
GET  reports:message-open            named.token     200  200  200  200  200  200  200  200  200  200  200
GET  reports:message-page            named.page      200  200  200  200  200  200  200  200  200  200  200
GET  reports:message-page            named.page-of-another 404 404 404 404 404 404 404 404 404 404 404
GET  reports:message-file            named.file      200  200  200  200  200  200  200  200  200  200  200
GET  reports:message-file            named.final     404  404  404  404  404  404  404  404  404  404  404
GET  reports:message-file            named.file-of-another 404 404 404 404 404 404 404 404 404 404 404
GET  reports:message-appendix        named.appendix  200  200  200  200  200  200  200  200  200  200  200
GET  reports:message-appendix        named.appendix-of-another 404 404 404 404 404 404 404 404 404 404 404
GET  reports:message-acknowledge     named.token     302  302  302  302  302  302  302  302  302  302  302
POST reports:message-acknowledge     named.token     302  302  302  302  302  302  302  302  302  302  302
POST reports:message-acknowledge     sent.token      302  302  302  302  302  302  302  302  302  302  302
POST reports:message-acknowledge     sent.guess      404  404  404  404  404  404  404  404  404  404  404
GET  reports:mail-bounces            -               404  404  404  404  404  404  404  404  404  404  404
POST reports:mail-bounces            -               404  404  404  404  404  404  404  404  404  404  404
GET  reports:message-open            sent.guess      404  404  404  404  404  404  404  404  404  404  404
GET  reports:mail-list               -               404  404  404  404  404  404  404  404  404  404  404
GET  reports:mail-detail             mail            404  404  404  404  404  404  404  404  404  404  404
GET  reports:mail-attachment         mail.part       404  404  404  404  404  404  404  404  404  404  404
"""
