"""The three-way text merge, done by git in a scratch repository that is gone afterwards."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pygit2
from pygit2.enums import FileMode, MergeFavor

from specloom.merge import Sides, TreeMerge

if TYPE_CHECKING:
    from specloom.merge import Favor
    from specloom.model.files import FileTree

FAVORS = {"neither": MergeFavor.NORMAL, "ours": MergeFavor.OURS, "theirs": MergeFavor.THEIRS}


def merge_trees(base: FileTree, ours: FileTree, theirs: FileTree, /, *, favor: Favor = "neither") -> TreeMerge:
    """Merge like `git merge` does, renames included. Implements `specloom.merge.MergeTrees`.

    The conflicts are taken out of the index before its entries are read: an index lists every side of a conflict under
    one path, and a loop over it would end on *theirs*.
    """
    with TemporaryDirectory(prefix="specloom-merge-") as folder:
        repository = pygit2.init_repository(folder, bare=True)
        ancestor, mine, other = (write_tree(repository, tree) for tree in (base, ours, theirs))
        index = repository.merge_trees(ancestor, mine, other, favor=FAVORS[favor])
        conflicts = tuple(
            Sides(*(entry.path if entry else None for entry in entries)) for entries in index.conflicts or ()
        )
        disputed = {path for sides in conflicts for path in (sides.base, sides.ours, sides.theirs)}
        files = {entry.path: repository.odb.read(entry.id)[1] for entry in index if entry.path not in disputed}
    return TreeMerge(files, conflicts)


def write_tree(repository: pygit2.Repository, tree: FileTree) -> pygit2.Oid:
    """Store `tree` in `repository` and return its id; every file is a plain one."""
    index = pygit2.Index()
    for path, content in tree.files.items():
        index.add(pygit2.IndexEntry(path, repository.create_blob(content), FileMode.BLOB))
    return index.write_tree(repository)
