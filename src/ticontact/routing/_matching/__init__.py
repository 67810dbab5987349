"""Which agents may take a piece of work now, and who of several goes first."""
