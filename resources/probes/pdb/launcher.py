"""Casebook's bridge to pdb, packed into one file from resources/probes/pdb by .dev/packProbes.mjs. Edit there.

Start: PYTHON this-file --casebook /abs/config.json SCRIPT ARGS...
"""
import sys

if not (getattr(sys.flags, 'safe_path', False) or sys.flags.isolated):
    del sys.path[0]  # the folder of this file; nothing may be imported from it

SOURCES = {}  # filled by the packer: module name -> source


class PackedModules:
    """Imports the bridge's modules from this file's own text."""

    def find_spec(self, name, path=None, target=None):
        if name not in SOURCES:
            return None
        from importlib.machinery import ModuleSpec
        return ModuleSpec(name, self, is_package=name == 'casebook_bridge')

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__name__.partition('.')[2] or '__init__'
        exec(compile(SOURCES[module.__name__], '<casebook>/' + name + '.py', 'exec', dont_inherit=True), module.__dict__)


# The bridge must not live in __main__: the program gets that module, emptied.
sys.meta_path.insert(0, PackedModules())
from casebook_bridge.main import start  # noqa: E402

del sys.meta_path[0]
start(sys.argv)
