"""Templates and their contexts fit: no name that a context lacks, no field that nobody prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from jinja2 import meta, nodes

from sourceline.show.web import pages, view
from sourceline.show.web.failures import FailurePage
from sourceline.show.web.rendering import Rendering

ENVIRONMENT = Rendering().environment
FREE = {"status"}
"""What the answer uses, not the page."""


def views(of: type[view.View] = view.View) -> Iterator[type[view.View]]:
    for kind in of.__subclasses__():
        yield kind
        yield from views(kind)


VIEWS = sorted((kind for kind in views() if "__slots__" in vars(kind)), key=lambda kind: kind.__name__)
"""Without the classes that dataclasses with slots were made from."""


def parsed(name: str) -> nodes.Template:
    assert ENVIRONMENT.loader is not None
    source, _, _ = ENVIRONMENT.loader.get_source(ENVIRONMENT, name)
    return ENVIRONMENT.parse(source)


def whole(name: str) -> set[str]:
    """A template with those that it extends and includes, which see the same context."""
    found = {name}
    for node in parsed(name).find_all((nodes.Extends, nodes.Include)):
        assert isinstance(node, nodes.Extends | nodes.Include) and isinstance(node.template, nodes.Const)
        found |= whole(node.template.value)
    return found


def names(template: str) -> set[str]:
    """What it takes from its context."""
    trees = [parsed(part) for part in whole(template)]
    asked = {name for tree in trees for name in meta.find_undeclared_variables(tree)}
    own = {node.target for tree in trees for node in tree.find_all(nodes.Import)}
    own |= {
        node.target.name
        for tree in trees
        for node in tree.body
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name)
    }
    return asked - own - set(ENVIRONMENT.globals)


def test_there_are_views() -> None:
    assert len(pages.PAGES) >= 12 and FailurePage in VIEWS and len(VIEWS) >= 15


@pytest.mark.parametrize("kind", VIEWS, ids=lambda kind: kind.__name__)
def test_a_template_names_what_its_context_has_and_nothing_else(kind: type[view.View]) -> None:
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    has = {field.name for field in fields(kind)}
    assert names(kind.template) - {"frame"} == has - (FREE - names(kind.template))


def test_every_template_belongs_to_a_page() -> None:
    used = {part for kind in VIEWS for part in whole(kind.template)}
    assert set(ENVIRONMENT.list_templates()) == used | {"parts.html"}


def test_what_pages_share_takes_nothing_from_a_context() -> None:
    assert names("parts.html") == set()


def test_no_template_switches_escaping_off() -> None:
    for name in ENVIRONMENT.list_templates():
        tree = parsed(name)
        assert not any(node.name == "safe" for node in tree.find_all(nodes.Filter)), name
        assert not list(tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier))), name
