"""A dispatcher as plain data, and back."""
