"""An exception's type and message without the program's `__str__`."""
import builtins

from . import kinds
from .types_of import MRO, TYPE_DICT, find, is_a, plain, type_name

MAX_MESSAGE = 1000
_BUILTIN = frozenset(id(cls) for cls in vars(builtins).values() if isinstance(cls, type) and issubclass(cls, BaseException))
# Texts that Python itself builds from these parts only; of anything else `str` would ask the program's `__repr__`.
_SAFE_PARTS = frozenset(id(cls) for cls in (str, int, float, bool, bytes, type(None)))
_GROUP = getattr(builtins, 'BaseExceptionGroup', None)
_ATTRIBUTES = BaseException.__dict__['__dict__'].__get__


def exception_summary(error):
    """{typeName, message} of an exception."""
    return {'typeName': type_name(type(error)), 'message': _message(error)[:MAX_MESSAGE]}


def group_of(error):
    """(message, members) of an exception group, also of the `exceptiongroup` package's; None for any other exception."""
    if _GROUP is not None and is_a(error, _GROUP):
        message, members = _field(_GROUP, 'message', error), _field(_GROUP, 'exceptions', error)
    elif any(type_name(base) == 'BaseExceptionGroup' for base in MRO(type(error))):
        message, members = next(iter(kinds.exception_args(error)), ''), find(_ATTRIBUTES(error), '_exceptions')
    else:
        return None
    base = tuple if is_a(members, tuple) else list
    members = base.__getitem__(members, slice(None)) if is_a(members, base) else ()
    return plain(message) if is_a(message, str) else '', [member for member in members if is_a(member, BaseException)]


def syntax_place(error):
    """{path, line, column, text} of a SyntaxError: `column` from 0, -1 where it is not known. None for any other exception."""
    if not is_a(error, SyntaxError):
        return None
    path, line, offset, text = (_field(SyntaxError, name, error) for name in ('filename', 'lineno', 'offset', 'text'))
    return {
        'path': plain(path, 4096) if is_a(path, str) else '',
        'line': line if type(line) is int else 0,
        'column': offset - 1 if type(offset) is int and offset > 0 else -1,
        'text': plain(text, 300).rstrip('\n') if is_a(text, str) else '',
    }


def _field(cls, name, error):
    return TYPE_DICT(cls)[name].__get__(error)


def _message(error):
    group = group_of(error)
    if group is not None:
        return '{} ({})'.format(group[0], kinds.counted(len(group[1]), 'sub-exception'))
    arguments = kinds.exception_args(error)
    owner = next(base for base in MRO(type(error)) if '__str__' in TYPE_DICT(base))
    if owner is SyntaxError:
        return _syntax_message(error)
    if not arguments:
        return ''
    files = tuple(_field(OSError, name, error) for name in ('filename', 'filename2')) if owner is OSError else ()
    if id(owner) in _BUILTIN and all(_is_safe(part) for part in arguments + files):
        return owner.__str__(error)
    if len(arguments) == 1 and type(arguments[0]) is str:
        return arguments[0]
    return ', '.join(kinds.brief(part) for part in arguments[:kinds.PREVIEW_ITEMS])


def _is_safe(part):
    return id(type(part)) in _SAFE_PARTS and not (type(part) is int and part.bit_length() > kinds.MAX_BITS)


def _syntax_message(error):
    message, place = _field(SyntaxError, 'msg', error), syntax_place(error)
    said = plain(message, kinds.PREVIEW_TEXT) if is_a(message, str) else ''
    if not place['path']:
        return said
    return '{} ({}, line {})'.format(said, place['path'].rpartition('/')[2], place['line'])
