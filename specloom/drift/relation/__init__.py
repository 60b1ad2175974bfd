"""The law: whether every value that one schema accepts is one that another accepts too.

`parts` flattens a schema into a conjunction, `form` brings that into normal form, and two provers look at two forms:
`contain` compares keyword by keyword and is quick; `sets` follows every choice that a value has and also sees through
rewrites in other keywords. Both prove or abstain. `same` tells beforehand what was not edited at all.
"""
