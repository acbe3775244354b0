"""Reviewing: decisions on saved reports, kept in one append-only store that several people share.

`store` keeps them, `queue` says what is still to be decided, `web` and `terminal` let a person
decide, `label_studio` reads decisions made elsewhere, `agreement` measures the machine by them.
"""
