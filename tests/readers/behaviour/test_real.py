"""Pagination of real descriptions, checked by hand against what their vendors document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.model.facts import Pagination

POINTS = "/collections/{collection_name}/points"

pytestmark = pytest.mark.corpus


def short(found: Pagination | None) -> str:
    """Return a reading in one line: style, parameter, list, and what leads on."""
    if found is None:
        return "-"
    onward = ".".join(found.next_path or ()) or (f"last.{found.id_path[0]}" if found.id_path else "")
    return f"{found.style} {found.request_param or '-'} {'.'.join(found.items_path) or '.'} {onward}".strip()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "openapi/openai-v31/openapi.yaml",
            {
                "GET /batches": "cursor after data last_id",
                "GET /fine_tuning/jobs": "cursor after data last.id",
                "GET /organization/costs": "cursor page data next_page",
                "GET /organization/roles": "cursor after data next",
                "GET /models": "-",
            },
        ),
        (
            "openapi/datadog-v1/openapi.yaml",
            {
                "GET /api/v1/monitor": "page page .",
                "GET /api/v1/dashboard": "offset start dashboards",
                "GET /api/v1/slo": "offset offset data",
                "GET /api/v1/events": "-",
            },
        ),
        (
            "openapi/figma-v31/openapi.yaml",
            {
                "GET /v1/teams/{team_id}/components": "cursor after meta.components meta.cursor.after",
                "GET /v1/files/{file_key}/versions": "link - versions pagination.next_page",
                "GET /v1/activity_logs": "-",
            },
        ),
        (
            "openapi/spotify-v30/fixed-spotify-open-api.yml",
            {
                "GET /albums/{id}/tracks": "offset offset items",
                "GET /me/following": "cursor after artists.items artists.cursors.after",
                "GET /me/player/recently-played": "link - items next",
                "GET /search": "-",
            },
        ),
        (
            "openapi/qdrant-v30/openapi.json",
            {
                f"POST {POINTS}/scroll": "cursor offset result.points result.next_page_offset",
                f"POST {POINTS}/query": "offset offset result.points",
                "GET /collections": "-",
            },
        ),
        (
            "openapi/meilisearch-v31/open-api.json",
            {"GET /tasks": "cursor from results next", "GET /indexes": "offset offset results"},
        ),
        (
            "openapi/slack-web-v2/slack_web_openapi_v2.json",
            {
                "GET /conversations.list": "cursor cursor channels response_metadata.next_cursor",
                "GET /files.list": "-",
            },
        ),
        (
            "openapi/resend-v31/resend.yaml",
            {"GET /emails": "cursor after data last.id", "POST /emails": "-"},
        ),
        (
            "openapi/discord-v31/openapi.json",
            {"GET /channels/{channel_id}/messages": "-", "GET /guilds/{guild_id}/members": "-"},
        ),
        (
            "graphql/linear.graphql",
            {"query issues": "cursor after nodes pageInfo.endCursor", "query viewer": "-"},
        ),
        (
            "postman/google-maps.postman_collection.json",
            {
                "GET /maps/api/place/textsearch/json": "cursor pagetoken results next_page_token",
                "GET /maps/api/place/autocomplete/json": "-",
            },
        ),
    ],
)
def test_known_operations(corpus: Path, path: str, expected: dict[str, str]) -> None:
    """What is known of an operation is read, and where the description leaves doubt nothing is."""
    file = corpus / path
    reading = read(FileTree({file.name: file.read_bytes()}), file.name)
    found = {item.key: short(item.pagination) for item in reading.api.operations if item.key in expected}

    assert found == expected
    assert "unusable-pagination" not in {item.code for item in reading.diagnostics}
