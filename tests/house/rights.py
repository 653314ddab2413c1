"""Who may what: a line per address, method and thing, a column per role; a cell is the exact status code.

200 the page, 302 done and led on (a stranger: led to log in), 403 not you, 404 you may not know of it, 409 not now.
LIST is the GET of a list and of its two files, XLSX and CSV.
The columns are strangers; the coordinator of the centre that the thing belongs to, of another centre, and a former
one; methodists and heads of the department whose event it is and of another department; clerk; the director with
the right to sign; the administrator. What the things are is said in ``tests.house.world``.
"""

from typing import NamedTuple

from tests.house import (
    rights_api,
    rights_assignments,
    rights_attendance,
    rights_before,
    rights_certificates,
    rights_commitments,
    rights_dictionaries,
    rights_lists,
    rights_messages,
    rights_network,
    rights_olympiad,
    rights_open,
    rights_outcomes,
    rights_plan,
    rights_projects,
    rights_requests,
    rights_told,
    rights_year_reports,
)

ROLES = (
    "stranger",
    "own",
    "other",
    "past",
    "methodist",
    "methodist2",
    "head",
    "head2",
    "clerk",
    "director",
    "administrator",
)

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  home                            -               302  200  200  200  200  200  200  200  200  200  200
GET  healthy                         -               200  200  200  200  200  200  200  200  200  200  200
GET  help                            -               200  200  200  200  200  200  200  200  200  200  200
GET  help-page                       guide           200  200  200  200  200  200  200  200  200  200  200
GET  security                        -               200  200  200  200  200  200  200  200  200  200  200
GET  session                         -               200  200  200  200  200  200  200  200  200  200  200
GET  record-history                  center.history  302  200  404  404  200  200  200  200  200  200  200
GET  record-history                  organization.history 302 403  403  403  200  200  200  200  200  200  200
GET  record-history                  project.history 302  403  403  403  200  200  200  200  200  200  200
GET  record-history                  cluster.history 302  403  403  403  200  200  200  200  200  200  200
GET  record-history                  draft.history   302  404  404  404  200  403  200  403  403  200  200
GET  record-history                  held.history    302  403  403  403  200  403  200  403  403  200  200
GET  record-history                  sent.history    302  403  404  404  200  403  200  403  403  200  200
GET  record-history                  owed.history    302  200  404  404  200  200  200  200  200  200  200
GET  record-history                  entry.history   302  403  403  403  200  200  200  200  200  200  200
GET  record-history                  incoming.history 302  403  403  403  200  200  200  200  200  200  200
GET  record-history                  other.history   302  404  404  404  404  404  404  404  404  404  404
LIST events:event-list               -               302  200  200  200  200  200  200  200  200  200  200
GET  events:event-list-bulk          -               302  403  403  403  409  409  409  409  403  403  409
POST events:event-list-bulk          -               302  403  403  403  200  200  200  200  403  403  200
GET  events:event-new                -               302  403  403  403  200  200  200  200  403  403  200
POST events:event-new                -               302  403  403  403  302  302  302  302  403  403  302
GET  reports:event-page              draft           302  404  404  404  200  200  200  200  200  200  200
GET  reports:event-page              coming          302  200  200  200  200  200  200  200  200  200  200
GET  reports:event-steps             coming          302  403  403  403  200  403  200  403  403  200  200
GET  reports:event-steps             draft           302  404  404  404  200  403  200  403  403  200  200
GET  reports:event-page              begun           302  200  200  200  200  200  200  200  200  200  200
GET  reports:event-page              cancelled       302  200  200  200  200  200  200  200  200  200  200
GET  reports:event-page              called-off      302  404  404  404  200  200  200  200  200  200  200
GET  reports:event-page              sent.event      302  200  200  200  200  200  200  200  200  200  200
GET  events:event-edit               draft           302  404  404  404  200  200  200  200  403  403  200
POST events:event-edit               draft           302  404  404  404  302  302  302  302  403  403  302
GET  events:event-edit               coming          302  403  403  403  200  200  200  200  403  403  200
POST events:event-edit               held            302  403  403  403  409  409  409  409  403  403  409
POST events:event-announce           draft           302  404  404  404  302  302  302  302  403  403  302
POST events:event-announce           coming          302  403  403  403  409  409  409  409  403  403  409
POST events:event-hold               draft           302  404  404  404  409  409  409  409  403  403  409
POST events:event-hold               coming          302  403  403  403  409  409  409  409  403  403  409
POST events:event-hold               begun           302  403  403  403  302  302  302  302  403  403  302
POST events:event-cancel             draft           302  404  404  404  302  302  302  302  403  403  302
POST events:event-cancel             coming          302  403  403  403  302  302  302  302  403  403  302
POST events:event-cancel             held            302  403  403  403  409  409  409  409  403  403  409
POST events:event-hold               held            302  403  403  403  409  409  409  409  403  403  409
POST events:event-register           draft           302  404  404  404  403  403  403  403  403  403  403
POST events:event-register           coming          302  302  302  403  403  403  403  403  403  403  403
POST events:event-register           begun           302  409  409  403  403  403  403  403  403  403  403
POST events:outcome-begin            held            302  403  403  403  302  302  302  302  403  403  302
POST events:outcome-begin            coming          302  403  403  403  409  409  409  409  403  403  409
GET  events:outcome-edit             writing         302  404  404  404  200  200  200  200  403  403  200
GET  events:outcome-edit             filed           302  404  404  404  409  409  409  409  403  403  409
POST events:outcome-save             writing         302  404  404  404  302  302  302  302  403  403  302
POST events:outcome-save             filed           302  404  404  404  409  409  409  409  403  403  409
GET  events:outcome-version          writing         302  404  404  404  200  200  200  200  403  403  200
GET  events:outcome-history          writing         302  404  404  404  200  200  200  200  200  200  200
GET  events:outcome-history          filed           302  404  404  404  200  200  200  200  200  200  200
GET  events:outcome-difference       writing.first   302  404  404  404  200  200  200  200  200  200  200
GET  events:outcome-difference       filed.first     302  404  404  404  200  200  200  200  200  200  200
GET  events:outcome-difference       filed.foreign   302  404  404  404  404  404  404  404  404  404  404
POST events:outcome-restore          writing.first   302  404  404  404  302  302  302  302  403  403  302
POST events:outcome-restore          filed.first     302  404  404  404  409  409  409  409  403  403  409
GET  events:outcome-aside            writing.aside   302  404  404  404  200  200  200  200  403  403  200
POST events:outcome-merge            writing.aside   302  404  404  404  302  302  302  302  403  403  302
GET  events:speaker-new              writing         302  404  404  404  200  200  200  200  403  403  200
POST events:speaker-new              writing         302  404  404  404  302  302  302  302  403  403  302
GET  reports:outcome-check           writing         302  404  404  404  200  200  200  200  403  403  200
GET  reports:outcome-check           filed           302  404  404  404  409  409  409  409  403  403  409
GET  reports:outcome-preview         writing         302  404  404  404  200  200  200  200  403  403  200
POST reports:outcome-file            writing         302  404  404  404  302  403  302  403  403  403  403
POST reports:outcome-identify        writing         302  404  404  404  409  409  409  409  403  403  409
POST reports:outcome-identify        filed           302  404  404  404  409  409  409  409  403  403  409
POST reports:outcome-postpone        writing         302  404  404  404  409  409  409  409  403  403  409
POST reports:outcome-postpone        filed           302  404  404  404  409  409  409  409  403  403  409
GET  reports:figure-list             writing         302  404  404  404  200  200  200  200  403  403  200
GET  reports:figure-form             writing         302  404  404  404  200  200  200  200  403  403  200
GET  reports:figure-rows             writing.figure  302  404  404  404  200  200  200  200  403  403  200
POST reports:figure-type             writing         302  404  404  404  200  200  200  200  403  403  200
POST reports:figure-type             filed           302  404  404  404  409  409  409  409  403  403  409
POST reports:figure-case             writing.figure  302  404  404  404  200  200  200  200  403  403  200
POST reports:figure-case             filed.figure    302  404  404  404  409  409  409  409  403  403  409
POST reports:figure-add              writing         302  404  404  404  200  200  200  200  403  403  200
POST reports:figure-add              filed           302  404  404  404  409  409  409  409  403  403  409
POST reports:figure-remove           writing.figure  302  404  404  404  200  200  200  200  403  403  200
POST reports:figure-remove           filed.figure    302  404  404  404  409  409  409  409  403  403  409
GET  reports:draft-new               -               302  403  403  403  200  200  200  200  403  403  403
POST reports:draft-new               -               302  403  403  403  302  302  302  302  403  403  403
GET  reports:draft-addressee         -               302  403  403  403  200  200  200  200  403  403  403
GET  reports:draft-edit              written         302  404  404  404  200  200  200  200  403  403  403
GET  reports:draft-edit              written-filed   302  404  404  404  409  409  409  409  403  403  403
POST reports:draft-save              written         302  404  404  404  302  302  302  302  403  403  403
POST reports:draft-save              written-filed   302  404  404  404  409  409  409  409  403  403  403
GET  reports:draft-version           written         302  404  404  404  200  200  200  200  403  403  403
GET  reports:draft-preview           written         302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-postpone          written         302  404  404  404  409  409  409  409  403  403  403
POST reports:draft-postpone          written-filed   302  404  404  404  409  409  409  409  403  403  403
POST reports:draft-identify          written         302  404  404  404  409  409  409  409  403  403  403
GET  reports:draft-check             written         302  404  404  404  200  200  200  200  403  403  403
GET  reports:draft-check             written-filed   302  404  404  404  409  409  409  409  403  403  403
POST reports:draft-file              written         302  404  404  404  302  403  302  403  403  403  403
POST reports:draft-file              written-filed   302  404  404  404  302  403  302  403  403  403  403
POST reports:draft-discard           written         302  404  404  404  302  403  302  403  403  403  403
POST reports:draft-discard           written-filed   302  404  404  404  409  403  409  403  403  403  403
GET  reports:draft-history           written         302  404  404  404  200  200  200  200  200  200  200
GET  reports:draft-difference        written.revision 302 404  404  404  200  200  200  200  200  200  200
POST reports:draft-restore           written.revision 302 404  404  404  302  302  302  302  403  403  403
POST reports:draft-restore           written-filed.revision 302 404 404 404 409 409 409 409 403 403 403
GET  reports:draft-aside             written.aside   302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-merge             written.aside   302  404  404  404  302  302  302  302  403  403  403
GET  reports:draft-figure-list       written         302  404  404  404  200  200  200  200  403  403  403
GET  reports:draft-figure-form       written         302  404  404  404  200  200  200  200  403  403  403
GET  reports:draft-figure-rows       written.figure  302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-figure-add        written         302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-figure-add        written-filed   302  404  404  404  409  409  409  409  403  403  403
POST reports:draft-figure-type       written         302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-figure-case       written.figure  302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-figure-remove     written.figure  302  404  404  404  200  200  200  200  403  403  403
POST reports:draft-figure-remove     written-filed.figure 302 404 404 404 409 409 409 409 403 403 403
GET  reports:appendix-list           of-written      302  404  404  404  200  200  200  200  403  403  403
GET  reports:appendix-list           of-written-filed 302 404  404  404  409  409  409  409  403  403  403
GET  reports:appendix-list           of-writing      302  404  404  404  200  200  200  200  403  403  200
GET  reports:appendix-list           of-magic        302  404  404  404  404  404  404  404  404  404  404
GET  reports:appendix-file           of-written.row  302  404  404  404  200  200  200  200  403  403  403
POST reports:appendix-add            of-written      302  404  404  404  302  302  302  302  403  403  403
POST reports:appendix-add            of-writing      302  404  404  404  302  302  302  302  403  403  302
POST reports:appendix-count          of-written.row  302  404  404  404  422  422  422  422  403  403  403
POST reports:appendix-rise           of-written.row  302  404  404  404  302  302  302  302  403  403  403
POST reports:appendix-remove         of-written.row  302  404  404  404  302  302  302  302  403  403  403
POST reports:appendix-remove         of-writing.row  302  404  404  404  302  302  302  302  403  403  302
POST reports:appendix-participants   of-written      302  404  404  404  302  302  302  302  403  403  403
GET  reports:letter-appendix         written-filed.frozen 302 404 404 404 200 200 200 200 200 200 200
POST reports:letter-replace          approved        302  404  404  404  409  403  409  403  403  403  403
POST reports:letter-replace          sent            302  403  404  404  302  403  302  403  403  403  403
POST reports:letter-give-up          replacing       302  404  404  404  302  403  302  403  403  403  403
POST reports:letter-give-up          approved        302  404  404  404  409  403  409  403  403  403  403
LIST reports:letter-list             -               302  403  403  403  200  200  200  200  200  200  200
GET  reports:letter-detail           returned        302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           review          302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           approved        302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           preparing       302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           stuck           302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           awaiting        302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           paper           302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           signed          302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           annulled        302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           sent            302  200  404  404  200  200  200  200  200  200  200
GET  reports:letter-findings         review          302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-findings         sent            302  403  404  404  200  200  200  200  200  200  200
GET  reports:letter-desk             preparing       302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-desk             sent            302  204  404  404  204  204  204  204  204  204  204
GET  reports:letter-pdf              review          302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-pdf              signed          302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-pdf              sent            302  200  404  404  200  200  200  200  200  200  200
GET  reports:letter-page             review.page     302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-page             sent.page       302  200  404  404  200  200  200  200  200  200  200
GET  reports:letter-file             paper.scan      302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-file             sent.original   302  200  404  404  200  200  200  200  200  200  200
GET  reports:letter-file             sent.final      302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-figure           review.figure   302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-figure           sent.figure     302  403  404  404  200  200  200  200  200  200  200
POST reports:letter-recall           review          302  404  404  404  302  403  302  403  403  403  403
POST reports:letter-recall           approved        302  404  404  404  409  403  409  403  403  403  403
POST reports:letter-recall           sent            302  403  404  404  409  403  409  403  403  403  403
POST reports:letter-approve          review          302  404  404  404  403  403  302  403  403  403  403
POST reports:letter-approve          approved        302  404  404  404  403  403  409  403  403  403  403
POST reports:letter-approve          sent            302  403  404  404  403  403  409  403  403  403  403
GET  reports:letter-approval-sheet   review          302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-approval-sheet   sent            302  403  404  404  200  200  200  200  200  200  200
GET  reports:letter-correct          review          302  404  404  404  403  403  200  403  403  403  403
GET  reports:letter-correct          approved        302  404  404  404  403  403  409  403  403  403  403
GET  reports:letter-correct          sent            302  403  404  404  403  403  409  403  403  403  403
POST reports:letter-correct          review          302  404  404  404  403  403  302  403  403  403  403
POST reports:letter-correct          approved        302  404  404  404  403  403  409  403  403  403  403
POST reports:letter-give-back        returned        302  404  404  404  403  403  403  403  403  409  403
POST reports:letter-give-back        review          302  404  404  404  403  403  302  403  403  403  403
POST reports:letter-give-back        approved        302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-give-back        preparing       302  404  404  404  403  403  403  403  403  409  403
POST reports:letter-give-back        awaiting        302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-give-back        signed          302  404  404  404  403  403  403  403  403  409  403
POST reports:letter-give-back        sent            302  403  404  404  403  403  403  403  403  409  403
POST reports:letter-annul            returned        302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-annul            signed          302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-annul            sent            302  403  404  404  403  403  403  403  403  409  403
POST reports:letter-register         review          302  404  404  404  403  403  403  403  403  409  403
POST reports:letter-register         approved        302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-register         sent            302  403  404  404  403  403  403  403  403  409  403
POST reports:letter-draw-again       stuck           302  404  404  404  302  403  302  403  403  302  403
POST reports:letter-draw-again       preparing       302  404  404  404  409  403  409  403  403  409  403
POST reports:letter-sign             approved        302  404  404  404  403  403  403  403  403  409  403
POST reports:letter-sign             awaiting        302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-sign             sent            302  403  404  404  403  403  403  403  403  409  403
POST reports:letter-choose           awaiting.paper  302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-choose           paper.key       302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-choose           awaiting.magic  302  404  404  404  404  404  404  404  404  404  404
POST reports:letter-choose           signed.paper    302  404  404  404  403  403  403  403  403  409  403
POST reports:letter-choose           awaiting.gost   302  404  404  404  403  403  403  403  403  302  403
GET  reports:letter-detail           outside         302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-detail           outside2        302  404  404  404  200  200  200  200  200  200  200
POST reports:letter-upload-signature outside         302  404  404  404  403  403  403  403  302  302  403
POST reports:letter-upload-signature awaiting        302  404  404  404  403  403  403  403  409  409  403
POST reports:letter-upload-signature sent            302  403  404  404  403  403  403  403  409  409  403
POST reports:letter-attach-signature awaiting        302  404  404  404  403  403  403  403  302  302  403
POST reports:letter-attach-signature signed          302  404  404  404  403  403  403  403  302  302  403
POST reports:letter-attach-signature sent            302  403  404  404  403  403  403  403  302  302  403
POST reports:letter-attach-signature paper           302  404  404  404  403  403  403  403  409  409  403
POST reports:letter-confirm-signature outside2.signature 302  404  404  404  403  403  403  403  302  403  403
POST reports:letter-confirm-signature paper2.signature 302 404  404  404  403  403  403  403  409  403  403
POST reports:letter-confirm-signature outside.signature-of-another 302  404  404  404  403  403  403  403  404  403  403
POST reports:letter-upload-scan      paper           302  404  404  404  302  403  302  403  302  302  403
POST reports:letter-upload-scan      awaiting        302  404  404  404  409  403  409  403  409  409  403
GET  reports:letter-confirm-scan     paper.scan      302  404  404  404  403  403  403  403  200  403  403
GET  reports:letter-confirm-scan     sent.original   302  403  404  404  403  403  403  403  302  403  403
GET  reports:letter-scan-page        paper.scan-page 302  404  404  404  403  403  403  403  200  403  403
POST reports:letter-confirm-scan     paper.scan      302  404  404  404  403  403  403  403  302  403  403
POST reports:letter-confirm-scan     sent.original   302  403  404  404  403  403  403  403  409  403  403
GET  reports:letter-recipients       sent            302  403  404  404  200  200  200  200  200  200  200
GET  reports:letter-recipients       review          302  404  404  404  200  200  200  200  200  200  200
POST reports:letter-send-again       sent            302  403  404  404  302  403  302  403  302  403  403
POST reports:letter-send-again       sent2           302  404  403  404  409  403  409  403  409  403  403
LIST reports:register                -               302  403  403  403  200  200  200  200  200  200  200
POST reports:register-open-year      -               302  403  403  403  403  403  403  403  302  403  403
POST reports:register-give           -               302  403  403  403  403  403  403  403  302  403  403
GET  reports:register-write-up       -               302  403  403  403  403  403  403  403  200  403  403
POST reports:register-write-up       -               302  403  403  403  403  403  403  403  302  403  403
GET  reports:register-reserve        -               302  403  403  403  403  403  403  403  200  403  403
POST reports:register-reserve        -               302  403  403  403  403  403  403  403  302  403  403
GET  reports:register-late           -               302  403  403  403  403  403  403  403  200  403  403
POST reports:register-late           -               302  403  403  403  403  403  403  403  302  403  403
GET  reports:register-block          -               302  403  403  403  403  403  403  403  200  403  403
POST reports:register-block          -               302  403  403  403  403  403  403  403  422  403  403
GET  reports:register-anomalies      -               302  403  403  403  200  200  200  200  200  200  200
GET  reports:register-import         -               302  403  403  403  403  403  403  403  200  403  403
POST reports:register-import         -               302  403  403  403  403  403  403  403  302  403  403
GET  reports:register-import-session brought         302  403  403  403  403  403  403  403  200  403  403
POST reports:register-import-columns brought         302  403  403  403  403  403  403  403  302  403  403
POST reports:register-import-row     brought.row     302  403  403  403  403  403  403  403  302  403  403
POST reports:register-import-answers brought         302  403  403  403  403  403  403  403  302  403  403
POST reports:register-bring-in       brought         302  403  403  403  403  403  403  403  302  403  403
GET  reports:register-import-session brought-in      302  403  403  403  403  403  403  403  200  403  403
POST reports:register-bring-in       brought-in      302  403  403  403  403  403  403  403  409  403  403
POST reports:register-import-passed-over brought     302  403  403  403  403  403  403  403  302  403  403
POST reports:register-import-undo    brought-in      302  403  403  403  403  403  403  403  302  403  403
POST reports:register-import-undo    brought         302  403  403  403  403  403  403  403  409  403  403
GET  table-import                    of-schools      302  403  403  403  200  200  403  403  403  403  200
POST table-import                    of-schools      302  403  403  403  302  302  403  403  403  403  302
GET  table-import                    of-people       302  403  403  403  200  200  403  403  403  403  200
GET  table-import                    of-nothing      302  404  404  404  404  404  404  404  404  404  404
GET  table-import-session            schools         302  403  403  403  200  200  403  403  403  403  200
POST table-import-columns            schools         302  403  403  403  302  302  403  403  403  403  302
POST table-import-row                schools.row     302  403  403  403  302  302  403  403  403  403  302
POST table-import-answers            schools         302  403  403  403  302  302  403  403  403  403  302
POST table-import-passed-over        schools         302  403  403  403  302  302  403  403  403  403  302
LIST import-answers                  -               302  403  403  403  200  200  403  403  403  403  200
GET  import-answer                   remembered      302  403  403  403  200  200  403  403  403  403  200
POST import-answer-forget            remembered      302  403  403  403  302  302  403  403  403  403  302
POST table-bring-in                  schools         302  403  403  403  302  302  403  403  403  403  302
GET  table-import-session            schools.in      302  403  403  403  200  200  403  403  403  403  200
GET  table-import-session            schools.alien   302  403  403  403  404  404  403  403  403  403  404
POST table-bring-in                  schools.in      302  403  403  403  409  409  403  403  403  403  409
POST table-import-undo               schools.in      302  403  403  403  302  302  403  403  403  403  302
POST table-import-undo               schools         302  403  403  403  409  409  403  403  403  403  409
GET  reports:register-pdf            -               302  403  403  403  409  409  409  409  409  409  409
GET  reports:entry-detail            on-paper        302  403  403  403  200  200  200  200  200  200  200
GET  reports:entry-detail            portal-number   302  403  403  403  200  200  200  200  200  200  200
POST reports:entry-describe          on-paper        302  403  403  403  403  403  403  403  302  403  403
POST reports:entry-describe          portal-number   302  403  403  403  403  403  403  403  409  403  403
POST reports:entry-annul             on-paper        302  403  403  403  403  403  403  403  302  403  403
POST reports:entry-annul             portal-number   302  403  403  403  403  403  403  403  409  403  403
POST reports:letter-type-number      approved        302  404  404  404  403  403  403  403  409  403  403
POST reports:letter-type-number      sent            302  403  404  404  403  403  403  403  409  403  403

GET  reports:check                   -               200  200  200  200  200  200  200  200  200  200  200
POST reports:check                   -               422  422  422  422  422  422  422  422  422  422  422
GET  reports:check-letter            made-up         200  200  200  200  200  200  200  200  200  200  200
POST reports:check-letter            made-up         422  422  422  422  422  422  422  422  422  422  422
LIST reports:archive                 -               302  200  200  200  200  200  200  200  200  200  200

GET  reports:sign-desk               -               302  403  403  403  403  403  403  403  403  200  403
POST reports:sign-desk               -               302  403  403  403  403  403  403  403  403  422  403
POST reports:letter-endorse          awaiting        302  404  404  404  403  403  403  403  403  302  403
POST reports:letter-endorse          sent            302  403  404  404  403  403  403  403  403  409  403
GET  reports:letter-docx             awaiting        302  404  404  404  200  200  200  200  200  200  200
GET  reports:letter-docx             sent            302  403  404  404  200  200  200  200  200  200  200
GET  reports:letter-evidence         awaiting        302  404  404  404  409  403  409  403  409  409  409
GET  reports:letter-evidence         sent            302  403  404  404  200  403  200  403  200  200  200

LIST reports:incoming-list           -               302  403  403  403  200  200  200  200  200  200  200
GET  reports:incoming-new            -               302  403  403  403  403  403  403  403  200  403  403
POST reports:incoming-new            -               302  403  403  403  403  403  403  403  302  403  403
GET  reports:incoming-detail         incoming        302  403  403  403  200  200  200  200  200  200  200
GET  reports:incoming-detail         incoming-working 302 403  403  403  200  200  200  200  200  200  200
GET  reports:incoming-detail         incoming-closed 302  403  403  403  200  200  200  200  200  200  200
POST reports:incoming-resolve        incoming        302  403  403  403  403  403  403  403  403  302  403
POST reports:incoming-resolve        incoming-working 302 403  403  403  403  403  403  403  403  302  403
POST reports:incoming-resolve        incoming-closed 302  403  403  403  403  403  403  403  403  409  403
POST reports:incoming-reassign       incoming-working 302 403  403  403  403  403  302  403  403  403  403
POST reports:incoming-reassign       incoming-closed 302  403  403  403  403  403  409  403  403  403  403
POST reports:incoming-file-away      incoming        302  403  403  403  403  403  403  403  403  302  403
POST reports:incoming-file-away      incoming-working 302 403  403  403  403  403  403  403  403  409  403
POST reports:incoming-answer         incoming        302  403  403  403  403  403  403  403  403  403  403
POST reports:incoming-answer         incoming-working 302 403  403  403  302  403  302  403  403  403  403
POST reports:incoming-answer         incoming-closed 302  403  403  403  409  403  409  403  403  403  403
POST reports:incoming-close          incoming-working 302 403  403  403  302  403  302  403  403  403  403
POST reports:incoming-close          incoming-closed 302  403  403  403  409  403  409  403  403  403  403
POST reports:incoming-reopen         incoming        302  403  403  403  403  403  403  403  403  409  403
POST reports:incoming-reopen         incoming-closed 302  403  403  403  403  403  403  403  403  302  403
GET  reports:incoming-file           incoming        302  403  403  403  200  200  200  200  200  200  200
POST reports:incoming-count          incoming.owed   302  403  403  403  302  302  403  403  403  403  302

GET  reports:hand-over-new           -               302  403  403  403  403  403  403  403  403  403  200
GET  reports:hand-over               leaving         302  403  403  403  403  403  403  403  403  403  200
POST reports:hand-over               leaving         302  403  403  403  403  403  403  403  403  403  302

GET  reports:inspection              -               302  403  403  403  403  403  403  403  403  403  200
POST reports:inspection-begin        -               302  403  403  403  403  403  403  403  403  403  302
GET  reports:inspection-state        -               302  403  403  403  403  403  403  403  403  403  204
GET  reports:notice-reasons          -               302  403  403  403  403  403  403  403  403  403  200
GET  reports:notice-detail           notice          302  403  403  403  403  403  403  403  403  403  200
POST reports:notice-send-again       notice          302  403  403  403  403  403  403  403  403  403  302
POST reports:notice-send-again       notice.sent     302  403  403  403  403  403  403  403  403  403  409
POST reports:notice-confirm          notice          302  403  403  403  403  403  403  403  403  403  302
POST reports:notice-confirm          notice.sent     302  403  403  403  403  403  403  403  403  403  409
GET  reports:halt                    -               302  403  403  403  403  403  403  403  200  403  200
POST reports:halt-lift               -               302  403  403  403  403  403  403  403  409  403  409

"""


class Row(NamedTuple):
    method: str
    name: str
    what: str
    cells: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.what}"


def rows() -> list[Row]:
    """A list is a page and two files, for the same people."""
    others = (
        *(rights_network, rights_dictionaries, rights_lists, rights_messages, rights_olympiad, rights_projects),
        *(rights_assignments, rights_attendance, rights_before, rights_commitments, rights_outcomes, rights_plan),
        *(rights_requests, rights_certificates, rights_told, rights_open, rights_year_reports, rights_api),
    )
    lines = [line for table in (TABLE, *(one.TABLE for one in others)) for line in table.strip().splitlines()[1:]]
    return [row for line in lines if line.strip() for row in _rows(line)]


def _rows(line: str) -> list[Row]:
    method, name, what, *cells = line.split()
    named = [name, f"{name}-xlsx", f"{name}-csv"] if method == "LIST" else [name]
    told = dict(zip(ROLES, map(int, cells), strict=True))
    return [Row(method.replace("LIST", "GET"), one, what, told) for one in named]
