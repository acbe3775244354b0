"""Puts the stages together: article in, report out.

`pipeline` runs the stages in their order, `linking` ties flags to claims and passages, `record`
says how the report came about, and `clock` times it.
"""

from factcheck.checker.pipeline import STAGES, Checker, References

__all__ = ["STAGES", "Checker", "References"]
