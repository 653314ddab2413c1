"""Results of the olympiad: tables of organisers read without names (``door``), judged, taken as counts, taken back."""
