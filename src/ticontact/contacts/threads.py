"""Does a message continue a ticket? It does, it may, or it begins something new."""

from ticontact.contacts._thread import Continues, KnownThread, NewThread, ThreadBasis, Uncertain, find_thread

__all__ = ["Continues", "KnownThread", "NewThread", "ThreadBasis", "Uncertain", "find_thread"]
