"""Who is it? One person on file, several that fit, a contradiction, or nobody; and entries that are one person."""

from ticontact.contacts._identity import (
    Ambiguous,
    Conflict,
    IdentityBasis,
    Match,
    NoMatch,
    Person,
    Resolution,
    SamePerson,
    resolve_identity,
    same_person,
)

__all__ = [
    "Ambiguous",
    "Conflict",
    "IdentityBasis",
    "Match",
    "NoMatch",
    "Person",
    "Resolution",
    "SamePerson",
    "resolve_identity",
    "same_person",
]
