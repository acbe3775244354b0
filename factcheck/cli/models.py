"""`factcheck models`: the entailment models that a run can use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from factcheck.cli.modelnames import require_verifier_name
from factcheck.cli.output import write_stdout
from factcheck.errors import ModelError
from factcheck.reports.visible import visible

KNOWN = {
    "cross-encoder/nli-deberta-v3-base": "three-way, 184M parameters, Apache-2.0",
    "cross-encoder/nli-deberta-v3-large": "three-way, 435M parameters, Apache-2.0",
    "lytang/MiniCheck-RoBERTa-Large": "two-way, 355M parameters, MIT",
}
"""Models of the hub whose shape is understood; docs/models.md says where the facts are from."""


@click.group()
def models() -> None:
    """List, fetch and describe the entailment models that --verifier takes."""


@models.command(name="list")
def list_models() -> None:
    """Say which entailment model is shipped and which others are known to fit."""
    write_stdout("\n".join(_listed()) + "\n")


@models.command()
@click.argument("name")
def info(name: str) -> None:
    """Describe the model NAME: `embedded`, a folder, or a hub name already fetched."""
    write_stdout("\n".join(map(visible, _described(name))) + "\n")


@models.command()
@click.argument("name")
def pull(name: str) -> None:
    """Fetch the model NAME from the hub, so that later runs need no network."""
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(name)
    except Exception as error:  # the hub's client has many, and all mean: not fetched
        raise ModelError(
            f"Cannot fetch {name} from the hub: {error}",
            hint="check the name and the network, or name a folder: --verifier FOLDER",
        ) from error
    write_stdout(f"{name} is in {folder}\nUse it: factcheck claims ARTICLE --verifier {name}\n")


def _listed() -> Iterator[str]:
    from factcheck.verdicts.verifier import EMBEDDED, load_verifier

    shipped = load_verifier(EMBEDDED)
    digest = f"sha256:{shipped.digest[:16]}" if shipped else "not in this installation"
    yield f"{EMBEDDED:36} shipped, three-way, {digest}"
    for name, facts in KNOWN.items():
        yield f"{name:36} {facts}; factcheck models pull {name}"


def _described(name: str) -> Iterator[str]:
    from factcheck.verdicts.verifier import EMBEDDED, load_thresholds, load_verifier, models_folder

    require_verifier_name(name)
    folder = models_folder() / "verifier" if name == EMBEDDED else Path(name)
    verifier = load_verifier(name)
    if verifier is None:
        raise ModelError("this installation has no embedded verifier", hint="factcheck models list")
    yield f"name        {verifier.name}"
    if verifier.digest:
        yield f"digest      sha256:{verifier.digest}"
    if (folder / "verifier.json").is_file():
        yield from _card(json.loads((folder / "verifier.json").read_text(encoding="utf-8")))
    else:
        yield f"outputs     {_outputs(name, folder)}"
    thresholds = load_thresholds(verifier.name)
    yield f"thresholds  supported {thresholds.supported}, refuted {thresholds.refuted}"
    yield f"origin      {thresholds.origin}"


def _card(card: dict[str, Any]) -> Iterator[str]:
    yield f"base        {card['base']}"
    yield f"layers      {card['shape']['layers']}"
    yield f"training    {card['training']['pairs']} pairs, {card['training']['minutes']} minutes"
    yield f"calibrated  {card['calibration']['fitted_on']}"


def _outputs(name: str, folder: Path) -> str:
    """The names of the model's outputs, in their order, and what they are taken for."""
    from transformers import AutoConfig

    from factcheck.verdicts.crossencoder import kind_of

    try:
        config = AutoConfig.from_pretrained(
            str(folder) if folder.is_dir() else name, local_files_only=True
        )
    except (OSError, ValueError) as error:
        fetch = f"factcheck models pull {name}"
        raise ModelError(
            f"Cannot read the config of {name}: {error}",
            hint="factcheck models list" if folder.is_dir() else fetch,
        ) from error
    labels = [str(label) for _, label in sorted(config.id2label.items())]
    return ", ".join(f"{label} ({kind_of(label) or 'no telling name'})" for label in labels)
