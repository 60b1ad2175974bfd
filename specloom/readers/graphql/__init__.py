"""GraphQL schema definition language (October 2021 and the drafts that graphql-core knows) → `Api`.

Every field of a root type is an operation (`query pets`); its arguments are parameters, the schema of its type stands
under the answer's `application/json` (the part of `data` that belongs to the field, without the envelope). All types
but the roots are `Api.schemas`; a root is among them only where some field's type is that root. Null is accepted unless
`!` forbids it. What JSON Schema has no word for is kept under these keys, and nothing else is:

- `x-graphql-kind` of a named schema: `object`, `interface`, `union`, `enum`, `input` or `scalar`
- `x-graphql-type` of a field, argument or list item: its type as written, `[String!]!`
- `x-graphql-interfaces`: the names of the interfaces that an object or interface implements
- `x-graphql-values`: what is said about single enum values, by name: `description` and the keys below
- `x-graphql-deprecation-reason`, beside `deprecated`
- `x-graphql-specified-by`: the URL of a scalar's definition
- `x-graphql-directives`: other applied directives as `{"name", "arguments"}`, in order
- of the `Api`: `x-graphql-roots` (kind of operation → type name) and `x-graphql-directive-definitions` (name →
  `{"locations", "repeatable", "arguments": {name: {"type", "default"}}, "description", "line", "lines"}`,
  the last of arguments and locations)

Arguments of fields that are no roots are in `Schema.rare.arguments`.
"""

from specloom.readers.graphql.look import READER

__all__ = ["READER"]
