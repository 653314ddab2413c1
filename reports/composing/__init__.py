"""The text of a letter before anybody signs it: from an outcome, or what somebody wrote, to content.

- ``content`` makes pairs «element — text» with the words of ``wording``; ``reading`` reads a text once, so that what
  is linted, drawn, shown and frozen at filing is the same (docs/adr/0018).
- ``addressees`` says to whom, as printed and by name; ``datives`` guesses at cases that a person may correct.
- ``lint``, ``draft_lint`` and ``letter_lint`` say what stands between a text and its filing, and what its approver
  should look at. What blocks is certain; grammar and wording are advice (docs/adr/0019).
- ``renditions`` says which bytes a person sees at each stage, ``previews`` shows a draft as it would be filed now.

It changes no letter's state.
"""
