"""Modules of the bridge that are loaded when they are first needed: what nobody asks for costs a start nothing."""
import importlib
import sys

_finders = []


def keep(finder):
    """The launcher's way to the packed sources, which is not left on sys.meta_path."""
    _finders.append(finder)


def module(name):
    """`casebook_bridge.NAME`. What it needs of the standard library was loaded at the start."""
    full = 'casebook_bridge.' + name
    known = sys.modules.get(full)
    if known is not None and not getattr(known.__spec__, '_initializing', False):
        return known
    sys.meta_path[:0] = _finders
    try:
        return importlib.import_module(full)
    finally:
        for finder in _finders:
            if finder in sys.meta_path:
                sys.meta_path.remove(finder)
