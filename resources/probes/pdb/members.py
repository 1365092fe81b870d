"""Attributes as the program would find them, where no property, descriptor or `__getattr__` of its would be asked."""
import types

from .definitions import EMPTY, MODULE_DICT
from .types_of import MRO, TYPE_DICT, TypeFacts, find, is_a

MISSING = 'missing'
_PROPERTY = 'is a property'
_GET = ('__get__', '__set__', '__delete__')
_STATIC = staticmethod.__dict__['__func__'].__get__
_CLASSMETHOD = classmethod.__dict__['__func__'].__get__
_OF_TYPE = {name: type.__dict__[name].__get__ for name in ('__name__', '__qualname__', '__mro__', '__bases__', '__module__')}
_SLOT_WRAPPER = type(object.__dict__['__getattribute__'])  # what C code defines
# Of these, C code answers from the object alone.
_LIBRARIES = frozenset(('builtins', 'datetime', 'decimal', 'numpy', 'array', '_io', 're', 'collections'))


def read(value, name):
    """(value, '') or (None, why not): MISSING, or what makes it run code, as the end of a sentence."""
    if name == '__class__':
        return type(value), ''
    if _looks_up_itself(type(value)):
        return None, 'is looked up by code of the program'
    if is_a(value, type):
        return _of_class(value, name)
    if is_a(value, types.ModuleType):
        return _of_module(value, name)
    return _of_instance(value, name)


def _looks_up_itself(cls):
    for base in MRO(cls):
        found = TYPE_DICT(base).get('__getattribute__')
        if found is not None:
            return type(found) is not _SLOT_WRAPPER
    return False


def _of_instance(value, name):
    cls = type(value)
    found = _in_class(cls, name)
    if found is not EMPTY and _defines(found, _GET[1:]):
        return _through(found, value, cls)
    own = TypeFacts(cls, ()).dict_of(value)
    if own is not None:
        if name == '__dict__':
            return own, ''
        held = _look(own, name)
        if held is not EMPTY:
            return held, ''
    if found is not EMPTY:
        return _through(found, value, cls)
    return None, 'is made by __getattr__' if _in_class(cls, '__getattr__') is not EMPTY else MISSING


def _through(found, value, cls):
    """What an attribute of the class gives for an instance."""
    kind = type(found)
    if kind is types.FunctionType:
        return types.MethodType(found, value), ''
    if kind is staticmethod:
        return _STATIC(found), ''
    if kind is classmethod:
        return types.MethodType(_CLASSMETHOD(found), cls), ''
    if kind is property:
        return None, _PROPERTY
    if kind is types.MemberDescriptorType:
        try:
            return found.__get__(value), ''
        except AttributeError:
            return None, MISSING
    if kind is types.GetSetDescriptorType:
        return _by_library(found, value)
    return (None, 'is a descriptor') if _defines(found, _GET) else (found, '')


def _by_library(found, value):
    module = type.__dict__['__module__'].__get__(found.__objclass__)
    if module not in _LIBRARIES:
        return None, 'is read by code of {}'.format(module)
    try:
        return found.__get__(value), ''
    except AttributeError:
        return None, MISSING


def _of_class(cls, name):
    """Of a class itself: its metaclass's descriptors would come first."""
    meta = type(cls)
    if name in _OF_TYPE:
        return _OF_TYPE[name](cls), ''
    by_meta = _in_class(meta, name)
    if by_meta is not EMPTY and _defines(by_meta, _GET[1:]):
        return None, 'is a descriptor'
    members = _in_class(cls, '_member_map_') if meta is not type else EMPTY
    if type(members) is dict:
        member = _look(members, name)
        if member is not EMPTY:
            return member, ''
    found = _in_class(cls, name)
    if found is EMPTY:
        missing = by_meta is EMPTY and _in_class(meta, '__getattr__') is EMPTY
        return None, MISSING if missing else 'is made by its metaclass'
    kind = type(found)
    if kind is staticmethod:
        return _STATIC(found), ''
    if kind is classmethod:
        return types.MethodType(_CLASSMETHOD(found), cls), ''
    plain_here = (types.FunctionType, property, types.MemberDescriptorType, types.GetSetDescriptorType)
    return (found, '') if kind in plain_here or not _defines(found, ('__get__',)) else (None, 'is a descriptor')


def _of_module(module, name):
    names = MODULE_DICT(module)
    if name == '__dict__':
        return names, ''
    held = _look(names, name)
    if held is not EMPTY:
        return held, ''
    found = _in_class(type(module), name)
    if found is not EMPTY:
        return None, 'is a descriptor'
    return None, 'is made by __getattr__' if find(names, '__getattr__') is not None else MISSING


def _in_class(cls, name):
    for base in MRO(cls):
        found = TYPE_DICT(base).get(name, EMPTY)
        if found is not EMPTY:
            return found
    return EMPTY


def _defines(found, names):
    return any(name in TYPE_DICT(base) for base in MRO(type(found)) for name in names)


def _look(namespace, name):
    for key, value in dict.items(namespace):
        if type(key) is str and key == name:
            return value
    return EMPTY
