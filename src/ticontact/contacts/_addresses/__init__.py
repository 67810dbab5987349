"""Where somebody can be reached: numbers, addresses, and what stands where none is known."""
