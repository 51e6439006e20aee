"""What there is to visit: every page of the address map, in every state the demo has.

For each kind of id there is a query that finds one thing of each state. A page is visited as the
first of the town's people who may open it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from database import db

# One of each kind of thing in a town: (parameter, query giving id and the name of its state).
THINGS: dict[str, str] = {
    "area_slug": """
        SELECT DISTINCT ON (coalesce(c.phase, a.kind)) a.slug, coalesce(c.phase, a.kind)
        FROM area a LEFT JOIN cycle c ON c.area_id = a.id
        WHERE a.municipality_id = :town ORDER BY coalesce(c.phase, a.kind), c.plan_year DESC""",
    "cycle_id": """
        SELECT DISTINCT ON (phase) id, phase FROM cycle
        WHERE municipality_id = :town ORDER BY phase, id""",
    "priority_id": """
        SELECT DISTINCT ON (p.state, c.phase) p.id, p.state || ' in ' || c.phase
        FROM priority p JOIN cycle c ON c.id = p.cycle_id
        WHERE p.municipality_id = :town ORDER BY p.state, c.phase, p.id""",
    "meeting_id": """
        SELECT DISTINCT ON (state, kind) id, state || ' ' || kind FROM meeting
        WHERE municipality_id = :town ORDER BY state, kind, id""",
    "motion_id": """
        SELECT DISTINCT ON (e.state) m.election_id, e.state FROM meeting_motion m
        JOIN election e ON e.id = m.election_id
        WHERE e.municipality_id = :town ORDER BY e.state, m.election_id""",
    "election_id": """
        SELECT DISTINCT ON (state, kind) id, state || ' ' || kind FROM election
        WHERE municipality_id = :town ORDER BY state, kind, id""",
    "activity_id": """
        SELECT DISTINCT ON (c.phase) a.id, c.phase FROM activity a
        JOIN plan p ON p.id = a.plan_id JOIN cycle c ON c.id = p.cycle_id
        WHERE c.municipality_id = :town ORDER BY c.phase, a.id""",
    "task_id": """
        SELECT DISTINCT ON (state) id, state FROM task
        WHERE municipality_id = :town ORDER BY state, id""",
    "offer_id": """
        SELECT DISTINCT ON (o.state) o.id, o.state FROM offer o JOIN task t ON t.id = o.task_id
        WHERE t.municipality_id = :town ORDER BY o.state, o.id""",
    "entry_id": """
        SELECT DISTINCT ON (l.kind) l.id, l.kind FROM ledger_entry l
        JOIN cycle c ON c.id = l.cycle_id JOIN task t ON t.id = l.task_id
        WHERE c.municipality_id = :town AND t.state <> 'done' AND l.kind = 'payment'
        ORDER BY l.kind, l.id""",
    "person_id": """
        SELECT p.id, 'staff' FROM person p JOIN role_assignment r ON r.person_id = p.id
        WHERE p.municipality_id = :town AND r.role = 'facilitator' ORDER BY p.id LIMIT 1""",
    "assignment_id": """
        SELECT r.id, 'held' FROM role_assignment r JOIN person p ON p.id = r.person_id
        WHERE p.municipality_id = :town AND r.role = 'facilitator' ORDER BY r.id LIMIT 1""",
    "rule_set_id": """
        SELECT id, 'kept' FROM rule_set WHERE municipality_id = :town ORDER BY id LIMIT 1""",
    "name": """
        SELECT DISTINCT ON (f.name) f.name, f.name FROM published_file f
        JOIN election e ON e.id = f.election_id WHERE e.municipality_id = :town""",
    "sign_up_token": "SELECT 'no-such-token', 'unknown' WHERE :town > 0",
    "token": "SELECT 'no-such-token', 'unknown' WHERE :town > 0",
}
PEOPLE = """
    SELECT min(p.id) AS id FROM person p JOIN role_assignment r ON r.person_id = p.id
    WHERE p.municipality_id = :town GROUP BY r.role
    UNION
    SELECT author_id FROM priority WHERE municipality_id = :town AND state = 'draft'
    UNION
    SELECT max(r.person_id) FROM role_assignment r JOIN cycle c ON c.area_id = r.area_id
    WHERE c.municipality_id = :town AND c.phase = 'collect' AND r.role = 'resident'"""


@dataclass(frozen=True)
class Visit:
    """One page in one state: the rule and what fills its parameters, without language."""

    endpoint: str
    values: tuple[tuple[str, object], ...]
    state: str


def town_ids() -> dict[str, int]:
    """The towns of the demo by their address."""
    rows = db.session.execute(text("SELECT slug, id FROM municipality"))
    return {row.slug: row.id for row in rows}


def visits_of(app: Flask, slug: str, town: int) -> Iterator[Visit]:
    """Every page that can be opened, in each state that this town has."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            yield from _visits_of_rule(rule, slug, town)


def people_of(town: int) -> list[int]:
    """One person of each role, one with a draft, and one who can begin one."""
    return [row.id for row in db.session.execute(text(PEOPLE), {"town": town})]


def _visits_of_rule(rule: Rule, slug: str, town: int) -> Iterator[Visit]:
    parameters = sorted(rule.arguments - {"lang", "town"})
    found = [_things(parameter, rule, town) for parameter in parameters]
    for combination in product(*found):
        values = [(name, value) for name, (value, _) in zip(parameters, combination, strict=True)]
        if "town" in rule.arguments:
            values.append(("town", slug))
        state = ", ".join(state for _, state in combination)
        yield Visit(rule.endpoint, tuple(values), state)


def _things(parameter: str, rule: Rule, town: int) -> list[tuple[object, str]]:
    if parameter == "act_name":
        converter = rule._converters["act_name"]
        return [(act, act) for act in sorted(converter.items)]
    rows = db.session.execute(text(THINGS[parameter]), {"town": town})
    return [(value, str(state)) for value, state in rows]
