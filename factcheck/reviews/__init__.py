"""Reviewing: decisions on saved reports, kept in one append-only store that several people share.

`store` keeps them, `queue` says what is still to be decided, `desk` puts one report and its
decisions together, `web` and `listing` are the pages, `label_studio` reads decisions made there.
"""
