"""Where imported elections live, and whom to thank for them on every page that shows one."""

from __future__ import annotations

# Slug of the town that holds them, apart from every real and every example town.
TOWN_SLUG = "pabulib"
# As Pabulib asks to be cited, doi:10.24963/ijcai.2023/297.
CITATION = (
    "Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa, Talmon (2023): "
    "Participatory Budgeting: Data, Tools, and Analysis. IJCAI 2023, pp. 2667-2674, "
    "doi:10.24963/ijcai.2023/297"
)
