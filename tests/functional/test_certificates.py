"""Mutual TLS: the client proves itself by a certificate."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripted_server import ScriptedServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from callers import Caller

    from scripted_server import Reply

NOW = dt.datetime.now(dt.UTC)


def certificate(folder: Path, name: str, issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None = None) -> Path:
    """Write `name`.pem with certificate and key, signed by `issuer` or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer, signing_key = issuer or (subject, key)
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - dt.timedelta(days=1))
        .not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(addresses, critical=False)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(signing_key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.pem"
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an authority, a server and a client that it vouches for."""
    place = tmp_path_factory.mktemp("certificates")
    authority = certificate(place, "authority").read_bytes()
    key = serialization.load_pem_private_key(authority, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    issuer = (x509.load_pem_x509_certificate(authority).subject, key)
    for name in ("server", "client"):
        certificate(place, name, issuer)
    return place


@pytest.fixture(scope="module")
def strict_server(folder: Path) -> Iterator[ScriptedServer]:
    """Run a server that talks to nobody without a certificate."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=folder / "authority.pem")
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_cert_chain(folder / "server.pem")
    server = ScriptedServer(tls)
    server.start()
    yield server
    server.stop()


async def test_client_certificates(
    kennel: Caller,
    strict_server: ScriptedServer,
    reply: type[Reply],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A client with a certificate is let in; one without is told what it needs before it calls."""
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
    strict_server.on("GET", "/v1/doors/certificate", reply(json={"method": "GET"}))
    address = f"{strict_server.url}/v1"
    own = str(folder / "client.pem")
    for given in (own, (own, own)):
        found = await kennel.do(kennel.client(base_url=address, client_cert=given).doors.certificate)
        assert found.method == "GET"
    with pytest.raises(kennel.sdk.MissingCredentialsError, match="client_cert"):
        await kennel.do(kennel.client(base_url=address).doors.certificate)
    bare = kennel.client(base_url=address, max_retries=0)
    with pytest.raises(kennel.sdk.APIConnectionError):
        await kennel.do(bare.get, "/doors/certificate")
