"""Keys, certificates and signatures over files. Knows keys and no models.

- ``pades`` fills the field of a PDF with a signature and its mark; ``pades_verification`` judges a signed file.
- ``keys`` opens a key and judges it before it signs; ``trust`` and ``revocation`` say whom to believe.
- ``gost`` judges a detached ГОСТ signature by two judges who must agree where both are there (docs/adr/0013).
- ``scans`` judges, reads and draws the scan of a paper signed by hand, in a process under limits (docs/adr/0024).

Nothing here says that a letter is signed: ``reports.letters.letters`` does.
"""
