"""The second look at a relation: a set is shown to be empty by following every way in which a value could be in it."""
