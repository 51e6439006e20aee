"""What the journal says of accounts and roles; names and addresses stand apart, erasable."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class AccountOpened(Fact):
    kind = "account_opened"
    person_id: int


@dataclass(frozen=True)
class PersonInvited(Fact):
    kind = "person_invited"
    person_id: int


@dataclass(frozen=True)
class AdministratorAppointed(Fact):
    """Made on the command line, where nobody is signed in."""

    kind = "administrator_appointed"
    person_id: int


@dataclass(frozen=True)
class ProfileChanged(Fact):
    kind = "profile_changed"
    person_id: int


@dataclass(frozen=True)
class EmailChanged(Fact):
    kind = "email_changed"
    person_id: int


@dataclass(frozen=True)
class RoleGiven(Fact):
    kind = "role_given"
    person_id: int
    role: str
    area_id: int
    organisation_id: int | None
    valid_from: str
    valid_until: str | None


@dataclass(frozen=True)
class RoleEnded(Fact):
    kind = "role_ended"
    person_id: int
    role: str
    area_id: int


@dataclass(frozen=True)
class AccountBlocked(Fact):
    kind = "account_blocked"
    person_id: int


@dataclass(frozen=True)
class AccountUnblocked(Fact):
    kind = "account_unblocked"
    person_id: int


@dataclass(frozen=True)
class PasswordSet(Fact):
    kind = "password_set"
    person_id: int


@dataclass(frozen=True)
class SecondFactorEnrolled(Fact):
    kind = "second_factor_enrolled"
    person_id: int


@dataclass(frozen=True)
class SignInReset(Fact):
    """Password, second factor and recovery codes were thrown away for a new beginning."""

    kind = "sign_in_reset"
    person_id: int


@dataclass(frozen=True)
class RecoveryCodesMade(Fact):
    kind = "recovery_codes_made"
    person_id: int


@dataclass(frozen=True)
class RecoveryCodeUsed(Fact):
    kind = "recovery_code_used"
    person_id: int
    left: int
