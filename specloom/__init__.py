"""The shared core: reads descriptions, compares them, plans what follows; imports no front door and no generator."""
