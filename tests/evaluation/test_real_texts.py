from __future__ import annotations

from eval.real_texts import lines, see
from factcheck.evaluation.items import Item

DOCUMENT = (
    "The Orrin ferry carried 140 people on Monday. The harbour office counted them twice.\n\n"
    "The crew of nine were all rescued."
)


def item(claim: str, label: str) -> Item:
    return Item(claim[:20], claim, DOCUMENT, label, "orrin")  # type: ignore[arg-type]


def test_a_right_text_and_a_right_claim_are_quiet_and_a_wrong_claim_is_counted() -> None:
    seen = see(
        [
            item("The Orrin ferry carried 140 people on Monday.", "supported"),
            item("The Orrin ferry carried 410 people on Monday.", "unsupported"),
        ]
    )
    assert seen.own == ()
    assert list(lines("orrin", [seen], details=False)) == [
        "orrin: 1 documents, 21 words",
        "  supported: 0 of 1 claims flagged: ",
        "  unsupported: 1 of 1 claims flagged: quantities 1",
    ]
    assert any("410" in line for line in lines("orrin", [seen], details=True))
