"""Accounts: how one gets in, by an invitation only, and what is known of it afterwards.

Whatever changes an account is a row of the audit log and a notice to its owner, in the same transaction. Sessions have
owners, secrets of second factors are sealed, links that open something are kept as digests.
"""
