"""What is installed is what is in the repo: the wheel, in an empty environment, offline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Put into the new environment: any connection to anywhere fails.
NO_NETWORK = """
import socket

def refuse(*_):
    raise OSError("this test is offline")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_corpus_the_prompts_and_the_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    manifest = (ROOT / "corpus" / "manifest.jsonl").read_text("utf-8").splitlines()
    expected = {"corpus/manifest.jsonl"} | {f"corpus/{json.loads(row)['path']}" for row in manifest}
    assert {f"factcheck/_shipped/{name}" for name in expected} <= set(names)
    in_repo = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "factcheck").rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "_shipped" not in path.parts
    }
    assert in_repo <= set(names)


@pytest.mark.slow
def test_it_checks_an_article_from_another_folder_offline(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    python = home / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", str(wheel)],
        check=True,
        capture_output=True,
    )
    site = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (Path(site) / "sitecustomize.py").write_text(NO_NETWORK)
    article = tmp_path / "article.txt"
    article.write_text("Putin and Xi spoke by video link on Wednesday, 15 December 2021.\n")
    done = subprocess.run(
        [str(home / "bin" / "factcheck"), "claims", article.name, "-f", "json"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["run"]["corpus"]["documents"] == len(
        (ROOT / "corpus" / "manifest.jsonl").read_text("utf-8").splitlines()
    )
    assert report["claims"][0]["evidence"]
