"""The routing engine and the collaborators that it owns."""
