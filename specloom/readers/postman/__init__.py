"""Postman collections 2.0 and 2.1 → `Api`.

Requests with one method and path at one place are one operation; their queries, headers, bodies and saved answers are
samples of it. Folders are tags, nested ones with their path (`Users/Admin`). `:id` and `{{id}}` in a path are path
parameters; the part before the path is the server, the collection's variables written out at its start. Nothing that
was filled in is taken for required, except path parameters and what its description starts with "(Required)".

Extension keys: `x-postman-requests` of an operation names the requests that it is made of, folders included;
`x-postman-auth` of a security scheme holds the helper's type and its settings that are no secrets.
"""

from specloom.readers.postman.reader import READER, read_collection

__all__ = ["READER", "read_collection"]
