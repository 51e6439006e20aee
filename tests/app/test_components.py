"""The parts pages are put together from: what each says, to eyes and to screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace

import html5lib
import pytest
from flask import Flask, g
from flask_babel import Babel
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.filters import register_filters
from app.towns import url_for_page
from config import PROJECT_DIR

TEMPLATES = PROJECT_DIR / "templates"
STYLESHEETS = PROJECT_DIR / "app" / "static" / "css"


class WishForm(FlaskForm):
    """One of each kind of question."""

    title = StringField("Title", [InputRequired("Give it a name.")], description="Keep it short.")
    text = TextAreaField("What should happen?")
    theme = SelectField("Theme", choices=[SelectChoice("safety", "Safety")])
    route = RadioField(
        "Who does it?",
        [InputRequired("Choose one.")],
        choices=[SelectChoice("residents", "Residents")],
    )
    functions = SelectMultipleField(
        "Functions",
        choices=[SelectChoice("meeting", "Meeting")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agreed = BooleanField("I agree", [InputRequired("Please agree.")])
    draft = HiddenField(default="12")


@pytest.fixture(scope="module")
def web() -> Flask:
    """Templates and formatting, without a database."""
    web = Flask("components", template_folder=str(TEMPLATES))
    web.config.update(SECRET_KEY="a" * 32, TESTING=True)
    Babel(web)
    CSRFProtect(web)
    register_filters(web)
    web.jinja_env.globals.update(WishForm=WishForm, url_for_page=url_for_page)
    web.add_url_rule("/areas/<slug>/wishes", "wishes", lambda slug: slug, methods=["GET", "POST"])
    return web


@pytest.fixture
def request_context(web: Flask) -> Iterator[None]:
    with web.test_request_context("/areas/linde/wishes?theme=safety&page=2", method="POST"):
        g.url_values = {"slug": "linde"}
        yield


def render(web: Flask, source: str, **values: object) -> str:
    """The part as HTML, after a strict parser has read it."""
    html = web.jinja_env.from_string(source).render(g=g, **values)
    page = f"<!DOCTYPE html><html lang=en><head><title>x</title></head><body>{html}</body></html>"
    html5lib.HTMLParser(strict=True).parse(page)
    assert " style=" not in html
    return html


FORMS = '{% import "components/forms.html" as forms %}'


@pytest.fixture
def wrong_form(request_context: None) -> WishForm:
    """The form after it was sent empty."""
    form = WishForm(formdata=None, meta={"csrf": True})
    form.validate()
    return form


def test_error_is_said_in_summary_and_at_field(web: Flask, wrong_form: WishForm) -> None:
    html = render(
        web, FORMS + "{% call forms.form(f) %}{{ forms.field(f.title) }}{% endcall %}", f=wrong_form
    )
    assert '<a class="utrecht-link" href="#title">Give it a name.</a>' in html
    assert 'aria-describedby="title-help title-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="title-error"' in html
    assert 'role="alert"' in html


def test_error_of_a_group_leads_to_its_first_choice(web: Flask, wrong_form: WishForm) -> None:
    html = render(
        web, FORMS + "{% call forms.form(f) %}{{ forms.field(f.route) }}{% endcall %}", f=wrong_form
    )
    assert 'href="#route-0"' in html
    assert 'id="route-0"' in html
    assert "<legend" in html


def test_form_without_errors_has_no_summary(web: Flask, request_context: None) -> None:
    html = render(web, FORMS + "{{ forms.error_summary(f) }}", f=WishForm())
    assert html.strip() == ""


def test_hidden_fields_carry_no_ids_so_that_a_page_may_hold_two_forms(
    web: Flask, request_context: None
) -> None:
    html = render(web, FORMS + "{% call forms.form(f) %}{% endcall %}", f=WishForm())
    assert re.search(r'<input type="hidden" name="csrf_token" value="[^"]+">', html)
    assert '<input type="hidden" name="draft" value="12">' in html
    assert "id=" not in html


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "<textarea"),
        ("theme", "<select"),
        ("functions", 'type="checkbox"'),
        ("agreed", 'type="checkbox"'),
    ],
)
def test_each_kind_of_field_has_its_control_and_its_label(
    web: Flask, request_context: None, name: str, expected: str
) -> None:
    html = render(web, FORMS + "{{ forms.field(f[name]) }}", f=WishForm(), name=name)
    assert expected in html
    assert "<label" in html


def test_field_that_may_stay_empty_says_so(web: Flask, request_context: None) -> None:
    form = WishForm()
    optional = render(web, FORMS + "{{ forms.field(f.text) }}", f=form)
    required = render(web, FORMS + "{{ forms.field(f.title) }}", f=form)
    assert "(not required)" in optional
    assert "(not required)" not in required


def test_destructive_step_says_what_will_happen(web: Flask, request_context: None) -> None:
    html = render(
        web,
        FORMS + '{{ forms.confirm(f, ["The count begins at once."], "Close", "/back") }}',
        f=WishForm(),
    )
    assert "The count begins at once." in html
    assert 'href="/back"' in html


def test_post_button_carries_the_token(web: Flask, request_context: None) -> None:
    html = render(web, FORMS + '{{ forms.post_button("/x", "Support") }}')
    assert 'method="post"' in html
    assert re.search(r'name="csrf_token" value="[^"]+"', html)


PAGES = '{% from "components/pagination.html" import pagination %}{{ pagination(page) }}'


def test_pages_of_a_list_keep_the_other_questions(web: Flask, request_context: None) -> None:
    html = render(web, PAGES, page=SimpleNamespace(number=2, pages=3))
    assert 'href="/areas/linde/wishes?theme=safety&amp;page=1"' in html
    assert 'href="/areas/linde/wishes?theme=safety&amp;page=3"' in html


def test_single_page_shows_no_page_links(web: Flask, request_context: None) -> None:
    assert render(web, PAGES, page=SimpleNamespace(number=1, pages=1)).strip() == ""


BAR = """{% from "components/money_bar.html" import money_bar %}
{{ money_bar(stones, "All of it", key=true) }}"""


def stone_widths(html: str) -> list[float]:
    return [float(width) for width in re.findall(r'width="([0-9.]+)%"', html)]


def test_money_bar_shares_follow_the_amounts(web: Flask, request_context: None) -> None:
    html = render(
        web,
        BAR,
        stones=[{"value": 3000, "label": "1"}, {"value": 1000, "tone": "rest", "name": "free"}],
    )
    assert stone_widths(html) == [75.0]
    assert 'aria-label="All of it"' in html
    assert "free" in html


def test_money_bar_shows_even_the_smallest_stone(web: Flask, request_context: None) -> None:
    html = render(web, BAR, stones=[{"value": 1_000_000}, {"value": 1}])
    widths = stone_widths(html)
    assert min(widths) > 0.7
    assert sum(widths) == pytest.approx(100, abs=0.01)


def test_money_bar_of_nothing_is_an_empty_bar(web: Flask, request_context: None) -> None:
    assert stone_widths(render(web, BAR, stones=[{"value": 0, "tone": "leaf"}])) == []


YEAR = '{% from "components/year_line.html" import year_line %}{{ year_line(stops) }}'


def year(now: int) -> list[dict[str, object]]:
    """Eight stops, the ``now``-th being lived; 9 means the year is closed."""
    return [
        {
            "number": number,
            "name": f"Phase {number}",
            "dates": "May",
            "state": "done" if number < now else "now" if number == now else "next",
        }
        for number in range(1, 9)
    ]


def test_year_line_marks_one_step_as_the_current_one(web: Flask, request_context: None) -> None:
    html = render(web, YEAR, stops=year(4))
    assert html.count('aria-current="step"') == 1
    assert html.count("You are here") == 1
    assert "Next: Phase 5, May" in html


def test_closed_year_has_no_current_step(web: Flask, request_context: None) -> None:
    html = render(web, YEAR, stops=year(9))
    assert "aria-current" not in html
    assert "This year is closed." in html


def test_life_line_says_which_step_is_now(web: Flask, request_context: None) -> None:
    source = '{% from "components/life_line.html" import life_line %}{{ life_line(steps) }}'
    steps = [
        {"number": 2, "when": "June", "title": "A wish", "text": "One\nTwo", "state": "done"},
        {"number": 7, "when": "Now", "title": "Work", "state": "now", "link": ("Help", "/help")},
    ]
    html = render(web, source, steps=steps)
    assert html.count('aria-current="step"') == 1
    assert '<a class="utrecht-link" href="/help">Help</a>' in html


BOOTH = '{% from "components/booth.html" import ballot, ballot_option, purse %}'


def test_ballot_option_names_its_price_and_its_text(web: Flask, request_context: None) -> None:
    option = {"id": "a", "title": "Trees", "cost": 125_000, "text": "Ten trees."}
    html = render(
        web,
        BOOTH + '{% call ballot("Projects") %}{{ ballot_option("choice", o) }}{% endcall %}',
        o=option,
    )
    assert "€1,250" in html
    assert 'data-cost="125000"' in html
    assert 'aria-describedby="option-a-text option-a-foot"' in html
    assert " checked" not in html


def test_purse_says_in_words_what_is_left(web: Flask, request_context: None) -> None:
    html = render(web, BOOTH + '{{ purse("On", "form", budget=100_000, spent=25_000, chosen=1) }}')
    assert "€750 left" in html
    assert "1 project chosen" in html
    assert 'role="status"' in html


def test_purse_says_when_too_much_was_chosen(web: Flask, request_context: None) -> None:
    html = render(web, BOOTH + '{{ purse("On", "form", budget=100_000, spent=125_000, chosen=2) }}')
    assert "€250 too much" in html
    assert stone_widths(html) == [100.0]


def test_text_in_another_language_is_marked_with_it(web: Flask, request_context: None) -> None:
    source = """{% from "components/language_of_content.html" import original -%}
    {{ original("Bäume", "de", lang) }}"""
    assert render(web, source, lang="nl").strip() == '<span lang="de">Bäume</span>'
    assert render(web, source, lang="de").strip() == "Bäume"


def test_what_people_wrote_is_never_markup(web: Flask, request_context: None) -> None:
    source = '{% from "components/card.html" import card %}{{ card(title=t, text=t) }}'
    assert "<script>" not in render(web, source, t="<script>alert(1)</script>")


def template_sources() -> list[tuple[str, str]]:
    """Name and text of every template, without its comments."""
    return [
        (
            str(path.relative_to(TEMPLATES)),
            re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL),
        )
        for path in sorted(TEMPLATES.rglob("*.html"))
        if path.parent.name != "email"
    ]


def test_no_template_needs_what_the_content_policy_forbids() -> None:
    forbidden = re.compile(r"\sstyle=|\son[a-z]+=|<style|javascript:|<script(?![^>]*\ssrc=)")
    assert [name for name, text in template_sources() if forbidden.search(text)] == []


def test_every_macro_says_in_a_line_what_it_is_for() -> None:
    silent = [
        f"{path.name}: {line}"
        for path in sorted((TEMPLATES / "components").glob("*.html"))
        for before, line in _lines_with_the_one_before(path.read_text())
        if line.startswith("{% macro") and not before.endswith("#}")
    ]
    assert silent == []


def _lines_with_the_one_before(text: str) -> list[tuple[str, str]]:
    return list(pairwise(["", *text.splitlines()]))


def test_every_class_of_ours_in_a_template_has_a_rule() -> None:
    rules = set(re.findall(r"\.(bb-[\w-]+)", _all_styles()))
    # Hooks that only group; they need no look of their own.
    rules |= {"bb-ballot", "bb-booth__what", "bb-desk__work", "bb-life"}
    unknown = {
        f"{name}: {word}"
        for name, text in template_sources()
        for word in re.findall(r"(?<![\w-])bb-[a-z][\w-]*", text)
        if word not in rules and not word.endswith("-")
    }
    assert unknown == set()


def test_every_token_used_in_a_stylesheet_is_defined() -> None:
    styles = _all_styles()
    used = set(re.findall(r"var\((--[\w-]+)\)", styles))
    defined = set(re.findall(r"(--[\w-]+)\s*:", styles))
    assert used - defined == set()


def test_colours_stand_in_the_theme_alone() -> None:
    elsewhere = [
        path.name
        for path in sorted(STYLESHEETS.rglob("*.css"))
        if path.name not in {"theme.css", "print.css"}
        and re.search(r":[^;{]*#[0-9a-f]{3,8}\b", path.read_text())
    ]
    assert elsewhere == []


def _all_styles() -> str:
    return "".join(path.read_text() for path in sorted(STYLESHEETS.rglob("*.css")))
