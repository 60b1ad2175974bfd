"""Facts about behaviour that a description declares: pagination and idempotency keys, each with the lines that say so.

`declare` fills them in after any reader, from vendor extensions first, then from structure alone.
"""
