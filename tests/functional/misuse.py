"""Mistakes that a type checker must find, each in a line that ends in `# wrong`; never run."""

from __future__ import annotations

from kennel import Kennel, models


def mistakes(client: Kennel) -> None:
    """Make every mistake once."""
    client.dogs.retrieve(7)  # wrong
    client.dogs.retrieve("7", timeot=3)  # wrong
    client.dogs.create(id="7")  # wrong
    client.dogs.update("7", name=None)  # wrong
    client.dogs.list(tags="abc", limit="3")  # wrong
    client.with_raw_response(client.dogs.retrieve)  # wrong
    client.with_options(retries=3)  # wrong
    str(client.dogs.delete("7").name)  # wrong
    client.dogs.retrieve("7").nickname.upper()  # wrong
    models.Cat(lives="many")  # wrong
    str(models.Dgo)  # wrong
    Kennel(api_kye="x")  # wrong
