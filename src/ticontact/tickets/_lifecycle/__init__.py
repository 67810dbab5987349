"""The lifecycle of a department's tickets: its graph, its timers, and what follows from a command."""
