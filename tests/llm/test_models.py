"""Names of models, what each needs, and how their clients are opened; no network."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from factcheck.errors import ModelError, UsageProblem
from factcheck.llm.models import open_model
from factcheck.llm.prompts import CURRENT, load_prompt, read_prompt
from factcheck.llm.providers import ModelName, key_of, parse_model, require_package

KEYS = {"OPENAI_API_KEY": "k1", "ANTHROPIC_API_KEY": "k2", "GEMINI_API_KEY": "k3"}


@pytest.mark.parametrize(
    ("name", "url", "meant"),
    [
        ("openai:gpt-x", None, ModelName("openai", "gpt-x")),
        ("google-genai:g", None, ModelName("google_genai", "g")),
        ("ollama:llama3.2:3b", None, ModelName("ollama", "llama3.2:3b")),
        ("local:/m/x.gguf", None, ModelName("local", "/m/x.gguf")),
        ("qwen", "http://h:1/v1", ModelName("openai", "qwen", "http://h:1/v1")),
    ],
)
def test_names(name: str, url: str | None, meant: ModelName) -> None:
    assert parse_model(name, url) == meant


@pytest.mark.parametrize(
    ("name", "url", "message"),
    [
        ("gpt-x", None, "no name of a chat model"),
        ("openai:", None, "no name of a chat model"),
        (":x", None, "no name of a chat model"),
        ("openai:x", "ftp://h", "must begin with http"),
        ("openai:x", "127.0.0.1:80", "must begin with http"),
        ("openai:x", "http://user:secret@h/v1", "does not belong"),
        ("openai:x", "https://h/v1?key=secret", "does not belong"),
        ("local:x", "http://h/v1", "in this process"),
    ],
)
def test_what_is_no_name(name: str, url: str | None, message: str) -> None:
    with pytest.raises(UsageProblem, match=message) as caught:
        parse_model(name, url)
    assert caught.value.hint
    assert "secret" not in f"{caught.value.message}{caught.value.hint}"


def test_a_missing_key_names_its_variable() -> None:
    with pytest.raises(ModelError, match="ANTHROPIC_API_KEY is not set") as caught:
        key_of(parse_model("anthropic:x"), {"ANTHROPIC_API_KEY": ""})
    assert caught.value.hint == "export ANTHROPIC_API_KEY=…"


def test_a_server_of_ones_own_is_never_sent_a_providers_key() -> None:
    own = parse_model("openai:x", "http://h/v1")
    assert key_of(own, KEYS) == "none"
    assert key_of(own, KEYS | {"FACTCHECK_LLM_KEY": "mine"}) == "mine"
    assert key_of(parse_model("google_genai:x"), KEYS) == "k3"
    assert key_of(parse_model("ollama:x"), KEYS) is None


@pytest.mark.parametrize(
    ("name", "extra"),
    [("openai:x", "openai"), ("google_genai:x", "google"), ("local:x", "local")],
)
def test_a_missing_package_names_the_extra(
    name: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.llm.providers.find_spec", lambda module: None)
    with pytest.raises(ModelError, match="not installed") as caught:
        require_package(parse_model(name))
    assert caught.value.hint.startswith("pip install ")
    assert caught.value.hint.endswith(f'[{extra}]"')


def test_a_provider_without_an_extra_names_its_package() -> None:
    assert importlib.util.find_spec("langchain_mistralai") is None
    with pytest.raises(ModelError) as caught:
        open_model(parse_model("mistralai:x"), {}, max_tokens=9, timeout=1)
    assert caught.value.hint == "pip install langchain-mistralai"


def test_a_provider_that_nobody_knows() -> None:
    with pytest.raises(ModelError, match="cannot be used"):
        open_model(parse_model("nobody:x"), {}, max_tokens=9, timeout=1)


@pytest.mark.parametrize(
    ("name", "temperature"),
    [
        ("openai:gpt-4.1-mini", 0.0),
        ("openai:gpt-5-mini", None),
        ("anthropic:claude-sonnet-4-5", 0.0),
        ("google_genai:gemini-2.5-flash", 0.0),
        ("ollama:llama3.2", 0.0),
    ],
)
def test_every_provider_opens_with_our_limits(name: str, temperature: float | None) -> None:
    opened = open_model(parse_model(name), KEYS, max_tokens=321, timeout=12)
    assert opened.method == "json_schema"
    assert opened.options["temperature"] == temperature
    limits = ("max_tokens", "max_output_tokens", "num_predict")
    assert 321 in [getattr(opened.chat, limit, None) for limit in limits]
    assert getattr(opened.chat, "max_retries", 0) == 0
    held = f"{opened.options} {opened.name} {opened.chat!r}"
    assert not [key for key in KEYS.values() if f"'{key}'" in held]


def test_a_model_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model file"):
        open_model(parse_model(f"local:{tmp_path}/x.gguf"), {}, max_tokens=9, timeout=1)


def test_every_prompt_loads_and_keeps_data_out_of_its_rules() -> None:
    for job in CURRENT:
        found = load_prompt(job)
        assert found.name == CURRENT[job]
        assert len(found.digest) == 64
        assert "{{" not in found.system
        assert "orders" in found.system


def test_a_prompt_of_ones_own_comes_first(tmp_path: Path) -> None:
    text = 'role: "Judge."\nrules: ["Be brief."]\nanswer: {reason: "why"}\nuser: "{{ claim }}"\n'
    (tmp_path / "judge.v9.yaml").write_text(text)
    assert load_prompt("judge", str(tmp_path)).name == "judge.v9"
    assert load_prompt("extract", str(tmp_path)).name == "extract.v1"
    (tmp_path / "judge.v10.yaml").write_text(text)
    with pytest.raises(UsageProblem, match="holds 2 prompts"):
        load_prompt("judge", str(tmp_path))


def test_a_folder_without_prompts_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("role: x")
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UsageProblem, match="holds no prompt") as caught:
            load_prompt("judge", str(folder))
        assert "judge.v1.yaml" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("openai:gpt-4.1-mini", "OPENAI_BASE_URL"),
        ("openai:gpt-4.1-mini", "OPENAI_API_BASE"),
        ("anthropic:claude-sonnet-4-5", "ANTHROPIC_BASE_URL"),
        ("ollama:llama3.2", "OLLAMA_HOST"),
    ],
)
def test_no_variable_sends_text_and_key_elsewhere(name: str, variable: str) -> None:
    """The price, the cache and the report would be those of the provider."""
    environment = KEYS | {variable: "http://elsewhere.example/v1"}
    with pytest.raises(ModelError, match=f"{variable} would send") as caught:
        open_model(parse_model(name), environment, max_tokens=9, timeout=1)
    assert "--llm-base-url" in caught.value.hint
    named = parse_model(name, "http://127.0.0.1:9/v1")
    assert open_model(named, environment, max_tokens=9, timeout=1).name == named


def test_no_server_is_sent_the_key_of_ollamas_own_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", "ollama-secret")
    for url in (None, "http://10.0.0.9:11434"):
        opened = open_model(parse_model("ollama:llama3.2", url), {}, max_tokens=9, timeout=1)
        client = opened.chat._client._client  # type: ignore[attr-defined]
        assert client.headers["authorization"] == "Bearer none"


@pytest.mark.parametrize("text", ["", "role: x", "user: '{{'", "[1, 2]", "a: b: c"])
def test_a_file_that_is_no_prompt(tmp_path: Path, text: str) -> None:
    path = tmp_path / "judge.v1.yaml"
    path.write_text(text)
    with pytest.raises(UsageProblem, match="is no prompt"):
        read_prompt(path)


def test_templates_are_sandboxed_and_strict(tmp_path: Path) -> None:
    from jinja2 import TemplateError

    path = tmp_path / "judge.v1.yaml"
    start = "role: r\nrules: []\nanswer: {}\nuser: "
    path.write_text(start + "'{{ claim.__class__.__mro__ }}'\n")
    with pytest.raises(TemplateError):
        read_prompt(path).messages({"claim": "x"})[1].text.index("x")
    other = tmp_path / "judge.v2.yaml"
    other.write_text(start + "'{{ nothing }}'\n")
    with pytest.raises(TemplateError):
        read_prompt(other).messages({"claim": "x"})
