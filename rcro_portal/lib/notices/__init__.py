"""Messages to people: one row each, so that every message says what became of it and none goes twice by itself.

- ``messages`` is the row, abstract, and its states; ``sending`` claims a row, hands its message over and judges what
  became of it; ``returning`` takes a message that came back; ``mail_fault`` knows what is wrong with the portal's own
  account, ``bounce_words`` what mail servers mean, ``quiet_hours`` when nothing leaves.

- ``rows`` is the row of a notice, ``reasons`` why one is sent; ``planning`` plans, moves and takes back, ``digests``
  puts into one message what waits for the morning, ``telling`` sends what is due. An event of any app is told by these.

A table of messages says what is its own by a ``sending.Trade``: how a message is put together, how often it is tried.
"""
