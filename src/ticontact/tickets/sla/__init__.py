"""Service levels: what a department owes, in what time, and how its clocks stand."""
