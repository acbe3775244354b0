"""Puts the stages together: article in, report out.

`pipeline` runs the stages in their order, `linking` ties flags to claims and passages, `record`
says how the report came about, and `watching` times it and tells whoever waits.
"""

from factcheck.checker.pipeline import STAGES, Checker, References
from factcheck.checker.watching import Watch

__all__ = ["STAGES", "Checker", "References", "Watch"]
