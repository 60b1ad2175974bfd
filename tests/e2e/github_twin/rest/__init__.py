"""The REST operations in use, one module per concern."""

from github_twin.rest import apps, checks, gitdata, issues, pulls, repos, reviews

ROUTES = (
    *apps.ROUTES,
    *checks.ROUTES,
    *gitdata.ROUTES,
    *issues.ROUTES,
    *pulls.ROUTES,
    *repos.ROUTES,
    *reviews.ROUTES,
)
