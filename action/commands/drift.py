"""`specloom drift`: what an API does that its description does not say, from calls of it or from recordings."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias
from urllib.parse import urlsplit

import typer

from action.commands.diff import Format, Gate, written
from action.console import emit, progress, write
from action.failures import GateFailed, showing
from action.inputs import AsJson, Root, Spec, locate
from action.settings import policy_of
from action.shapes import LiveShape, drift_shape
from specloom import readers, report
from specloom.adapters.calling import Limits, make
from specloom.drift.traffic import observe
from specloom.drift.traffic.calls import Given, calls
from specloom.errors import UserError
from specloom.model.change import NotEvaluated
from specloom.readers.recordings import read_recording

if TYPE_CHECKING:
    from action.inputs import Input
    from specloom.drift.traffic import Observed
    from specloom.model.api import Api
    from specloom.model.policy import Policy

JSON: Final = LiveShape
LARGEST: Final = 256 << 20

Output: TypeAlias = Annotated[Format, typer.Option("--format", help="How to print the findings.")]
FailOn: TypeAlias = Annotated[
    Gate, typer.Option(help="Exit with 1 when there is such a finding, or a worse one.", show_default=True)
]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Hold an API against its description: by calling it, or by recorded traffic.",
)


@app.command(
    "live",
    epilog="\b\nExamples:\n"
    "  specloom drift live openapi.yaml https://api.example.com/v1\n"
    "  specloom drift live openapi.yaml http://localhost:8000 --param petId=7 --fail-on breaking\n"
    "  specloom drift live openapi.yaml https://api.example.com --auth bearerAuth=API_TOKEN",
)
def live(
    spec: Spec,
    url: Annotated[str, typer.Argument(help="Where the API answers: what stands before the paths of the description.")],
    *,
    param: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Value of a parameter, wherever it is needed.")
    ] = None,
    header: Annotated[
        list[str] | None, typer.Option(metavar="NAME: VALUE", help="Header to send with every call.")
    ] = None,
    auth: Annotated[
        list[str] | None,
        typer.Option(metavar="SCHEME=VARIABLE", help="Environment variable with the secret of a security scheme."),
    ] = None,
    include_writes: Annotated[
        bool, typer.Option("--include-writes", help="Call operations that may change something, too.")
    ] = False,
    max_calls: Annotated[int, typer.Option(min=1, help="Calls to make at most.")] = Limits().calls,
    max_time: Annotated[float, typer.Option(min=1, help="Seconds for the whole run.")] = Limits().seconds,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one call.")] = Limits().timeout,
    max_size: Annotated[int, typer.Option(min=1, help="Bytes of one body, unpacked.")] = Limits().size,
    as_json: AsJson = False,
    output: Output = Format.TEXT,
    fail_on: FailOn = Gate.NEVER,
    root: Root = None,
) -> None:
    """Call an API and hold its answers against the description.

    Only GET and HEAD are called, one after the other, where the description or --param gives every value that is
    needed; what was not called is listed. Only the host of URL is called, and redirects are not followed. Values are
    never printed, only their types and sizes.
    """
    base = _address(url)
    given = Given(
        parameters=dict(_pair(text, "=", "--param NAME=VALUE") for text in param or ()),
        headers=tuple(_pair(text, ":", "--header 'NAME: VALUE'") for text in header or ()),
        secrets=dict(_secret(text) for text in auth or ()),
        writes=include_writes,
    )
    limits = Limits(calls=max_calls, timeout=timeout, seconds=max_time, size=max_size)
    with progress() as step:
        api, policy = _read(locate(spec, root=root), step)
        planned, left = calls(api, base, given)
        made = asyncio.run(make(planned, limits, step))
        failed = tuple(NotEvaluated(subject=key, reason=f"not called: {reason}") for key, reason in made.failed)
        found = observe(api, made.exchanges, policy=policy, servers=(base,), notes=(*left, *failed))
    _tell(found, output, fail_on, as_json=as_json)


@app.command(
    "har",
    epilog="\b\nExamples:\n"
    "  specloom drift har openapi.yaml traffic.har\n"
    "  specloom drift har openapi.yaml tests/cassettes/pets.yaml --fail-on breaking\n"
    "  specloom drift har openapi.yaml traffic.har --server http://localhost:8000 --json",
)
def har(
    spec: Spec,
    recording: Annotated[
        Path, typer.Argument(help="A HAR file, a VCR cassette (YAML or JSON), or one HAR entry a line.", dir_okay=False)
    ],
    *,
    server: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Where the API answered, if not where the description says."),
    ] = None,
    as_json: AsJson = False,
    output: Output = Format.TEXT,
    fail_on: FailOn = Gate.NEVER,
    root: Root = None,
) -> None:
    """Hold recorded requests and answers against the description.

    Calls of other hosts are left out and counted. Requests are looked at where the call succeeded. Values are never
    printed, only their types and sizes.
    """
    with progress() as step:
        api, policy = _read(locate(spec, root=root), step)
        step(f"Reading {recording.name}")
        exchanges = read_recording(_content(recording), str(recording))
        step("Comparing")
        servers = tuple(_address(text) for text in server or ())
        found = observe(api, exchanges, policy=policy, servers=servers)
    _tell(found, output, fail_on, as_json=as_json)


def _read(found: Input, step: Any) -> tuple[Api, Policy]:  # noqa: ANN401  what `progress` gives
    with showing(found.tree):
        step(f"Reading {found.path}")
        return readers.read(found.tree, found.path, behaviour=False).api, policy_of(found.tree)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}); check the path") from None


def _address(text: str) -> str:
    """Return an address that may be called. Raises `UserError` for one that is not whole, or that holds a password."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        parts, whole = urlsplit(""), False
    if not whole:
        raise UserError(f"{text} is no address; give one like https://api.example.com/v1")
    if parts.username is not None:
        raise UserError("the address holds a name or a password; give it by --auth or --header instead")
    if parts.query or parts.fragment:
        raise UserError("the address ends with a query; give only what stands before the paths of the description")
    return text.rstrip("/")


def _pair(text: str, mark: str, wanted: str) -> tuple[str, str]:
    name, found, value = text.partition(mark)
    # The value may be a secret, so it is not repeated.
    if not found or not name.strip() or not value.isprintable():
        raise UserError(f"an option cannot be read; write {wanted}")
    return name.strip(), value.strip()


def _secret(text: str) -> tuple[str, str]:
    scheme, variable = _pair(text, "=", "--auth SCHEME=VARIABLE")
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", variable):
        raise UserError(
            f"--auth {scheme}=… names no environment variable; the secret itself stays off the command line"
        )
    if not (value := os.environ.get(variable, "").strip()):
        raise UserError(f"the environment has no {variable}; set it, or name another variable")
    return scheme, value


def _tell(found: Observed, output: Format, fail_on: Gate, *, as_json: bool) -> None:
    if as_json or output is Format.JSON:
        document: LiveShape = {
            **drift_shape(found.drift),
            "exchanges": found.exchanges,
            "operations": found.operations,
        }
        emit(document)
    else:
        write(written(found.drift, output))
    if report.fails(found.drift, fail_on.value):
        raise GateFailed
