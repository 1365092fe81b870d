"""How types of the standard library are shown that a program may have loaded, or not: found by name, and only where genuine."""
import gc
import os
import sys
import types
import weakref

from .definitions import MODULE_DICT
from .types_of import TYPE_DICT, find, is_a, plain, type_name

_STDLIB = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
_MODULE = type.__dict__['__module__'].__get__
_MEMBER = types.MemberDescriptorType
# What was found stays known by its id, so it must stay alive.
_alive = []


class Kind:
    """`text(value, brief)` shows a value; `length` and `items` take it apart where it has elements, which can be `writable`."""

    def __init__(self, text, length=None, items=None, writable=False):
        self.text = text
        self.length = length
        self.items = items
        self.writable = writable


def library_kind(cls, brief):
    """The Kind of a class of the standard library that has one, else None. `brief` shows a part of a value."""
    maker = _MAKERS.get(type_name(cls))
    if maker is None or not _is_genuine(cls):
        return None
    _alive.append(cls)
    return maker(cls, brief)


def _is_genuine(cls):
    """Whether the module that a class names is the standard library's, and holds it."""
    module = _MODULE(cls)
    if type(module) is not str or module.partition('.')[0] not in _MODULES:
        return False
    loaded = sys.modules.get(module)
    if type(loaded) is not types.ModuleType or MODULE_DICT(loaded).get(type_name(cls)) is not cls:
        return False
    file = find(MODULE_DICT(loaded), '__file__')
    return file is None or type(file) is str and file.startswith(_STDLIB)


def _get(cls, name):
    return TYPE_DICT(cls)[name].__get__


def _slots(value, cls, names):
    """Slots of a class of the library's own, each None where it is not set."""
    found = []
    for name in names:
        member = TYPE_DICT(cls).get(name)
        try:
            found.append(member.__get__(value) if type(member) is _MEMBER else None)
        except AttributeError:
            found.append(None)
    return found


def _date(cls, brief):
    year, month, day = (_get(cls, name) for name in ('year', 'month', 'day'))
    return Kind(lambda value, short: '{:04}-{:02}-{:02}'.format(year(value), month(value), day(value)))


def _clock(cls):
    hour, minute, second, part, zone = (_get(cls, name) for name in ('hour', 'minute', 'second', 'microsecond', 'tzinfo'))

    def text(value):
        shown = '{:02}:{:02}:{:02}'.format(hour(value), minute(value), second(value))
        if part(value):
            shown += '.{:06}'.format(part(value))
        return shown + _zone_text(zone(value))
    return text


def _zone_text(zone):
    if zone is None:
        return ''
    cls = type(zone)
    known = type_name(cls) == 'timezone' and _is_genuine(cls)
    return ' ' + (plain(cls.__str__(zone), 40) if known else type_name(cls))


def _time(cls, brief):
    clock = _clock(cls)
    return Kind(lambda value, short: clock(value))


def _datetime(cls, brief):
    date, clock = _date(cls.__mro__[1], brief).text, _clock(cls)
    return Kind(lambda value, short: date(value, short) + ' ' + clock(value))


def _by_str(cls, brief):
    """A C type whose `str` asks the value's own fields alone."""
    return Kind(lambda value, short: plain(cls.__str__(value)))


def _decimal(cls, brief):
    return Kind(lambda value, short: "Decimal('{}')".format(plain(cls.__str__(value))))


def _fraction(cls, brief):
    def text(value, short):
        return 'Fraction({})'.format(', '.join(brief(part) for part in _slots(value, cls, ('_numerator', '_denominator'))))
    return Kind(text)


def _uuid(cls, brief):
    def text(value, short):
        number, = _slots(value, cls, ('int',))
        if type(number) is not int:
            return '<UUID>'
        digits = '{:032x}'.format(number)
        return "UUID('{}')".format('-'.join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])))
    return Kind(text)


def _path(cls, brief):
    def text(value, short):
        whole, drive, root, parts, raw = _slots(value, cls, ('_str', '_drv', '_root', '_parts', '_raw_paths'))
        if type(whole) is not str:
            whole = _joined(parts, (drive or '') + (root or '')) if type(parts) is list else _joined(raw, '')
        return '{}({})'.format(type_name(type(value)), str.__repr__(plain(whole)))
    return Kind(text)


def _joined(parts, anchor):
    """A path's parts as they were given. The first is the anchor, where there is one."""
    if type(parts) is not list or not all(type(part) is str for part in parts):
        return '…'
    return anchor + '/'.join(parts[1:]) if anchor and anchor != '.' else '/'.join(parts) or '.'


def _array(cls, brief):
    code = _get(cls, 'typecode')

    def page(value, start, stop):
        return [(str(start + at), item) for at, item in enumerate(cls.__getitem__(value, slice(start, stop)))]

    def text(value, short):
        length = cls.__len__(value)
        shown = [] if short else [brief(item) for _, item in page(value, 0, 8)]
        if length > len(shown):
            shown.append('… {:,} more'.format(length - len(shown)) if shown else '…')
        return "array('{}', [{}])".format(code(value), ', '.join(shown))
    return Kind(text, cls.__len__, page, True)


def _partial(cls, brief):
    function, arguments, keywords = (_get(cls, name) for name in ('func', 'args', 'keywords'))

    def text(value, short):
        return 'partial({}{})'.format(brief(function(value)), ', …' if arguments(value) or dict.__len__(keywords(value)) else '')

    def items(value, start, stop):
        return [('func', function(value)), ('args', arguments(value)), ('keywords', keywords(value))][start:stop]
    return Kind(text, lambda value: 3, items)


def _pattern(cls, brief):
    pattern, flags = _get(cls, 'pattern'), _get(cls, 'flags')

    def text(value, short):
        return 're.compile({})'.format(brief(pattern(value)))
    return Kind(text, lambda value: 2, lambda value, start, stop: [('pattern', pattern(value)), ('flags', flags(value))][start:stop])


def reference(brief):
    """A weak reference: what it stands for, as long as that lives."""
    def items(value, start, stop):
        found = weakref.ref.__call__(value)
        return [('(referent)', found)][start:stop] if found is not None else []

    def text(value, short):
        found = weakref.ref.__call__(value)
        return '<weakref, dead>' if found is None else '<weakref to {}>'.format(type_name(type(found)))
    return Kind(text, lambda value: len(items(value, 0, 1)), items)


def proxy(of_dict, brief):
    """A read-only view of a mapping; a mapping of the program's is only named."""
    def inner(value):
        found = gc.get_referents(value)
        return found[0] if len(found) == 1 and is_a(found[0], dict) else None

    def text(value, short):
        held = inner(value)
        return 'mappingproxy({})'.format('…' if held is None else of_dict.text(held, short))

    def items(value, start, stop):
        held = inner(value)
        return [] if held is None else of_dict.items(held, start, stop)
    return Kind(text, lambda value: 0 if inner(value) is None else dict.__len__(inner(value)), items)


def suspended(cls, prefix, noun):
    """A generator or coroutine: whose, and where it stands."""
    frame, code, running, name = (_get(cls, part) for part in (prefix + '_frame', prefix + '_code', prefix + '_running', '__qualname__'))

    def text(value, short):
        shown = '<{} {}'.format(noun, plain(name(value)))
        held = frame(value)
        if held is None:
            return shown + ', finished>'
        if short:
            return shown + '>'
        where = code(value).co_filename.rpartition('/')[2]
        if running(value):
            return '{}, running>'.format(shown)
        if held.f_lasti < 0 or _is_new(held):
            return '{}, not started, {}:{}>'.format(shown, where, code(value).co_firstlineno)
        return '{}, suspended at {}:{}>'.format(shown, where, held.f_lineno)
    return Kind(text)


def _is_new(frame):
    """3.11 and later begin with instructions that make the generator itself."""
    return frame.f_lineno == frame.f_code.co_firstlineno and frame.f_lasti <= 6


_MODULES = frozenset(('datetime', 'decimal', 'fractions', 'uuid', 'pathlib', 'array', 'functools', 're'))
_MAKERS = {
    'date': _date, 'time': _time, 'datetime': _datetime, 'timedelta': _by_str, 'timezone': _by_str, 'Decimal': _decimal,
    'Fraction': _fraction, 'UUID': _uuid, 'PurePath': _path, 'array': _array, 'partial': _partial, 'Pattern': _pattern,
}
