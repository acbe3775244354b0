import pytest

from factcheck.text.actors import Actors
from factcheck.text.gazetteer import gazetteer
from factcheck.text.parsing import load_parser


def actors(text: str) -> Actors:
    return Actors(load_parser().parse_text(text))


def key(text: str, mention: str) -> str | None:
    actor = actors(text).who(mention)
    return actor.key if actor else None


@pytest.mark.parametrize(
    ("mention", "state"),
    [
        ("Moscow", "russia"),
        ("the Kremlin", "russia"),
        ("Russian", "russia"),
        ("Russians", "russia"),
        ("Kyiv", "ukraine"),
        ("Washington", "united states"),
        ("the U.S.", "united states"),
        ("Britain", "united kingdom"),
        ("Downing Street", "united kingdom"),
        ("Beijing", "china"),
        ("the Republic of Ghana", "ghana"),
        ("the Netherlands", "netherlands"),
    ],
)
def test_states_are_known_by_capitals_seats_and_people(mention: str, state: str) -> None:
    found = gazetteer().state(mention)
    assert found is not None
    assert found.key == state


@pytest.mark.parametrize("mention", ["us", "Korvania", "Brightwater", "", "the"])
def test_what_is_no_state_is_none(mention: str) -> None:
    assert gazetteer().state(mention) is None


def test_a_surname_and_a_title_stand_for_the_full_name() -> None:
    text = "Prime Minister Aino Saarik spoke first. Ms. Saarik left early."
    assert key(text, "Saarik") == key(text, "Ms. Saarik") == key(text, "Aino Saarik")
    assert key(text, "Saarik") == "aino saarik"


def test_a_short_name_stands_for_the_only_longer_one() -> None:
    text = "Brightwater Pictures made the series. A spokesman for Brightwater said so."
    assert key(text, "Brightwater") == "brightwater pictures"


def test_a_surname_that_two_people_share_is_nobody() -> None:
    text = "The seat of Laura Ashdown fell vacant. Her nephew Tom Ashdown stood for it."
    assert key(text, "Ashdown") is None
    assert key(text, "Tom Ashdown") == "tom ashdown"


def test_an_unknown_state_is_joined_with_its_adjective() -> None:
    text = "Korvania moved two brigades. The Korvanian fleet stayed in harbour."
    assert key(text, "Korvanian") == key(text, "Korvania") == "korvania"


def test_a_president_speaks_for_his_state() -> None:
    actor = actors("They met Russian President Vladimir Putin. Later Putin left.").who("Putin")
    assert actor is not None
    assert (actor.key, actor.side) == ("vladimir putin", "russia")


def test_forces_stand_for_their_state_and_players_do_not() -> None:
    parser = load_parser()
    sentences = parser.parse_text("Russian forces advanced. A Russian violinist advanced.")
    names = Actors(sentences)
    forces = names.at(next(t for t in sentences[0].doc if t.lemma_ == "force"))
    violinist = names.at(next(t for t in sentences[1].doc if t.text == "violinist"))
    assert forces is not None
    assert forces.key == "russia"
    assert violinist is not None
    assert violinist.side != "russia"
