"""How lists are paged, and how long a page is."""
