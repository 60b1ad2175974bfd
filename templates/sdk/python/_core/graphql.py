"""Calls of a GraphQL API: the document that is sent, and the part of the answer that belongs to the caller."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import APIResponseValidationError, GraphQLError
from .shapes import is_array, is_object

if TYPE_CHECKING:
    import httpx

    from .endpoint import Args


@dataclass(frozen=True)
class Document:
    """A document with one operation: `head` up to the selection, and the `field` whose value is the result.

    `selection` is what is asked for unless the caller gives another one in the argument named `argument`; both are
    empty where the field is no object.
    """

    head: str
    field: str
    selection: str = ""
    argument: str = ""

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice does no harm: queries only read (GraphQL, section 6.2.1)."""
        return self.head.startswith("query")

    def message(self, args: Args) -> dict[str, object]:
        """Return the members of the request (graphql-over-http); `args` are by their names on the wire."""
        variables = {name: value for name, value in args.items() if name != self.argument}
        selection = str(args.get(self.argument) or self.selection)
        text = f"{self.head} {{ {selection} }} }}" if selection else f"{self.head} }}"
        return {"query": text, "variables": variables}

    def value(self, response: httpx.Response) -> Any:
        """Return the value of the field.

        Raises:
            GraphQLError: the answer tells of errors.
            APIResponseValidationError: it is no answer of a GraphQL API.
        """
        try:
            answer = json.loads(response.content)
        except (ValueError, RecursionError):
            answer = None
        if not is_object(answer):
            raise APIResponseValidationError("the answer is not one of a GraphQL API", response, response.text)
        errors, data = answer.get("errors"), answer.get("data")
        if is_array(errors) and errors:
            told = [one if is_object(one) else {"message": one} for one in errors]
            raise GraphQLError(response, errors=told, data=data)
        return data.get(self.field) if is_object(data) else None
