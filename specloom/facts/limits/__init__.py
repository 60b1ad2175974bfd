"""How often one may call: rates in sentences, tables and settings, and whom they hold for."""
