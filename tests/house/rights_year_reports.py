"""The part of the table of rights that speaks of the year's reports of the network."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
GET  reports:year-reports            -               302  403  403  403  200  200  200  200  200  200  200
POST reports:year-report-new         -               302  403  403  403  302  302  403  403  403  403  403
GET  reports:year-report-detail      year-report     302  403  403  403  200  200  200  200  200  200  200
POST reports:year-report-issue       year-report     302  403  403  403  302  302  302  302  403  302  403
GET  reports:year-report-progress    year-report     302  403  403  403  200  200  200  200  200  200  200
GET  reports:year-report-file        year-report.file 302 403  403  403  200  200  200  200  200  200  200
GET  reports:year-report-edit        year-report     302  403  403  403  200  200  403  403  403  403  403
POST reports:year-report-save        year-report     302  403  403  403  302  302  403  403  403  403  403
GET  reports:year-report-version     year-report     302  403  403  403  200  200  403  403  403  403  403
GET  reports:year-report-history     year-report     302  403  403  403  200  200  200  200  200  200  200
GET  reports:year-report-difference  year-report.first 302 403 403  403  200  200  200  200  200  200  200
POST reports:year-report-restore     year-report.first 302 403 403  403  302  302  403  403  403  403  403
GET  reports:year-report-aside       year-report.aside 302 403 403  403  200  200  403  403  403  403  403
POST reports:year-report-merge       year-report.aside 302 403 403  403  302  302  403  403  403  403  403
GET  reports:year-figure-list        year-report     302  403  403  403  200  200  403  403  403  403  403
GET  reports:year-figure-form        year-report     302  403  403  403  200  200  403  403  403  403  403
GET  reports:year-figure-rows        year-report.figure 302 403 403 403  200  200  403  403  403  403  403
POST reports:year-figure-add         year-report     302  403  403  403  200  200  403  403  403  403  403
POST reports:year-figure-quick       year-report     302  403  403  403  200  200  403  403  403  403  403
POST reports:year-figure-type        year-report     302  403  403  403  200  200  403  403  403  403  403
POST reports:year-figure-case        year-report.figure 302 403 403 403  200  200  403  403  403  403  403
POST reports:year-figure-remove      year-report.figure 302 403 403 403  200  200  403  403  403  403  403
"""
