"""What can be known of a type without running code of its own: no metaclass, no descriptor of the program's is called."""
import types

MRO = type.__dict__['__mro__'].__get__
TYPE_DICT = type.__dict__['__dict__'].__get__
TRACEBACK = BaseException.__dict__['__traceback__'].__get__
_QUALNAME = type.__dict__['__qualname__'].__get__
_MODULE = type.__dict__['__module__'].__get__
_SLOT = types.MemberDescriptorType
_GETSET = types.GetSetDescriptorType


def plain(text, limit=200):
    """The text as an exact str, cut to `limit` characters; a str subclass of the program's is never asked."""
    return str.__getitem__(text, slice(0, limit))


def type_name(cls):
    return plain(_QUALNAME(cls))


def is_a(value, cls):
    """isinstance() without `__class__`, `__instancecheck__` or a metaclass's `__getattribute__`."""
    return any(base is cls for base in MRO(type(value)))


def find(namespace, name):
    """A value of a dict by its str key, without hashing or comparing keys of other types; None when it is not there."""
    for key, value in dict.items(namespace):
        if type(key) is str and key == name:
            return value
    return None


def _is_internal(name):
    return name.startswith('__') and name.endswith('__')


class TypeFacts:
    """Where instances of one type keep attributes."""
    __slots__ = ('cls', 'instance_dict', 'slots', 'properties')

    def __init__(self, cls, builtin_ids):
        self.cls = cls
        self.instance_dict = None
        self.slots = []
        self.properties = []
        seen = set()
        for base in MRO(cls):
            if id(base) in builtin_ids:
                self._read_dict_only(base)
                continue
            module = _MODULE(base)
            of_models = type(module) is str and module.startswith('pydantic.')  # of the library, not of the model's author
            for name, member in TYPE_DICT(base).items():
                if type(name) is not str or name in seen:
                    continue
                seen.add(name)
                kind = type(member)
                if kind is _SLOT and not _is_internal(name):
                    self.slots.append((name, member))
                elif kind is property and not _is_internal(name) and not of_models:
                    self.properties.append(name)
            self._read_dict_only(base)

    def _read_dict_only(self, base):
        if self.instance_dict is None:
            member = TYPE_DICT(base).get('__dict__')
            if type(member) is _GETSET:
                self.instance_dict = member

    def dict_of(self, value):
        """The instance's own dict, or None."""
        if self.instance_dict is None:
            return None
        try:
            found = self.instance_dict.__get__(value)
        except (AttributeError, TypeError):  # a type that offers the descriptor and refuses it
            return None
        return found if is_a(found, dict) else None
