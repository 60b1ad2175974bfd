"""What every target that writes Python shares: identifiers, types, and one quoting function per context."""
