"""Symbolic checks: comparisons that say exactly what differs and quote both sides.

A check is a module with one class that follows `factcheck.checks.base.Check`, a line in
`factcheck.checks.registry`, and a file of cases under tests/checks/. What it compares with is in
the package of its subject:

- `quantities` in `numbers`, `dates` in `times`, `names` in `naming`, `roles` in `parties`,
- `quotes` and `attribution` in `speech`, `polarity` and `cause` in `assertions`,
- `headline` in `headlines`, with `sides`, which `polarity` reads too; `furniture` needs none,
- `consistency` and `sources`, which ask the verifier, in `doubt`.

`base`, `findings`, `passages`, `alignment`, `amendments` and `lexicon` serve several of them.
"""
