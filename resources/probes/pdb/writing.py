"""Values that a person sets: variables of any frame, and elements and attributes of what they hold."""
import sys
from collections import deque

from . import kinds
from .frames import SHOWN_AS, scope_values
from .service import Refused
from .stdlib import late_module
from .types_of import is_a, plain, type_name

# A value to set may run the program's code, but is seldom meant to.
MAX_MILLISECONDS = 10_000
_OPTIMIZED = 1  # inspect.CO_OPTIMIZED: locals are in the frame, and its dict is a copy
_FIXED = (tuple, str, bytes, frozenset, set, range, memoryview)


def place(desk, found, name):
    """The function that assigns to a child by the name under which it is shown. Raises Refused with a sentence."""
    kind, value = found
    if kind == 'scope':
        return _variable(desk, value, name)
    for base in _FIXED:
        if is_a(value, base):
            raise Refused('A {} cannot be changed in place. Set the variable that holds it.'.format(base.__name__))
    shown = kinds.kind_of(value)
    if is_a(value, dict):
        keys = [key for key in dict.keys(value) if plain(kinds.kind_of(key).text(key, False)) == name]
        if len(keys) == 1:
            return _element(value, keys[0])
        if keys or not name.isidentifier():
            raise Refused('{} keys look like {}. Assign in the console.'.format(len(keys) or 'No', name[:80]))
    if (is_a(value, list) or is_a(value, deque) or is_a(value, bytearray) or shown.writable) and name.isdigit():
        return _element(value, int(name))
    if name.isidentifier():
        return lambda new: setattr(value, name, new)
    raise Refused('{} of a {} cannot be set here. Assign to it in the console.'.format(name[:80], type_name(type(value))))


def _element(container, key):
    def assign(new):
        container[key] = new
    return assign


def _variable(desk, scope, name):
    frame, which = scope
    if name in SHOWN_AS.values():
        raise Refused('{} is what pdb says of this stop, not a variable.'.format(name))
    if all(known != name for known, _ in scope_values(desk, frame, which) or ()):
        raise Refused('There is no variable {} in this scope.'.format(name[:80]))
    if which == 'Globals':
        return lambda new: dict.__setitem__(frame.f_globals, name, new)
    names = desk.namespaces.of(frame, which)
    write_back = _write_back(desk, frame)

    def assign(new):
        names[name] = new
        write_back()
    return assign


def _write_back(desk, frame):
    """What takes the dict of a frame's locals into the frame itself; from 3.13 on the two are one."""
    if sys.version_info >= (3, 13) or not frame.f_code.co_flags & _OPTIMIZED:
        return lambda: None
    ctypes = late_module('ctypes')
    if ctypes is None:
        raise Refused('This Python is built without ctypes, by which a local variable of a function is set. Assign in the console.')
    return lambda: ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))


