"""The body of a pull request: what was regenerated, what drifted, what needs a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.report.changelog import version_section
from specloom.report.escape import code, inline
from specloom.report.facts import facts_section, is_finding
from specloom.report.markdown import Permalink, markdown, no_links
from specloom.report.order import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.change import Drift
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.inference import Inference
    from specloom.model.plan import Conflict, Provenance


INTRODUCTION: Final = (
    "What follows from the API description on the default branch. Commit here what you like: hand edits survive."
    " Merge it, or close it to refuse exactly this."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestParts:
    """What a body is made of. `files` maps each target to the paths that it wrote, changed ones only.

    `versions` are those of the description in the base and in the head, where there is one description with a base.
    `upstreams` maps descriptions that changed because their address did to that address.
    """

    title: str
    drift: Drift
    files: Mapping[str, tuple[str, ...]]
    provenance: Provenance
    upstreams: Mapping[str, str] = field(default_factory=dict)
    versions: tuple[str, str] | None = None
    conflicts: tuple[Conflict, ...] = ()
    inferences: tuple[Inference, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def pull_request_body(parts: PullRequestParts, *, link: Permalink = no_links) -> str:
    """Return the Markdown body: conflicts, drift, what was written, facts to confirm, diagnostics, provenance."""
    blocks = [
        INTRODUCTION,
        _upstreams(parts.upstreams),
        _conflicts(parts.conflicts),
        markdown(parts.drift, link=link).rstrip(),
        version_section(parts.drift, *parts.versions) if parts.versions else "",
        _written(parts.files),
        facts_section(parts.inferences, filter(is_finding, parts.diagnostics)),
        _diagnostics(tuple(item for item in parts.diagnostics if not is_finding(item))),
        _provenance(parts.provenance),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _upstreams(upstreams: Mapping[str, str]) -> str:
    return "\n".join(f"{code(path)} follows what is new at {code(url)}." for path, url in upstreams.items())


def _conflicts(conflicts: tuple[Conflict, ...]) -> str:
    if not conflicts:
        return ""
    lines = [f"- {code(_lines(item))}: {item.reason.replace('-', ' ')}" for item in conflicts]
    note = "The hand edits stand; settle these, then mark the pull request ready."
    return f"### {plural(len(conflicts), 'conflict')} with hand edits\n\n{note}\n\n" + "\n".join(lines)


def _lines(conflict: Conflict) -> str:
    return conflict.path if conflict.line_start is None else f"{conflict.path}:{conflict.line_start}"


def _written(files: Mapping[str, tuple[str, ...]]) -> str:
    if not files:
        return ""
    rows = [f"| {code(target)} | {plural(len(paths), 'file')} |" for target, paths in files.items()]
    return "### Regenerated\n\n| target | changed |\n|---|---|\n" + "\n".join(rows)


def _diagnostics(diagnostics: tuple[Diagnostic, ...]) -> str:
    if not diagnostics:
        return ""
    lines = "\n".join(f"- {inline(str(item))}" for item in diagnostics)
    return f"<details><summary>{plural(len(diagnostics), 'part')} could not be done</summary>\n\n{lines}\n\n</details>"


def _provenance(provenance: Provenance) -> str:
    made = ", ".join(f"{target} {version}" for target, version in provenance.generators.items())
    origin = f"description {code(provenance.description[:12])} · tree {code(provenance.tree[:12])}"
    return f"<sub>{origin} · {inline(made)}</sub>"
