"""The demo network: tables of an office (``data/*.xlsx``) brought in by the importer, and readable data
(``data/*.json``) of what no table holds, entered through the verbs that pages call.

Schools and people are invented, but for those named in letter № 941; the demo's 2020 is the ``at`` of the verbs.
Each module fills its app once, in one transaction, and leaves an app that holds rows alone.
"""
