"""Verdicts: models that read evidence for a claim, and how their opinions become one verdict."""
