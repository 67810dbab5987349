"""What a department writes its own `ProceduralLaw` with, or changes one of the shipped laws."""

from ticontact.hours.terms._procedural_law import DeemedDelivery, Exemption, MonthTerms
from ticontact.hours.terms._term_suspension import DateRange, TermSuspension

__all__ = ["DateRange", "DeemedDelivery", "Exemption", "MonthTerms", "TermSuspension"]
