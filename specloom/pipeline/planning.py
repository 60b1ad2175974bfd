"""The plan itself: read, compare, generate, merge, report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from specloom.drift import compare
from specloom.merge import Merged, merge
from specloom.model.change import Bump, Drift, Severity
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.files import FileTree, blob_id
from specloom.model.plan import Plan
from specloom.pipeline.documentation import find_facts, with_verdicts
from specloom.pipeline.drafting import drafts
from specloom.pipeline.naming import branch_name, proposal_title, title_of
from specloom.pipeline.outputs import UNKNOWN, make_outputs, pristine_files
from specloom.pipeline.placing import fact_places
from specloom.pipeline.resting import resting_places
from specloom.pipeline.restoring import with_suggestions
from specloom.pipeline.sources import read_sources
from specloom.pipeline.vendoring import vendor
from specloom.provenance import PATH, Record, Unsettled, dump_record, load_record, summarise
from specloom.report import PullRequestParts, check_run, html, pull_request_body, review_comments
from specloom.report.conflicts import conflict_comments
from specloom.report.draft import proposal_section
from specloom.report.facts import fact_comments, is_finding, resting_comments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from specloom.model.plan import ReviewComment
    from specloom.pipeline.drafting import Drafted
    from specloom.pipeline.inputs import Inputs
    from specloom.pipeline.outputs import Made
    from specloom.pipeline.sources import Source
    from specloom.pipeline.vendoring import Vendored

BUMPS: Final = (Bump.MAJOR, Bump.MINOR, Bump.PATCH, Bump.NONE)
SEVERITIES: Final = tuple(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """What shall stand in the repository, and the record that goes with it."""

    tree: FileTree
    pristine: FileTree
    record: Record
    merged: Merged
    writes: tuple[str, ...]


def plan(inputs: Inputs) -> Plan:
    """Decide one pull request. Reads only what `inputs` holds and changes nothing.

    Raises `UserError` where there is no description that can be read, or where the record of what was generated is
    damaged. A description or target that fails beside others is a diagnostic, and its last output stays.
    """
    inputs = with_verdicts(inputs)
    record = load_record(inputs.ours.read(PATH))
    drafted = drafts(inputs, record)
    inputs, vendored = vendor(inputs, record, drafted.files)
    if drafted.proposed:  # nothing is generated from a proposal before people have agreed to it
        inputs = replace(inputs, config=replace(inputs.config, targets={}))
    sources, unread = read_sources(inputs, record)
    facts, findings = find_facts(inputs, sources, record)
    inputs = replace(inputs, inferences=(*inputs.inferences, *facts))
    inputs.step("Comparing with the base")
    drifts = _drifts(inputs, sources)
    drift = _drift(inputs, drifts.values())
    made, undone = make_outputs(inputs, sources, record, drifts)
    inputs.step("Merging with hand edits")
    result = _result(inputs, made, record, vendored)
    inputs.step("Writing the report")
    diagnostics = (*vendored.diagnostics, *unread, *findings, *undone, *_left_alone(inputs, result))
    made_plan = _plan(inputs, sources, drift, result, diagnostics=diagnostics)
    return _proposing(made_plan, drafted, sources) if drafted.proposed else made_plan


def _versions(sources: tuple[Source, ...]) -> tuple[str, str] | None:
    """Return the versions on both sides where one description decides what callers are told."""
    (only, *more) = sources or (None,)
    return (only.base.version, only.reading.api.version) if only and only.base and not more else None


def _drifts(inputs: Inputs, sources: tuple[Source, ...]) -> dict[str, Drift]:
    """Compare every description that has a base version; equal bytes need no comparison."""
    return {
        source.path: compare(source.base, source.reading.api, policy=inputs.config.policy)
        for source in sources
        if source.base and source.base.source.digest != source.reading.api.source.digest
    }


def _drift(inputs: Inputs, found: Collection[Drift]) -> Drift:
    """Put the changes of all descriptions together."""
    changes = tuple(change for drift in found for change in drift.changes)
    if inputs.base is not None:
        changes = with_suggestions(changes, inputs.base, inputs.head)
    return Drift(
        changes=tuple(sorted(changes, key=lambda item: (SEVERITIES.index(item.severity), item.subject, item.rule))),
        not_evaluated=tuple(item for drift in found for item in drift.not_evaluated),
        bump=min((drift.bump for drift in found), key=BUMPS.index, default=Bump.NONE),
    )


def _result(inputs: Inputs, made: tuple[Made, ...], record: Record, vendored: Vendored) -> _Result:
    fresh = [item for item in made if item.fresh]
    base = _with_unsettled(inputs, _together(item.before for item in fresh), record, fresh)
    merged = merge(base, inputs.ours, _together(item.files for item in fresh), merge_trees=inputs.merge_trees)
    merged, base = _joined(vendored.merged, merged), base | vendored.base
    known = {item.output.root for item in made}
    carried = [output for output in record.outputs if output.root not in known]
    record = Record(
        outputs=tuple(sorted([*carried, *(item.output for item in made)], key=lambda item: item.root)),
        unsettled=_unsettled(inputs, merged, base) | _still_unsettled(inputs, record, fresh, vendored),
        upstreams=_upstreams(inputs, record, vendored),
    )
    pristine = _together([*(item.files for item in made), *(pristine_files(inputs, output) for output in carried)])
    pristine |= vendored.pristine
    standing = {path: inputs.ours.read(path) for item in made if not item.fresh for path in item.output.files}
    tree = FileTree({path: content for path, content in standing.items() if content is not None}) | merged.tree
    writes = [path for path, content in merged.tree.files.items() if inputs.ours.read(path) != content]
    if writes or merged.deletions or merged.conflicts:  # a conflict alone must be shown, and be settled, as well
        tree |= FileTree({PATH: dump_record(record)})
        writes += [PATH] if inputs.ours.read(PATH) != tree.read(PATH) else []
    return _Result(tree=tree, pristine=pristine, record=record, merged=merged, writes=tuple(sorted(writes)))


def _joined(one: Merged, two: Merged) -> Merged:
    return Merged(
        tree=one.tree | two.tree,
        deletions=(*one.deletions, *two.deletions),
        conflicts=(*one.conflicts, *two.conflicts),
    )


def _upstreams(inputs: Inputs, record: Record, vendored: Vendored) -> dict[str, str]:
    """Remember what was taken from addresses and drafted, as long as that is asked for."""
    taken = {path: blob_id(content) for path, content in vendored.pristine.files.items()}
    kept = {*inputs.config.tracked, *([inputs.config.draft] if inputs.config.draft else [])}
    return {path: blob for path, blob in (record.upstreams | taken).items() if path in kept}


def _left_alone(inputs: Inputs, result: _Result) -> Iterator[Diagnostic]:
    """Say which outputs nobody makes any more: deleting them is for people to decide."""
    for output in result.record.outputs:
        gone = inputs.head.read(output.description) is None
        why = f"there is no {output.description} any more" if gone else f"{output.target} is in no `targets` any more"
        wanted = output.target in inputs.config.targets or output.target in _own_targets(inputs)
        if gone or not wanted:
            text = f"{output.root} is left as it is, for {why}; delete the folder when you no longer need it"
            yield Diagnostic(Level.NOTE, "output-left-alone", text)


def _own_targets(inputs: Inputs) -> set[str]:
    return {target for item in inputs.config.descriptions for target in item.targets or ()}


def _together(trees: Iterable[FileTree]) -> FileTree:
    return reduce(or_, trees, FileTree())


def _with_unsettled(inputs: Inputs, base: FileTree, record: Record, fresh: list[Made]) -> FileTree:
    """Put the older base back where people have not yet touched a conflict, so that it is raised again."""
    if inputs.settled:
        return base
    files = dict(base.files)
    for path, conflict in record.unsettled.items():
        if any(item.output.holds(path) for item in fresh) and _kept(inputs, path) == conflict.kept:
            content = UNKNOWN if conflict.base == blob_id(UNKNOWN) else inputs.blob(conflict.base or "")
            if content is not None:
                files[path] = content
            elif conflict.base is None:
                files.pop(path, None)
    return FileTree(files)


def _unsettled(inputs: Inputs, merged: Merged, base: FileTree) -> dict[str, Unsettled]:
    found = {}
    for path in {conflict.path for conflict in merged.conflicts}:
        old, kept = base.read(path), merged.tree.read(path)
        found[path] = Unsettled(
            base=None if old is None else blob_id(old), kept=_kept(inputs, path) if kept is None else blob_id(kept)
        )
    return found


def _still_unsettled(inputs: Inputs, record: Record, fresh: list[Made], vendored: Vendored) -> dict[str, Unsettled]:
    """Return the conflicts of outputs that this plan does not touch."""
    if inputs.settled:
        return {}
    return {
        path: conflict
        for path, conflict in record.unsettled.items()
        if path not in vendored.pristine.files and not any(item.output.holds(path) for item in fresh)
    }


def _kept(inputs: Inputs, path: str) -> str | None:
    content = inputs.ours.read(path) if inputs.ours.kind(path) == "file" else None
    return None if content is None else blob_id(content)


def _plan(
    inputs: Inputs,
    sources: tuple[Source, ...],
    drift: Drift,
    result: _Result,
    *,
    diagnostics: tuple[Diagnostic, ...],
) -> Plan:
    title = title_of([source.reading.api for source in sources], drift)
    provenance = summarise(result.record, result.pristine)
    conflicts = result.merged.conflicts
    body = PullRequestParts(
        title=title,
        drift=drift,
        files=_written(result),
        upstreams=_taken(inputs, result),
        versions=_versions(sources),
        provenance=provenance,
        conflicts=conflicts,
        inferences=inputs.inferences,
        diagnostics=diagnostics,
    )
    return Plan(
        branch=branch_name(inputs.config.branch, inputs.targets),
        title=title,
        body=pull_request_body(body),
        tree=result.tree,
        pristine=result.pristine,
        deletions=result.merged.deletions,
        drift=drift,
        conflicts=conflicts,
        check_run=check_run(
            drift, fail_on=inputs.config.fail_on, diagnostics=diagnostics, inferences=inputs.inferences
        ),
        provenance=provenance,
        review_comments=_comments(inputs, sources, drift, result, filter(is_finding, diagnostics)),
        inferences=inputs.inferences,
        diagnostics=diagnostics,
        report_html=html(drift, title=title, inferences=inputs.inferences, diagnostics=diagnostics),
        draft=bool(conflicts),
        writes=result.writes,
    )


def _comments(
    inputs: Inputs, sources: tuple[Source, ...], drift: Drift, result: _Result, findings: Iterable[Diagnostic]
) -> tuple[ReviewComment, ...]:
    """Return what is said on lines: of the description, of the docs, and of generated files."""
    places, texts = fact_places(inputs, sources)
    resting = resting_places(inputs, result.tree, result.record.outputs)
    return (
        *review_comments(drift),
        *fact_comments(inputs.inferences, places, findings, texts),
        *resting_comments(inputs.inferences, resting),
        *conflict_comments(result.merged.conflicts),
    )


def _proposing(made: Plan, drafted: Drafted, sources: tuple[Source, ...]) -> Plan:
    """Say of a plan that it proposes a description, and of what."""
    (path,) = drafted.files.files
    body = f"{proposal_section(path, drafted.operations)}\n\n{made.body}"
    return replace(made, title=proposal_title(sources[0].reading.api.title), body=body, proposal=path)


def _taken(inputs: Inputs, result: _Result) -> dict[str, str]:
    """Return the descriptions that changed because their address did, with that address."""
    return {path: url for path, url in inputs.config.tracked.items() if path in result.writes}


def _written(result: _Result) -> dict[str, tuple[str, ...]]:
    """Return the changed paths by output folder."""
    changed = sorted({*result.writes, *result.merged.deletions} - {PATH})
    found = {output.root: tuple(path for path in changed if output.holds(path)) for output in result.record.outputs}
    return {root: paths for root, paths in found.items() if paths}
