"""Apps: who am I, installations and their tokens, the manifest flow, deliveries."""

from __future__ import annotations

from github_twin import make
from github_twin.call import Answer, Call, Route
from github_twin.render import stamp
from github_twin.state import Refusal


def get_app(call: Call) -> Answer:
    return Answer(body=call.render.app(call.app))


def convert_manifest(call: Call) -> Answer:
    app = call.world.manifest_codes.pop(call.params["code"], None)
    if app is None:
        raise Refusal(404, "Not Found")
    secrets = {"client_id": f"Iv1.{app.id}", "client_secret": "s" * 40}
    body = call.render.app(app) | secrets | {"webhook_secret": app.webhook_secret, "pem": app.private_key}
    return Answer(status=201, body=body)


def list_installations(call: Call) -> Answer:
    mine = [i for i in call.world.installations.values() if i.app is call.app]
    return call.page([call.render.installation(i) for i in mine])


def create_token(call: Call) -> Answer:
    installation = call.world.installations.get(int(call.params["installation_id"]))
    if installation is None or installation.app is not call.app:
        raise Refusal(404, "Not Found")
    if installation.suspended:
        raise Refusal(403, "This installation has been suspended")
    wanted = call.body.get("permissions") or installation.permissions
    ids = call.body.get("repository_ids")
    known = {repository.id for repository in installation.repositories}
    if not set(wanted) <= set(installation.permissions) or not set(ids or ()) <= known:
        raise Refusal(422, "The permissions requested are not granted to this installation.")
    token = make.installation_token(
        call.world, installation, permissions=wanted, repositories=frozenset(ids) if ids else None
    )
    body = {"token": token.value, "expires_at": stamp(token.expires_at), "permissions": wanted}
    return Answer(status=201, body=body | {"repository_selection": "selected"})


def list_repositories(call: Call) -> Answer:
    installation = call.token.installation
    if installation is None:
        raise Refusal(403, "Resource not accessible by personal access token")
    return call.page([call.render.repository(r) for r in installation.repositories], "repositories")


def repository_installation(call: Call) -> Answer:
    full_name = f"{call.params['owner']}/{call.params['repo']}"
    for installation in call.world.installations.values():
        if installation.app is call.app and any(r.full_name == full_name for r in installation.repositories):
            return Answer(body=call.render.installation(installation))
    raise Refusal(404, "Not Found")


def list_deliveries(call: Call) -> Answer:
    mine = [d for d in call.world.deliveries.values() if d.app is call.app]
    size = int(call.query.get("per_page", 30))
    mine.sort(key=lambda delivery: -delivery.id)
    if cursor := call.query.get("cursor"):
        mine = [d for d in mine if d.id < int(cursor.removeprefix("v1_"))]
    headers = {}
    if len(mine) > size:
        url = f"{call.render.api}{call.path}?per_page={size}&cursor=v1_{mine[size - 1].id}"
        headers["Link"] = f'<{url}>; rel="next"'
    return Answer(body=[call.render.delivery(d) for d in mine[:size]], headers=headers)


def redeliver(call: Call) -> Answer:
    delivery = call.world.deliveries.get(int(call.params["delivery_id"]))
    if delivery is None or delivery.app is not call.app:
        raise Refusal(404, "Not Found")
    call.hooks.redeliver(delivery)
    return Answer(status=202, body={})


def rate_limit(_call: Call) -> Answer:
    core = {"limit": 5000, "used": 0, "remaining": 5000, "reset": 0}
    return Answer(body={"resources": {"core": core, "search": core}, "rate": core})


ROUTES = (
    Route("GET", "/app", get_app),
    Route("POST", "/app-manifests/{code}/conversions", convert_manifest),
    Route("GET", "/app/installations", list_installations),
    Route("POST", "/app/installations/{installation_id}/access_tokens", create_token),
    Route("GET", "/installation/repositories", list_repositories),
    Route("GET", "/repos/{owner}/{repo}/installation", repository_installation),
    Route("GET", "/app/hook/deliveries", list_deliveries),
    Route("POST", "/app/hook/deliveries/{delivery_id}/attempts", redeliver),
    Route("GET", "/rate_limit", rate_limit),
)
