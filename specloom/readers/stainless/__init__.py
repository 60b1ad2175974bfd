"""`stainless.yml` beside a description: the owner's names for operations and packages, pagination, idempotency header.

The service that read this file has closed; teams still have it, and it says what nobody should have to say again. It is
read leniently: what does not fit the description is a diagnostic with its line, and the rest counts. What is read, from
the format's published reference (edition 2026-05-06 and older):

- `resources.*.methods` and `subresources`, `$client` being the client itself → `Operation.naming`
- `pagination` schemes, matched to the methods that they fit, unless `paginated` says which or none → `pagination`
- `client_settings.idempotency.header` → `idempotency` of every operation that changes something
- `targets.*` → `Api.packages`
"""

from specloom.readers.stainless.apply import beside

__all__ = ["beside"]
