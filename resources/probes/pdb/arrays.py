"""Arrays and tables of well-known libraries: shape and element type only, since more would run their code."""
import sys
import types

from .definitions import MODULE_DICT
from .types_of import MRO, TYPE_DICT, is_a, type_name

_KNOWN = (('numpy', 'ndarray'), ('pandas', 'DataFrame'), ('pandas', 'Series'), ('torch', 'Tensor'))


def array_text(value):
    """`ndarray (1000, 10) float64`, or None for everything else."""
    for module, name in _KNOWN:
        library = sys.modules.get(module)
        if type(library) is not types.ModuleType:
            continue
        base = MODULE_DICT(library).get(name)
        if base is None or not is_a(value, base):
            continue
        described = [_read(value, attribute) for attribute in ('shape', 'dtype')]
        return ' '.join([type_name(type(value))] + [text for text in described if text])
    return None


def _read(value, attribute):
    """The library's own descriptor, never one of a subclass in the program."""
    found = None
    for base in MRO(type(value)):
        member = TYPE_DICT(base).get(attribute)
        module = TYPE_DICT(base).get('__module__')
        if member is not None and type(module) is str and module.partition('.')[0] in ('numpy', 'pandas', 'torch'):
            found = member
            break
        if member is not None and type(member) is types.GetSetDescriptorType:
            found = member
            break
    if found is None:
        return ''
    try:
        content = found.__get__(value, type(value))
        if attribute == 'shape':
            return '({})'.format(', '.join(int.__repr__(int(side)) for side in content) + (',' if len(content) == 1 else ''))
        return str(content)[:60]
    except Exception:  # a library that cannot say it just now: the type's name stays
        return ''
