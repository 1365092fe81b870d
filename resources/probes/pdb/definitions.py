"""Functions, classes, modules and cells: what a program defines rather than computes."""
import itertools
import types

from .types_of import TYPE_DICT, find, is_a, plain, type_name

_FUNCTION_NAME = types.FunctionType.__dict__['__qualname__'].__get__
_FUNCTION_CODE = types.FunctionType.__dict__['__code__'].__get__
_BUILTIN_NAME = types.BuiltinFunctionType.__dict__['__name__'].__get__
_METHOD_FUNCTION = types.MethodType.__dict__['__func__'].__get__
_CELL = types.CellType.__dict__['cell_contents'].__get__
MODULE_DICT = types.ModuleType.__dict__['__dict__'].__get__
EMPTY = object()


def function_text(value, short):
    code = _FUNCTION_CODE(value)
    where = '' if short else ' at {}:{}'.format(code.co_filename.rpartition('/')[2], code.co_firstlineno)
    return '<function {}{}>'.format(plain(_FUNCTION_NAME(value)), where)


def method_text(value, short):
    function = _METHOD_FUNCTION(value)
    known = type(function) is types.FunctionType
    return '<bound method {}>'.format(plain(_FUNCTION_NAME(function)) if known else '…')


def builtin_text(value, short):
    return '<built-in function {}>'.format(plain(_BUILTIN_NAME(value)))


def class_text(value, short):
    module = TYPE_DICT(value).get('__module__')
    prefix = module + '.' if type(module) is str and module not in ('builtins', '__main__') else ''
    return "<class '{}{}'>".format(prefix[:200], type_name(value))


def module_text(value, short):
    name = find(MODULE_DICT(value), '__name__')
    return "<module '{}'>".format(plain(name) if is_a(name, str) else '?')


def module_items(value, start, stop):
    return dict_items_by_name(MODULE_DICT(value), start, stop)


def dict_items_by_name(namespace, start, stop):
    chosen = itertools.islice(dict.items(namespace), start, stop)
    return [(plain(key) if is_a(key, str) else '<{}>'.format(type_name(type(key))), item) for key, item in chosen]


def class_members(value):
    return [(name, item) for name, item in TYPE_DICT(value).items() if type(name) is str and not name.startswith('__')]


def cell_items(value, start, stop):
    try:
        return [('cell_contents', _CELL(value))][start:stop]
    except ValueError:
        return [('cell_contents', EMPTY)][start:stop]


def cell_text(value, short):
    item = cell_items(value, 0, 1)[0][1]
    return '<cell: {}>'.format('empty' if item is EMPTY else type_name(type(item)))
