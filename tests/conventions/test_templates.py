"""Templates: nothing inline that the policy forbids, nothing unused, no words outside gettext."""

from __future__ import annotations

import re

from tests.conventions.sources import python_files, relative, template_files

HTML = [f for f in template_files() if f.suffix == ".html"]
WORDS = re.compile(r"(?<![-\wÀ-ÿ])(?!bb-)[A-Za-zÀ-ÿ]{2,}")
# Names of languages, units and marks that read the same in every language.
SAME_IN_EVERY_LANGUAGE = {"Nederlands", "Deutsch", "English", "euro", "PDF", "ICS", "CSV", "JSON"}
SPOKEN_ATTRIBUTES = re.compile(
    r"\b(?:aria-label|title|alt|placeholder)=\"([^\"{]*[A-Za-z][^\"{]*)\""
)


def test_no_inline_style_script_or_handler() -> None:
    forbidden = re.compile(
        r"\sstyle=|\son[a-z]+=|<script(?![^>]*(?:src=|nonce=))|<style(?![^>]*nonce)"
    )
    found = [relative(f) for f in HTML if forbidden.search(f.read_text(encoding="utf-8"))]
    assert found == []


def test_no_address_of_a_third_party() -> None:
    outside = re.compile(r"(?:src|href|action)=\"(?:https?:)?//")
    found = [relative(f) for f in HTML if outside.search(f.read_text(encoding="utf-8"))]
    assert found == []


def test_every_form_that_writes_carries_a_token() -> None:
    posts = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
    bare = [
        f"{relative(f)}: {form[:80]}"
        for f in HTML
        for form in posts.findall(f.read_text(encoding="utf-8"))
        if not re.search(r"csrf_token|hidden_tag|hidden|caller", form)
    ]
    assert bare == []


def test_every_template_is_used() -> None:
    sources = [f.read_text(encoding="utf-8") for f in (*python_files(), *HTML)]
    everything = "\n".join(sources)
    unused = [
        name
        for f in HTML
        if (name := relative(f).removeprefix("templates/")) not in everything
        and not name.startswith(("errors/", "email/"))
    ]
    assert unused == []


def test_every_macro_is_used() -> None:
    texts = {f: f.read_text(encoding="utf-8") for f in HTML}
    unused = []
    for file, text in texts.items():
        for name in re.findall(r"{%-? macro (\w+)", text):
            uses = sum(len(re.findall(rf"\b{name}\b", other)) for other in texts.values())
            if uses < 2:
                unused.append(f"{relative(file)}: {name}")
    assert unused == []


def test_no_words_stand_outside_gettext() -> None:
    found = [
        f"{relative(file)}:{line}: {words}"
        for file in HTML
        for line, words in _plain_words(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def _plain_words(text: str) -> list[tuple[int, str]]:
    """Words a reader would see or hear that stand in the template itself, with their line."""
    bare = re.sub(
        r"{#.*?#}|{%-? *trans.*?endtrans *-?%}|{%.*?%}|{{.*?}}", _blank, text, flags=re.DOTALL
    )
    spoken = [(m.start(), m.group(1)) for m in SPOKEN_ATTRIBUTES.finditer(bare)]
    visible = re.sub(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>", _blank, bare, flags=re.DOTALL)
    visible = re.sub(r"<[^>]*>|&\w+;", _blank, visible)
    found = [(m.start(), m.group()) for m in WORDS.finditer(visible)]
    return [
        (text.count("\n", 0, position) + 1, words)
        for position, words in found + spoken
        if words not in SAME_IN_EVERY_LANGUAGE
    ]


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())
