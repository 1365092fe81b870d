"""An exception's type and message without the program's `__str__`."""
import builtins

from . import kinds
from .types_of import MRO, TYPE_DICT, type_name

MAX_MESSAGE = 1000
_BUILTIN = frozenset(id(cls) for cls in vars(builtins).values() if isinstance(cls, type) and issubclass(cls, BaseException))
# Texts that Python itself builds from these parts only; of anything else `str` would ask the program's `__repr__`.
_SAFE_PARTS = frozenset(id(cls) for cls in (str, int, float, bool, bytes, type(None)))


def exception_summary(error):
    """{typeName, message} of an exception."""
    return {'typeName': type_name(type(error)), 'message': _message(error)[:MAX_MESSAGE]}


def _message(error):
    arguments = kinds.exception_args(error)
    if not arguments:
        return ''
    if all(id(type(part)) in _SAFE_PARTS and not (type(part) is int and part.bit_length() > kinds.MAX_BITS) for part in arguments):
        owner = next(base for base in MRO(type(error)) if '__str__' in TYPE_DICT(base))
        if id(owner) in _BUILTIN:
            return owner.__str__(error)
    if len(arguments) == 1 and type(arguments[0]) is str:
        return arguments[0]
    return ', '.join(kinds.brief(part) for part in arguments[:kinds.PREVIEW_ITEMS])
