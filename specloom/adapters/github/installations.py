"""A client for each installation of an App, made on demand and kept while it is used."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.adapters.github.client import Addresses, Client, Manners, Pace
from specloom.adapters.github.credentials import AppKey, InstallationToken

if TYPE_CHECKING:
    import aiohttp

MOST_CLIENTS: Final = 500


@dataclass(frozen=True, slots=True)
class Access:
    """A client and the token behind it, which git needs as such."""

    client: Client
    credentials: InstallationToken


class Installations:
    """Hands out access, one per (installation, repository); writes are paced per installation."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        key: AppKey,
        addresses: Addresses,
        *,
        gap: float = 1.0,
        manners: Manners | None = None,
    ) -> None:
        self.addresses = addresses
        self.app = Client(session, key, addresses, pace=Pace(gap=0.0), manners=manners)
        self._session, self._gap, self._manners = session, gap, manners
        self._paces: OrderedDict[int, Pace] = OrderedDict()
        self._known: OrderedDict[tuple[int, int | None], Access] = OrderedDict()

    def access(self, installation: int, repository: int | None = None) -> Access:
        """Return access to one repository of an installation, or to all of them where none is named."""
        key = (installation, repository)
        if key not in self._known:
            credentials = InstallationToken(self.app, installation, [repository] if repository is not None else [])
            pace = self._paces.setdefault(installation, Pace(gap=self._gap))
            client = Client(self._session, credentials, self.addresses, pace=pace, manners=self._manners)
            self._known[key] = Access(client, credentials)
        self._known.move_to_end(key)
        while len(self._known) > MOST_CLIENTS:
            (gone, _), _ = self._known.popitem(last=False)
            if all(other != gone for other, _ in self._known):
                self._paces.pop(gone, None)
        return self._known[key]
