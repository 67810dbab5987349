"""The texts that people see or hear: one module for each area, each a table of `Text` values.

A new wording breaks nobody, so no text is a public name.
"""
