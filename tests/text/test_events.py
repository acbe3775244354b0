import pytest

from factcheck.text.actors import Actors
from factcheck.text.events import Event, read_events
from factcheck.text.eventwords import event_words
from factcheck.text.parsing import load_parser


def read(text: str) -> list[Event]:
    sentences = load_parser().parse_text(text)
    return read_events(sentences, Actors(sentences))


def roles(text: str, kind: str) -> set[tuple[str | None, str | None]]:
    return {(_key(e, "agent"), _key(e, "patient")) for e in read(text) if e.kind == kind}


def _key(event: Event, role: str) -> str | None:
    party = event.agent if role == "agent" else event.patient
    return party.actor.side if party and party.actor else None


@pytest.mark.parametrize(
    "text",
    [
        "Russia invaded Ukraine.",
        "Ukraine was invaded by Russia.",
        "They spoke of an invasion of Ukraine by Russia.",
        "They spoke of Russia's invasion of Ukraine.",
        "They spoke of a Russian invasion of Ukraine.",
        "They spoke of an attack on Ukraine by Russia.",
        "Moscow denied plans to attack Ukraine.",
        "Moscow plans to attack Kyiv.",
        "Russian forces threatened to attack Ukraine.",
        "Russia, which attacked Ukraine, said nothing.",
        "Russia launched an attack on Ukrainian cities.",
        "Russia massed troops on Ukraine's border.",
        "There is a Russian troop buildup close to Ukraine's borders.",
    ],
)
def test_one_attack_is_read_from_many_forms(text: str) -> None:
    assert ("russia", "ukraine") in roles(text, "attack")
    assert ("ukraine", "russia") not in roles(text, "attack")


def test_by_belongs_to_the_noun_before_it_whatever_the_parse_says() -> None:
    text = "The West wants to stop a possible invasion by Ukraine."
    assert roles(text, "attack") == {("ukraine", None)}
    (event,) = (e for e in read(text) if e.kind == "attack")
    assert event.span.of(text) == "a possible invasion by Ukraine"
    assert event.stance == "feared"


@pytest.mark.parametrize(
    ("text", "kind", "agent", "patient"),
    [
        ("Halden bought the plant from Voss.", "purchase", "halden", "voss"),
        ("Voss sold the plant to Halden.", "purchase", "halden", "voss"),
        ("Nora Quist works for Ivar Lund.", "employment", "ivar lund", "nora quist"),
        ("Okoro lost to Marsh.", "defeat", "marsh", "okoro"),
        ("Marsh's victory over Okoro took an hour.", "defeat", "marsh", "okoro"),
        ("Corder borrowed the money from Tamsin.", "loan", "tamsin", "corder"),
        ("Stern learned the bow stroke from Lang.", "teaching", "lang", "stern"),
        ("Lund preceded Quist as mayor.", "succession", "quist", "lund"),
        ("Lund was succeeded by Quist.", "succession", "quist", "lund"),
        ("Brandt hosted Moravec in March.", "visit", "moravec", "brandt"),
        ("Frame was arrested by Bell.", "arrest", "bell", "frame"),
    ],
)
def test_converse_words_tell_the_same(text: str, kind: str, agent: str, patient: str) -> None:
    assert (agent, patient) in roles(text, kind)


def test_a_denial_keeps_who_denies() -> None:
    (event,) = (e for e in read("Moscow denied plans to attack Ukraine.") if e.kind == "attack")
    assert event.stance == "denied"
    assert event.speaker is not None
    assert event.speaker.key == "russia"


def test_an_accusation_is_marked_as_one_sides_case() -> None:
    (event,) = (
        e
        for e in read("Russian officials suggested that Kyiv might attack Russia.")
        if e.kind == "attack"
    )
    assert event.accusing
    assert event.speaker is not None
    assert event.speaker.key == "russia"


def test_its_neighbor_is_somebody_else() -> None:
    text = "The Kremlin denied any plans to invade its neighbor."
    (event,) = (e for e in read(text) if e.kind == "attack")
    assert event.patient is not None
    assert event.patient.actor is not None
    assert (event.patient.actor.kind, event.patient.actor.key) == ("other", "russia")


def test_named_parties_of_a_suit_make_an_event() -> None:
    text = "Plaintiff: Pellucid Games. Defendant: Brightwater Pictures."
    assert roles(text, "lawsuit") == {("pellucid games", "brightwater pictures")}


@pytest.mark.parametrize(
    "text", ["", "  \n", "?!", "by by by of of", "\u200b" * 50, "to by of the"]
)
def test_text_without_events_has_none(text: str) -> None:
    assert read(text) == []


def test_every_word_has_places_that_are_known() -> None:
    words = event_words()
    places = "subj obj dative poss adj by of on against upon into towards to from for over at in"
    known = {*places.split(), "with", "under", "about"}
    for frames in [*words.verbs.values(), *words.nouns.values()]:
        for frame in frames:
            assert {*frame.agent, *frame.patient} <= known, frame
            assert frame.kind in words.kinds
