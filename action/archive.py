"""Files as one archive: the same files give the same bytes, whoever packs them and whenever."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from specloom.model.files import FileTree

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time that an archive can hold; a clock's would make every archive another one."""

UNIX: Final = 3
"""The `create_system` whose permissions are those in `external_attr` (APPNOTE.TXT, 4.4.2.2)."""

MODE: Final = 0o100644 << 16


def zipped(files: FileTree) -> bytes:
    """Pack every file as a plain one, sorted by path."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, content in files.files.items():
            entry = ZipInfo(path, EPOCH)
            entry.create_system, entry.external_attr, entry.compress_type = UNIX, MODE, ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
