"""Names that modules of models use themselves."""

from __future__ import annotations

from typing import Final

RESERVED_CLASSES: Final = frozenset(
    {"Annotated", "Any", "Discriminated", "False", "Field", "Literal", "Model", "None", "True", "TypeAlias"}
    | {"TypeAliasType", "Unknown"}
)

RESERVED_FIELDS: Final = frozenset(
    {"builtins", "construct", "copy", "dict", "dt", "from_orm", "json", "parse_file", "parse_obj", "parse_raw"}
    | {"schema", "schema_json", "to_dict", "to_json", "update_forward_refs", "validate"}
    | {"model_computed_fields", "model_config", "model_construct", "model_copy", "model_dump", "model_dump_json"}
    | {"model_extra", "model_fields", "model_fields_set", "model_json_schema", "model_parametrized_name"}
    | {"model_post_init", "model_rebuild", "model_validate", "model_validate_json", "model_validate_strings"}
)
"""Attributes of `pydantic.BaseModel` and of the base class of our models; a field must not hide them."""
