"""The identity of persons: documents, card numbers, and the masking of personal data."""

from typing import TYPE_CHECKING

from ssflow.lazy import lazily

if TYPE_CHECKING:
    from ssflow.persons.cards import BankCard, SocialCard
    from ssflow.persons.documents import IdentityKind
    from ssflow.persons.erasing import ERASED, is_erased
    from ssflow.persons.identity import Identity
    from ssflow.persons.masking import is_personal, mask, masked, personal, without_numbers
    from ssflow.persons.naming import check_case_id, check_party

__all__ = [
    "ERASED",
    "BankCard",
    "Identity",
    "IdentityKind",
    "SocialCard",
    "check_case_id",
    "check_party",
    "is_erased",
    "is_personal",
    "mask",
    "masked",
    "personal",
    "without_numbers",
]

# The modules that need the least come first.
_MODULES = (
    "erasing",
    "masking",
    "documents",
    "cards",
    "identity",
    "naming",
)

__getattr__, __dir__ = lazily(__name__, __all__, _MODULES)
