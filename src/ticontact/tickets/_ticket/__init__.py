"""A ticket: what its events add up to, the table of them, and the refusals of what is asked of it."""
