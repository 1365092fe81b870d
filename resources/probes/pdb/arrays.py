"""Arrays, tables and bytes among values: which they are, and each as one line. Costs microseconds: it runs at every stop."""
import array
import sys
import types

from .definitions import MODULE_DICT
from .types_of import MRO, TYPE_DICT, is_a, plain, type_name

SAMPLE_ROWS = 8
# Where each library defines its class. A file of the program that only has the library's name defines it elsewhere.
_LIBRARIES = (
    ('numpy', 'ndarray', 'array'),
    ('torch', 'Tensor', 'array'),
    ('pandas.core.frame', 'DataFrame', 'table'),
    ('pandas.core.series', 'Series', 'table'),
    ('pandas.core.indexes.base', 'Index', 'table'),
)
_TRUSTED = ('numpy', 'pandas', 'torch')
_GETSET = types.GetSetDescriptorType
_MODULE = type.__dict__['__module__'].__get__
_FLAGS = type.__dict__['__flags__'].__get__
_HEAP_TYPE = 1 << 9
# Most values are of these, which are never an array: by id, since a metaclass may define __hash__.
_ORDINARY = frozenset(id(cls) for cls in (
    int, float, str, bool, dict, set, tuple, type(None), type, types.FunctionType, types.ModuleType))


def library(name):
    """A module that the program has loaded, or None. Nothing is imported for it."""
    found = sys.modules.get(name)
    return found if type(found) is types.ModuleType else None


def is_trusted(cls):
    """A class of numpy, pandas or torch, whose code may be run: made in C, or held by the module that it names."""
    module = _MODULE(cls)
    if type(module) is not str or module.partition('.')[0] not in _TRUSTED:
        return False
    if not _FLAGS(cls) & _HEAP_TYPE:
        return True
    loaded = library(module)
    return loaded is not None and MODULE_DICT(loaded).get(type_name(cls)) is cls


def known(value):
    """(name of the library's class, that class, viewer) of an array or table of a library, else None."""
    if id(type(value)) in _ORDINARY:
        return None
    for module, name, viewer in _LIBRARIES:
        loaded = library(module)
        base = None if loaded is None else MODULE_DICT(loaded).get(name)
        if base is not None and is_a(value, base) and _is_real(name, base):
            return name, base, viewer
    return None


def _is_real(name, base):
    """numpy's and torch's classes are made in C, which a file of the program named numpy.py cannot do."""
    if name == 'ndarray':
        return type(TYPE_DICT(base).get('shape')) is _GETSET
    if name == 'Tensor':
        return any(type(TYPE_DICT(cls).get('shape')) is _GETSET for cls in MRO(base))
    return True


def array_text(value):
    """(`ndarray (1000, 10) float64`, viewer), or None for everything else."""
    found = known(value)
    if found is None:
        return None
    name, base, viewer = found
    try:
        described = _FACTS[name](value, base)
    except Exception:  # a library that cannot say it just now: the type's name stays
        described = ()
    if name == 'ndarray' and len(described) > 1 and described[1].startswith('[('):
        viewer = 'table' if described[0].count(',') == 1 and described[0].endswith(',)') else 'array'
        described = (described[0], 'structured')
    return ' '.join((type_name(type(value)),) + tuple(text[:60] for text in described)), viewer


def viewer_of(value):
    """The data view of a builtin value, or None."""
    cls = type(value)
    if id(cls) in _ORDINARY:
        return None
    for base in MRO(cls):
        if base is bytes or base is bytearray:
            return 'bytes' if base.__len__(value) else None
        if base is list:
            return 'table' if row_kind(value) else None
        if base is array.array:
            return ('table' if library('numpy') is None else 'array') if array.array.__len__(value) else None
        if base is memoryview:
            return _memory_viewer(value)
    return None


def _memory_viewer(view):
    try:
        if not view.nbytes:
            return None
        plain_bytes = view.ndim == 1 and view.format in ('B', 'b', 'c')
        return 'bytes' if plain_bytes or library('numpy') is None else 'array'
    except ValueError:  # released
        return None


def row_kind(rows):
    """What the elements of a list of rows are: 'tuple', 'list', 'dict' or 'object'; '' when it is no table."""
    first = list.__getitem__(rows, slice(0, SAMPLE_ROWS))
    if not first:
        return ''
    kinds = set(_kind_of_row(row) for row in first)
    kind = kinds.pop()
    if kinds or not kind:
        return ''
    if kind == 'object':
        return kind if all(type(row) is type(first[0]) for row in first) else ''
    if kind == 'dict':
        return kind if any(dict.__len__(row) for row in first) else ''
    base = tuple if kind == 'tuple' else list
    width = base.__len__(first[0])
    return kind if width and all(base.__len__(row) == width for row in first) else ''


def _kind_of_row(row):
    for base in MRO(type(row)):
        if base is tuple or base is list or base is dict:
            return base.__name__
        if base is not object and record_fields(base) is not None:
            return 'object'
    return ''


def record_fields(cls):
    """The names of a dataclass's or attrs class's fields, else None."""
    for base in MRO(cls):
        held = TYPE_DICT(base).get('__dataclass_fields__')
        if type(held) is dict:
            return [name for name in dict.keys(held) if type(name) is str]
        listed = TYPE_DICT(base).get('__attrs_attrs__')
        if is_a(listed, tuple):
            return [name for name in (_attrs_name(field) for field in tuple.__iter__(listed)) if name]
    return None


def _attrs_name(field):
    member = TYPE_DICT(type(field)).get('name')
    name = member.__get__(field) if type(member) is types.MemberDescriptorType else None
    return name if type(name) is str else None


def sides(shape):
    """A shape as numpy writes it."""
    return '({})'.format(', '.join(int.__repr__(int(side)) for side in shape) + (',' if len(shape) == 1 else ''))


def _ndarray_facts(value, base):
    members = TYPE_DICT(base)
    return sides(members['shape'].__get__(value)), dtype_text(members['dtype'].__get__(value))


def dtype_text(dtype):
    """A library's element type; a program's own is only named."""
    return plain(str(dtype), 200) if is_trusted(type(dtype)) else type_name(type(dtype))


class TensorRefused(Exception):
    """A tensor whose class runs the program's code whenever torch looks at it."""


def tensor_guard(value, base):
    """A context in which torch asks no `__torch_function__` of the program's."""
    for cls in MRO(type(value)):
        if cls is base:
            break
        if '__torch_dispatch__' in TYPE_DICT(cls) and not is_trusted(cls):
            raise TensorRefused
    native = sys.modules.get('torch._C')
    return native.DisableTorchFunction()


def tensor_facts(value, base):
    """(shape, dtype, device, layout, bytes) of a tensor; no kernel is launched for them."""
    with tensor_guard(value, base):
        size = base.numel(value) * base.element_size(value)
        return tuple(value.shape), str(value.dtype)[6:], str(value.device), str(value.layout)[6:], size


def _tensor_facts(value, base):
    try:
        shape, dtype, device, layout, _ = tensor_facts(value, base)
    except TensorRefused:
        return ('not read: its class runs code of the program',)
    return (sides(shape), dtype, device) + (() if layout == 'strided' else (layout,))


def manager_of(value):
    """What pandas keeps a table's columns in, past what a subclass may have redefined; None when it is not pandas' own."""
    held = object.__getattribute__(value, '__dict__')
    manager = held.get('_mgr', held.get('_data')) if type(held) is dict else None
    return manager if manager is not None and is_trusted(type(manager)) else None


def _frame_facts(value, base):
    columns, index = manager_of(value).axes
    return ('({}, {})'.format(len(index), len(columns)),)


def series_values(value):
    """A Series' own array."""
    return manager_of(value).blocks[0].values


def _series_facts(value, base):
    return sides((len(manager_of(value).axes[0]),)), dtype_text(series_values(value).dtype)


def _index_facts(value, base):
    if not is_trusted(type(value)):
        return ('not read: a class of the program',)
    return sides((len(value),)), dtype_text(value.dtype)


_FACTS = {
    'ndarray': _ndarray_facts,
    'Tensor': _tensor_facts,
    'DataFrame': _frame_facts,
    'Series': _series_facts,
    'Index': _index_facts,
}
