from __future__ import annotations

import pytest

from factcheck.text.parsing import split
from factcheck.text.sentences import paragraphs, sentences


@pytest.mark.parametrize(
    "text",
    [
        "He met Mr. Smith in St. Petersburg.|She did not.",
        "It cost Rs. 500 crore.|Insp. Jones and Brig. Smith came.",
        "It is a U.S. Navy ship.|The crew is American.",
        "They left the U.S. The next day they came back.",
        "J. R. R. Tolkien wrote it.|It sold 1.5 million copies.",
        "“We won.” He left.",
        "He said: “No.”|“Why?” she asked.",
        "It closed at 5 p.m. on Monday.|It opened again at 9 a.m. The queue was long.",
        "Really?!|Yes… perhaps.|Well... no.",
        "彼は来た。|彼女は去った。",
        "See Dr. Noe, p. 12.|The film, i.e. the first one, is old.",
        "It rests on Art. 5 of the treaty and Sec. 3 of the act.|Nobody objected.",
        "Kelby (pop. 4,000) lies on the Tarn.|Holm (b. 4 May 1950) paints.",
        "Lane (b. Kelby, 1901; d. Marden, 1980) wrote it.|The barn, built c. 1890, is for sale.",
        "He left (it was late. Nobody saw him) and slept.|(He was 40.|She was 30.)",
        "He left (it was late.|She did not.|They met again.",
        "He climbed Mt. Orrin and flew to Ft. Worth.|The gate is 6 ft. The wall is 4 ft. high.",
        "Sales at Smith Inc. rose.|Costs fell to $1.2bn vs. $1.4bn.",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str) -> None:
    whole = text.replace("U.S. The", "U.S.|The").replace("a.m. The", "a.m.|The")
    whole = whole.replace("won.” He", "won.”|He").replace("ft. The", "ft.|The")
    expected = whole.split("|")
    joined = "".join(e if e[0] > "\u3000" else e + " " for e in expected).strip()
    assert [span.of(joined) for span in sentences(joined)] == expected


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The ministers met on Monday in the old town hall, which had been\n"
        "closed for a year while the roof was mended, and went on talking\n"
        "until midnight.\n\nThen they left."
    )
    assert len(list(paragraphs(text))) == 2
    assert len(list(split(text))) == 2


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "The ministers met on Monday in the old town hall, " * 4 + "and left."
    assert len(list(paragraphs(f"{line}\n{line}\r\n{line}"))) == 3
