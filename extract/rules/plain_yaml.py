"""YAML as plain text: every scalar is the string it is; what surprises or harms is refused."""

from __future__ import annotations

from typing import Any

import yaml

YAMLError = yaml.YAMLError


def read_yaml(text: str) -> Any:
    """The content of a YAML text: mappings, lists, and strings (None where nothing or `null` stands).

    Raises yaml.YAMLError for malformed YAML, duplicate keys, keys that are no text, aliases, tags, and nesting that
    is too deep.
    """
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        node = yaml.compose(text, Loader=loader)
        return None if node is None else _plain(node, set())
    except RecursionError:
        raise YAMLError("brackets are nested too deep") from None


def _plain(node: yaml.Node, seen: set[int]) -> Any:
    if id(node) in seen:
        raise _fault("an alias is used; write the value out", node)
    seen.add(id(node))
    if not node.tag.startswith("tag:yaml.org,2002:"):
        raise _fault(f"the tag {node.tag} is refused", node)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            name = _plain(key, seen)
            if not isinstance(name, str):
                raise _fault("a key is no text", key)
            if name in mapping:
                raise _fault(f"the key {name!r} stands twice", key)
            mapping[name] = _plain(value, seen)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, seen) for item in node.value]
    plain = getattr(node, "style", None) in (None, "")
    return None if plain and node.value in ("null", "~", "") else node.value


def _fault(what: str, node: yaml.Node) -> YAMLError:
    return yaml.constructor.ConstructorError(None, None, what, node.start_mark)
