"""Where a chat model takes part in a check, as the policy says; nowhere without one.

    policy   extract           restate                 judge             consistency   review
    flags    -                 -                       -                 -             every flag
    auto     -                 claims that lack one    unsettled claims  the article   every flag
    all      every sentence    claims that lack one    every claim       the article   every flag

The chains are in `factcheck.llm` and know neither checks nor verdicts; this package hands them what
they need and turns what they find into claims (`additions`), flags (`flags`) and verdicts
(`weighing`), and tells the report what that came to (`account`).
"""

from factcheck.assistance.assistant import Assistant

__all__ = ["Assistant"]
