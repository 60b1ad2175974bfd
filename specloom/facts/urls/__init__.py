"""Where an API is and in which version: its addresses, as docs state and as examples call them."""
