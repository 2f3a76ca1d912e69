"""Sphinx's settings for the pages to read. Copied beside them as conf.py."""

project = "One Day of a Journal"
author = "the authors of One Day of a Journal"
project_copyright = f"2026, {author}"
extensions = ["myst_nb"]
html_theme = "furo"
html_title = project
html_theme_options = {  # links that stand out from the text in both themes
    "light_css_variables": {
        "color-brand-content": "#0b3d91",
        "color-brand-visited": "#5b2a86",
    },
    "dark_css_variables": {
        "color-brand-content": "#9ecbff",
        "color-brand-visited": "#d2b6f5",
    },
}
html_static_path = ["_static"]
html_js_files = [("from-a-folder.js", {"defer": "defer"})]
html_copy_source = False
html_show_sphinx = False
html_show_sourcelink = False
html_last_updated_fmt = None
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # nothing is fetched from other hosts
nb_mime_priority_overrides = [("html", "text/html", 0)]
suppress_warnings = ["myst.header", "myst.xref_missing", "mystnb.unknown_mime_type"]
