"""Messages to recipients: a row for each, claimed before the mail is touched, so that the portal sends nothing twice
by itself.

- ``dispatch`` queues them and sends again what a person asks for, ``delivery_message`` says what one message holds;
  claiming, sending and judging are done by ``rcro_portal.lib.notices``.
- ``bounces`` reads messages that came back, told by a provider or found in the ``mailbox``, by their first 64 KB.
- ``acknowledgements`` takes «Подтвердить ознакомление», in the portal or by the message's link.
- ``fulfilment`` reads what became of a letter, centre by centre, and reminds those who are silent.

What states a message has, and who may change them: reports/README.md and docs/adr/0012.
"""
