"""Imports what the bridge and pdb will ever need, before the program's folder can offer files of the same names."""
import os
import sys

_STDLIB = os.path.dirname(os.path.abspath(os.__file__))


def _is_stdlib(entry):
    if entry == _STDLIB or entry == os.path.join(_STDLIB, 'lib-dynload'):
        return True
    return os.path.basename(entry).startswith('python3') and entry.endswith('.zip')


# PYTHONPATH may name the program's folder (an empty entry is the working directory), so only the library's own stay.
_path = sys.path[:]
sys.path[:] = [entry for entry in _path if _is_stdlib(entry)]
try:
    import _tracemalloc, array, functools, gc, heapq, math, mmap, operator, re  # noqa: E401,F401
    import ast, base64, bdb, builtins, cmd, code, codeop, collections, contextlib, dis, enum, fcntl  # noqa: E401,F401
    import glob, importlib.machinery, importlib.util, inspect, io, itertools, json, linecache, pdb, pkgutil, pprint, reprlib, runpy, select  # noqa: E401,F401
    import shlex, signal, socket, stat, string, textwrap, threading, time, token, tokenize  # noqa: E401,F401
    import traceback, types, unicodedata, warnings, weakref, encodings.utf_8, encodings.latin_1  # noqa: E401,F401
    try:
        import readline
        _completer = readline.get_completer()
        import rlcompleter  # noqa: F401
        readline.set_completer(_completer)
    except ImportError:  # a Python built without readline: plain prompts
        readline = None
    for _name in ('_colorize', '_pyrepl.utils', 'asyncio') if sys.version_info >= (3, 13) else ():
        if _name != 'asyncio' or sys.version_info >= (3, 14):
            try:
                __import__(_name)
            except ImportError:  # private modules that a later version may move
                pass
finally:
    sys.path[:] = _path
_library = [entry for entry in _path if _is_stdlib(entry)]


def late_module(name):
    """A module of the standard library that is seldom needed, never one of the program's folder; None where there is none."""
    module = sys.modules.get(name)
    if module is not None:
        return module
    needs = {'ctypes': ('_ctypes',)}.get(name, ())
    for part in needs + (name,):
        if part in sys.modules:
            continue
        spec = importlib.machinery.BuiltinImporter.find_spec(part) or importlib.machinery.PathFinder.find_spec(part, _library)
        if spec is None or spec.loader is None:
            return None
        made = sys.modules[part] = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(made)
        except Exception:  # half a module is none
            del sys.modules[part]
            return None
    return sys.modules[name]
