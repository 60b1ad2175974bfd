"""What every request carries: headers and parameters, in tables, lists and examples."""
