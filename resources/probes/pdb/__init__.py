"""Casebook's bridge to pdb: the stock debugger in its own console, and its state as JSON lines beside it."""
