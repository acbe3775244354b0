"""Labelled sets of claims: our own, and public ones in the forms their makers publish."""

from factcheck.evaluation.sets.registry import SETS, LabelledSet, load_set

__all__ = ["SETS", "LabelledSet", "load_set"]
