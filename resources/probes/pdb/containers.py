"""Elements of builtin containers by the container's own methods, where none of the program's code would be asked."""
from collections import Counter, OrderedDict, defaultdict, deque

from .types_of import MRO, TYPE_DICT, plain, type_name

MAX_SLICE = 100_000
MAX_LOOK = 100_000
_SEQUENCES = (list, tuple, str, bytes, bytearray, range, deque)
_SIZED = _SEQUENCES + (dict, set, frozenset, memoryview)
_SIZED_IDS = {id(cls): cls for cls in _SIZED}
_SAFE_KEYS = frozenset(id(cls) for cls in (str, int, float, bool, bytes, complex, type(None), type(Ellipsis)))
_LIKE_DICT = frozenset(id(cls) for cls in (Counter, OrderedDict, defaultdict))  # their elements are read as a dict's are
ABSENT = object()


def builtin_base(value, method):
    """The builtin container that a value is, as long as no class of the program's has its own `method`; else None."""
    for base in MRO(type(value)):
        if id(base) in _SIZED_IDS:
            return base
        if method in TYPE_DICT(base) and id(base) not in _LIKE_DICT:
            return None
    return None


def length_of(value):
    """len() of a builtin container; None where it would run code."""
    base = builtin_base(value, '__len__')
    return None if base is None else base.__len__(value)


def item_of(owner, key):
    """(value, '') or (None, what makes it run code). Raises LookupError, as evaluating it would."""
    base = builtin_base(owner, '__getitem__')
    if base is None or base in (set, frozenset):
        return None, 'is read by code of {}'.format(type_name(type(owner)))
    if base is dict:
        return _value_of(owner, key)
    if type(key) is slice and base is not deque:
        return _slice_of(owner, key, base)
    if type(key) not in (int, bool):
        return None, 'is read by code of {}'.format(type_name(type(key)))
    return base.__getitem__(owner, key), ''


def _slice_of(owner, key, base):
    if any(type(part) not in (int, bool, type(None)) for part in (key.start, key.stop, key.step)):
        return None, 'is read by code of a slice'
    if len(range(*key.indices(min(base.__len__(owner), 2 ** 62)))) > MAX_SLICE:
        return None, 'has more than {:,} elements'.format(MAX_SLICE)
    return base.__getitem__(owner, key), ''


def _value_of(owner, key):
    value, how = lookup(owner, key)
    if how:
        return None, how
    if value is not ABSENT:
        return value, ''
    if any('__missing__' in TYPE_DICT(base) for base in MRO(type(owner))):
        return None, 'is not there, and {} makes what is missing'.format(type_name(type(owner)))
    raise KeyError(plain(key, 60) if type(key) is str else key)


def lookup(owner, key):
    """(value or ABSENT, '') of a dict's key, or (None, what makes it run code): no key's own __eq__ or __hash__ is asked."""
    if id(type(key)) not in _SAFE_KEYS:
        return None, 'hashes {}'.format(type_name(type(key)))
    if _SAFE_KEYS.issuperset(map(id, map(type, dict.keys(owner)))):
        return dict.get(owner, key, ABSENT), ''
    for known, value in dict.items(owner):
        if id(type(known)) in _SAFE_KEYS and known == key:
            return value, ''
    return ABSENT, ''


def has(owner, sought):
    """(whether it is in, '') or (None, what makes it run code)."""
    base = builtin_base(owner, '__contains__')
    if id(type(sought)) not in _SAFE_KEYS or base is None:
        return None, 'is decided by code of {}'.format(type_name(type(owner if base is None else sought)))
    if base is dict:
        value, how = lookup(owner, sought)
        return value is not ABSENT, how
    if base in (str, bytes, bytearray, range):
        return base.__contains__(owner, sought), ''
    if base is memoryview or base.__len__(owner) > MAX_LOOK:
        return None, 'looks through {:,} elements'.format(base.__len__(owner))
    if _SAFE_KEYS.issuperset(map(id, map(type, base.__iter__(owner)))):
        return base.__contains__(owner, sought), ''
    return None, 'compares by code of its elements'

