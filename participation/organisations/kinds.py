"""Sorts of organisations and their forms of law. Pure."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What sort of executor an organisation is."""

    RESIDENT_GROUP = "resident_group"
    RESIDENT_ASSOCIATION = "resident_association"
    PROFESSIONAL = "professional"
    WELFARE = "welfare"
    YOUTH_WORK = "youth_work"
    CARE_TEAM = "care_team"
    SPORTS_CLUB = "sports_club"
    SCHOOL = "school"
    HOUSING = "housing"
    MUNICIPAL_DEPARTMENT = "municipal_department"
    BUSINESS = "business"
    SOCIAL_ENTERPRISE = "social_enterprise"
    LIBRARY = "library"
    SUPPORTED_HOUSING = "supported_housing"


class LegalForm(StrEnum):
    """In what form of law it exists; a group of neighbours has none."""

    NONE = "none"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    PUBLIC_BODY = "public_body"
    COMPANY = "company"
