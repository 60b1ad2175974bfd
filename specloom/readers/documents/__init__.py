"""Bytes of JSON or YAML to plain containers, with the lines where everything stands."""
