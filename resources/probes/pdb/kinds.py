"""How each builtin type is shown and taken apart. Only methods of the builtin type itself are called, unbound."""
import enum
import itertools
import sys
import types
import weakref
from collections import deque

from .definitions import builtin_text, cell_items, cell_text, class_members, class_text
from .definitions import MODULE_DICT, function_text, method_text, module_items, module_text
from .library_kinds import Kind, library_kind, proxy, reference, suspended
from .types_of import MRO, TYPE_DICT, find, is_a, plain, type_name

PREVIEW_ITEMS = 8
PREVIEW_TEXT = 200
BRIEF_TEXT = 40
MAX_BITS = 2000

_ARGS = BaseException.__dict__['args'].__get__


def kind_of(value):
    if enum_fields(value) is not None:
        return ENUM
    for base in MRO(type(value)):
        kind = KINDS.get(id(base))  # by id: a metaclass may define __hash__
        if kind is None:
            kind = library_kind(base, brief)
            if kind is None:
                continue
            KINDS[id(base)] = kind
        return kind
    return OBJECT


def brief(value):
    """One element of a preview."""
    return kind_of(value).text(value, True)


def counted(number, noun):
    return '{:,} {}{}'.format(number, noun, '' if number == 1 else 's')


def enum_fields(value):
    """(name, value) of an enum member, else None."""
    meta = type(type(value))
    if meta is type or not any(base is enum.EnumMeta for base in MRO(meta)):
        return None
    facts = TYPE_DICT(enum.Enum).get('__dict__')
    fields = facts.__get__(value) if facts is not None else None
    if fields is None or not is_a(fields, dict):
        return None
    name, content = find(fields, '_name_'), find(fields, '_value_')
    if name is None and type(content) is int:
        name = _flag_name(type(value), content)
    return (plain(name), content) if is_a(name, str) else None


def _flag_name(cls, bits):
    """Several flags at once, which have no name of their own before 3.11; None when no member is among them."""
    members = TYPE_DICT(cls).get('_member_map_')
    found = []
    for key, member in dict.items(members) if is_a(members, dict) else ():
        fields = enum_fields(member) if type(key) is str else None
        if fields is not None and type(fields[1]) is int and fields[1] and fields[1] & bits == fields[1]:
            found.append(key)
    return '|'.join(found) or None


def enum_text(value, short):
    name, content = enum_fields(value)
    shown = type_name(type(value)) + '.' + name
    return shown if short or enum_fields(content) is not None else '<{}: {}>'.format(shown, brief(content))


def int_text(value, short):
    bits = int.bit_length(value)
    return int.__repr__(value) if bits <= MAX_BITS else 'int of {:,} bits'.format(bits)


def str_text(value, short):
    limit = BRIEF_TEXT if short else PREVIEW_TEXT
    length = str.__len__(value)
    shown = str.__repr__(plain(value, limit))
    if length <= limit:
        return shown
    return shown + ('…' if short else '… ' + counted(length, 'character'))


def bytes_text(base):
    def text(value, short):
        limit = BRIEF_TEXT if short else PREVIEW_TEXT
        length = base.__len__(value)
        shown = bytes.__repr__(bytes(base.__getitem__(value, slice(0, limit))))
        shown = shown if base is bytes else 'bytearray({})'.format(shown)
        return shown if length <= limit else shown + ('…' if short else '… ' + counted(length, 'byte'))
    return text


def memoryview_text(value, short):
    try:
        return 'memoryview of {}, format {!r}'.format(counted(value.nbytes, 'byte'), value.format)
    except ValueError:
        return 'released memoryview'


def range_text(value, short):
    parts = [value.start, value.stop] + ([value.step] if int.__ne__(value.step, 1) else [])
    return 'range({})'.format(', '.join(int_text(part, True) for part in parts))


def range_length(value):
    """Of any size: len() fails past sys.maxsize."""
    return min(max(0, -((value.start - value.stop) // value.step)), sys.maxsize)


def range_items(value, start, stop):
    return [(str(at), range.__getitem__(value, at)) for at in range(start, min(stop, range_length(value)))]


def preview(first, length, opening, closing):
    parts = list(first)
    if length > len(parts):
        parts.append('… {:,} more'.format(length - len(parts)) if parts else '…')
    return opening + ', '.join(parts) + closing


def named(value, base, text):
    return text if type(value) is base else '{}({})'.format(type_name(type(value)), text)


def container(base, opening, closing, empty=None):
    """Kind of a builtin container: elements in order, by slices where it has them and by its own iterator otherwise."""
    sliced = base in (list, tuple)

    def page(value, start, stop):
        chosen = base.__getitem__(value, slice(start, stop)) if sliced else itertools.islice(base.__iter__(value), start, stop)
        return [(str(start + at), item) for at, item in enumerate(chosen)]

    def text(value, short):
        length = base.__len__(value)
        if length == 0 and empty:
            return named(value, base, empty)
        shown = [] if short else [brief(item) for _, item in page(value, 0, PREVIEW_ITEMS)]
        if base is tuple and length == 1 and shown:
            shown[0] += ','
        return named(value, base, preview(shown, length, opening, closing))
    return Kind(text, base.__len__, page)


def field_names(value):
    """A named tuple's names, else None."""
    if not is_a(value, tuple):
        return None
    for base in MRO(type(value)):
        if base is tuple:
            return None
        fields = TYPE_DICT(base).get('_fields')
        if type(fields) is tuple and len(fields) == tuple.__len__(value) and all(type(name) is str for name in fields):
            return fields
    return None


_TUPLE = container(tuple, '(', ')')


def tuple_text(value, short):
    fields = field_names(value)
    if not fields or short:
        return _TUPLE.text(value, short)
    shown = (name + '=' + brief(item) for name, item in zip(fields[:PREVIEW_ITEMS], tuple.__iter__(value)))
    return preview(shown, len(fields), type_name(type(value)) + '(', ')')


def tuple_items(value, start, stop):
    fields = field_names(value)
    page = _TUPLE.items(value, start, stop)
    return [(fields[start + at], item) for at, (_, item) in enumerate(page)] if fields else page


def dict_text(value, short):
    length = dict.__len__(value)
    first = () if short else itertools.islice(dict.items(value), PREVIEW_ITEMS)
    shown = ['{}: {}'.format(brief(key), brief(item)) for key, item in first]
    return named(value, dict, preview(shown, length, '{', '}'))


def dict_items(value, start, stop):
    chosen = itertools.islice(dict.items(value), start, stop)
    return [(kind_of(key).text(key, False), item) for key, item in chosen]


def view(cls):
    def page(value, start, stop):
        return [(str(start + at), item) for at, item in enumerate(itertools.islice(cls.__iter__(value), start, stop))]

    def text(value, short):
        shown = [] if short or type(value) is not cls else [brief(item) for _, item in page(value, 0, PREVIEW_ITEMS)]
        return preview(shown, cls.__len__(value), type_name(cls) + '([', '])')
    return Kind(text, cls.__len__, page)


def exception_args(value):
    found = _ARGS(value)
    return found if is_a(found, tuple) else ()


def exception_text(value, short):
    arguments = tuple.__getitem__(exception_args(value), slice(0, PREVIEW_ITEMS))
    return type_name(type(value)) + '(' + ', '.join(brief(item) for item in arguments) + ')'


def exception_items(value, start, stop):
    return [('args[{}]'.format(at), item) for at, item in enumerate(exception_args(value))][start:stop]


def object_text(value, short):
    return '<{}>'.format(type_name(type(value)))


def constant(value, short):
    return repr(value)


OBJECT = Kind(object_text)
ENUM = Kind(enum_text)
KINDS = {id(cls): kind for cls, kind in (
    (type(None), Kind(constant)), (bool, Kind(constant)), (type(Ellipsis), Kind(constant)), (type(NotImplemented), Kind(constant)),
    (int, Kind(int_text)), (float, Kind(lambda value, short: float.__repr__(value))),
    (complex, Kind(lambda value, short: complex.__repr__(value))),
    (str, Kind(str_text)), (bytes, Kind(bytes_text(bytes))), (bytearray, Kind(bytes_text(bytearray))),
    (memoryview, Kind(memoryview_text)),
    (range, Kind(range_text, range_length, range_items)),
    (list, container(list, '[', ']')), (tuple, Kind(tuple_text, tuple.__len__, tuple_items)),
    (set, container(set, '{', '}', 'set()')), (frozenset, container(frozenset, 'frozenset({', '})', 'frozenset()')),
    (deque, container(deque, 'deque([', '])')), (dict, Kind(dict_text, dict.__len__, dict_items)),
    (type({}.keys()), view(type({}.keys()))), (type({}.values()), view(type({}.values()))),
    (type({}.items()), view(type({}.items()))),
    (types.MappingProxyType, proxy(Kind(dict_text, None, dict_items), brief)), (weakref.ref, reference(brief)),
    (types.GeneratorType, suspended(types.GeneratorType, 'gi', 'generator')),
    (types.CoroutineType, suspended(types.CoroutineType, 'cr', 'coroutine')),
    (types.AsyncGeneratorType, suspended(types.AsyncGeneratorType, 'ag', 'async generator')),
    (types.FunctionType, Kind(function_text)), (types.BuiltinFunctionType, Kind(builtin_text)),
    (types.MethodType, Kind(method_text)),
    (type, Kind(class_text, lambda value: len(class_members(value)), lambda value, start, stop: class_members(value)[start:stop])),
    (types.ModuleType, Kind(module_text, lambda value: dict.__len__(MODULE_DICT(value)), module_items)),
    (types.CellType, Kind(cell_text, lambda value: 1, cell_items)),
    (BaseException, Kind(exception_text, lambda value: tuple.__len__(exception_args(value)), exception_items)),
    (object, OBJECT),
)}

