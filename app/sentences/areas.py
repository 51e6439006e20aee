"""Names of the kinds of areas."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.areas.models import AreaKind

AREA_KINDS = {
    AreaKind.MUNICIPALITY: _l("Municipality"),
    AreaKind.DISTRICT: _l("District"),
    AreaKind.NEIGHBOURHOOD: _l("Neighbourhood"),
    AreaKind.SOCIAL_AREA: _l("Social area"),
    AreaKind.SITE: _l("Site"),
}
