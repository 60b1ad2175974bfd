"""A stateful GitHub for tests: REST, two GraphQL mutations, git over HTTP and webhooks over real bare repositories.

It enforces the limits that a bot meets in practice, and holds every request and every answer against GitHub's own
OpenAPI description. What it cannot show: true secondary limits, mergeability in all its states, and the `Verified`
badge (it records instead which commits GitHub would have signed).
"""

from github_twin.faults import Fault
from github_twin.server import Twin
from github_twin.state import World

__all__ = ["Fault", "Twin", "World"]
