"""The table of rules: one module per subject, each with its rows."""

from specloom.drift.rules import (
    argument_fields,
    body_calls,
    live,
    operation_calls,
    parameter_calls,
    response_calls,
    schema_arrays,
    schema_bounds,
    schema_members,
    schema_notes,
    schema_odd,
    schema_types,
    schema_unions,
    schema_values,
    security_calls,
    version_notes,
)

ALL = (
    *operation_calls.RULES,
    *parameter_calls.RULES,
    *body_calls.RULES,
    *response_calls.RULES,
    *security_calls.RULES,
    *schema_types.RULES,
    *schema_values.RULES,
    *schema_bounds.RULES,
    *schema_members.RULES,
    *schema_arrays.RULES,
    *schema_unions.RULES,
    *schema_odd.RULES,
    *schema_notes.RULES,
    *argument_fields.RULES,
    *live.RULES,
    *version_notes.RULES,
)
