"""Sentences for accounts, roles and signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.permissions import Role

REFUSALS = {
    "link_used_up": _l("This link no longer works. Ask for a new one."),
    "email_wrong": _l("Write an e-mail address, for example name@example.org."),
    "email_taken": _l("There is already an account with this e-mail address."),
    "email_unchanged": _l("This already is your e-mail address."),
    "name_too_long": _l("Write a name of at most %(limit)s characters."),
    "neighbourhood_unknown": _l("Choose a neighbourhood from the list."),
    "sign_in_wrong": _l("E-mail address or password is not right."),
    "old_password_wrong": _l("This is not your present password."),
    "password_too_short": _l("Choose a password of at least %(limit)s characters."),
    "password_too_long": _l("Choose a password of at most %(limit)s characters."),
    "password_monotonous": _l("Choose a password with more different characters."),
    "password_personal": _l(
        "This password is easy to guess: it holds your name, your address or your town."
    ),
    "password_first": _l("Set a password first."),
    "second_factor_exists": _l("You already use an app for your codes."),
    "code_wrong": _l("This code is not right. Wait for the next one and try again."),
    "code_used": _l("This code was already used. Wait for the next one."),
    "person_unknown": _l("There is no such account here."),
    "person_reason_missing": _l("Write the reason. It stays in the journal."),
    "cannot_block_yourself": _l("You cannot block your own account."),
    "account_is_blocked": _l("This account is blocked."),
    "account_is_not_blocked": _l("This account is not blocked."),
    "last_administrator": _l(
        "This is the last account that can give roles. Give the role to somebody else first."
    ),
    "no_staff_role": _l("This person has no role that needs a password."),
    "role_held_already": _l("This person already has this role here."),
    "role_is_over": _l("This role is already over."),
    "roles_exclude_each_other": _l(
        "A member of the polling commission cannot also be facilitator, municipality or "
        "coalition staff in the same area."
    ),
    "organisation_missing": _l("Choose the organisation this person works for."),
    "organisation_unknown": _l("Choose an organisation from the list."),
    "organisation_not_wanted": _l("Only executors belong to an organisation. Leave this empty."),
    "example_towns_only": _l("This is only possible in an example town."),
}

JOURNAL = {
    "account_opened": _l("Account opened: number %(person_id)s"),
    "person_invited": _l("Invitation sent to account %(person_id)s"),
    "administrator_appointed": _l(
        "Account %(person_id)s appointed for the municipality on the command line"
    ),
    "profile_changed": _l("Account %(person_id)s changed its name or language"),
    "email_changed": _l("Account %(person_id)s changed its e-mail address"),
    "role_given": _l("Account %(person_id)s received a role: %(role)s"),
    "role_ended": _l("A role of account %(person_id)s ended: %(role)s"),
    "account_blocked": _l("Account %(person_id)s blocked"),
    "account_unblocked": _l("Account %(person_id)s opened again"),
    "password_set": _l("Account %(person_id)s set a password"),
    "second_factor_enrolled": _l("Account %(person_id)s began to use a second factor"),
    "sign_in_reset": _l("Password and second factor of account %(person_id)s thrown away"),
    "recovery_codes_made": _l("Account %(person_id)s made new recovery codes"),
    "recovery_code_used": _l("Account %(person_id)s used a recovery code; %(left)s left"),
}

ROLE_NAMES = {
    Role.RESIDENT: _l("Resident"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.BOARD_MEMBER: _l("Member of the neighbourhood board"),
    Role.COALITION_STAFF: _l("Coalition staff"),
    Role.EXECUTOR_MEMBER: _l("Member of an executor"),
    Role.MUNICIPALITY: _l("Municipality"),
    Role.COMMISSION_MEMBER: _l("Member of the polling commission"),
    Role.AUDITOR: _l("Auditor"),
}
