"""The large real descriptions that are measured, and the one-operation change made to each."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

OCTOKIT = "@octokit/openapi@23.0.2"
OCTOKIT_MEMBER = "package/generated/api.github.com.json"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "dev" / "openapi"
CORPUS_FILES = {
    "spotify": "spotify-v30/fixed-spotify-open-api.yml",
    "discord": "discord-v31/openapi.json",
    "datadog": "datadog-v1/openapi.yaml",
    "openai": "openai-v31/openapi.yaml",
    "kubernetes": "kubernetes-v2/swagger.json",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A description by a short name; `summary` is a piece of its text whose edit touches one operation only."""

    name: str
    path: Path


def github(cache: Path) -> Input:
    """Fetch GitHub's description (13 MB of JSON) from npm once, and keep only that one file of the package."""
    target = cache / "api.github.com.json"
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", OCTOKIT], cwd=cache, check=True, capture_output=True, text=True
        )
        archive = cache / packed.stdout.strip().splitlines()[-1]
        with tarfile.open(archive) as package, target.open("wb") as out:
            member = package.extractfile(OCTOKIT_MEMBER)
            if member is None:
                raise SystemExit(f"{OCTOKIT} has no {OCTOKIT_MEMBER} any more; correct benchmarks/inputs.py")
            shutil.copyfileobj(member, out)
        archive.unlink()
    return Input("github", target)


def corpus() -> list[Input]:
    """Return the large descriptions of the shared corpus, or none where that folder is not beside the repository."""
    return [Input(name, CORPUS / path) for name, path in CORPUS_FILES.items() if (CORPUS / path).exists()]
