"""The demo network: readable data (``data/*.json``) entered through the verbs that pages call.

Schools and people are invented, but for those named in letter № 941; the demo's 2020 is the ``at`` of the verbs.
Each module fills its app once, in one transaction, and leaves an app that holds rows alone.
"""
