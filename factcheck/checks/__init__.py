"""Symbolic checks: comparisons that say exactly what differs and quote both sides.

A check is a module with one class that follows `factcheck.checks.base.Check`, a line in
`factcheck.checks.registry`, and a file of cases under tests/checks/.
"""
