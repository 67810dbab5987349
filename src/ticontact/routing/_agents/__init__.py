"""The agents: what each can do, and how each stands at one moment."""
