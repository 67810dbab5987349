"""What follows from one thing that happened, and why: effects, explanations, remedies."""
