"""From sentences to claims: who says what, how firmly, and whether it can be checked.

`extract_claims` is the stage; it is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.claims.extraction import extract_claims

__all__ = ["extract_claims"]


def __getattr__(name: str) -> object:
    """Load the stage when it is first asked for."""
    if name != "extract_claims":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from factcheck.claims.extraction import extract_claims as stage

    return stage
