"""Translation catalogues: taken from the sources, merged, compiled. What they say is not ours."""

from __future__ import annotations

from setup.places import BUILD, ROOT, VENV_PYTHON
from setup.stamps import fingerprint, is_current, write_stamp
from setup.steps import Command, run_logged, step

TRANSLATIONS = ROOT / "translations"
TRANSLATED = ("nl", "de")
TEMPLATE = BUILD / "messages.pot"
BABEL: Command = [VENV_PYTHON, "-m", "babel.messages.frontend", "--quiet"]
KEYWORDS = ("--keyword=_l", "--keyword=lazy_gettext", "--keyword=lazy_ngettext:1,2")


def compile_catalogues() -> None:
    """Compile every catalogue, unless none has changed."""
    sources = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
    compiled = [file.with_suffix(".mo") for file in sources]
    stamp = BUILD / "catalogues.stamp"
    value = fingerprint(sources)
    if all(file.exists() for file in compiled) and (not sources or is_current(stamp, value)):
        return
    with step("Translations"):
        command: Command = [*BABEL, "compile", f"--directory={TRANSLATIONS}"]
        run_logged("Translations", command, log_name="translations")
    write_stamp(stamp, value)


def renew_catalogues() -> None:
    """Take the strings from the sources and merge them into every catalogue.

    A new string arrives untranslated and an unused one goes; no translation is guessed.
    """
    with step("Strings taken from the sources"):
        BUILD.mkdir(exist_ok=True)
        options = ["--mapping-file=pyproject.toml", "--no-location", "--sort-output"]
        options += ["--project=De buurt beslist", "--add-comments=Translators:", *KEYWORDS]
        command: Command = [*BABEL, "extract", *options, f"--output-file={TEMPLATE}", "."]
        run_logged("Strings", command, log_name="translations")
    for language in TRANSLATED:
        _merge(language)
    compile_catalogues()


def _merge(language: str) -> None:
    catalogue = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    places = [f"--input-file={TEMPLATE}", f"--output-file={catalogue}", f"--locale={language}"]
    command: Command = [*BABEL, "init", *places]
    if catalogue.exists():
        options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
        command = [*BABEL, "update", *options, *places]
    with step(f"Catalogue {language}"):
        run_logged(language, command, log_name="translations")
