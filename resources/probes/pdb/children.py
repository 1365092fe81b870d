"""Processes that the program makes: left alone, or followed with the same breakpoints and a console of their own."""
from .arrivals import Arrival, FarConsole, NoChannel, become_far, ignore_others_interrupts, take_breakpoints

import io
import json
import os
import sys
import types

from importlib.machinery import PathFinder

from .breakpoints import table
from .debugger import BridgePdb
from .desk import Desk
from .takeover import set_trace, take_over

_BEGINNINGS = ('from multiprocessing.spawn import', 'from multiprocessing.forkserver import')
_UTIL = 'multiprocessing.util'


def follow(desk, config):
    """From here on. Without a door to come in by, children are left alone."""
    if config.get('children') != 'follow' or not config.get('door'):
        return
    desk.door = config['door']
    desk.wanted_functions = config.get('functionBreakpoints', [])
    desk.wanted_filters = config.get('exceptionFilters')
    desk.forked = lambda debugger: after_fork(desk, debugger)
    if 'probe' not in config or desk.spawns is not None:
        return
    desk.spawns = Spawns(desk, config['probe'])
    if _UTIL in sys.modules:
        desk.spawns.patch(sys.modules[_UTIL])
    else:
        sys.meta_path.insert(0, desk.spawns)


def after_fork(desk, debugger):
    """In the child of a fork: the breakpoints stay, a step that was under way does not, and nothing is opened until it stops."""
    at_prompt = debugger is not None and debugger.depth  # forked by a typed command: the parent has this prompt
    if at_prompt or desk.is_child:
        Desk.forked(desk, debugger)
        return
    desk.after_fork_in_child()
    desk.interrupts.leave()
    desk.forget_prompt()
    become_far(desk, Arrival(desk.door, 'fork'))
    ignore_others_interrupts()
    if debugger is not None and sys.gettrace() is not None:
        debugger.pending = None
        debugger.interrupted = False
        debugger.set_continue()


class Spawns:
    """Brings the bridge into the interpreters that multiprocessing starts anew. Also the finder that waits for its import."""

    def __init__(self, desk, probe):
        self._desk = desk
        self._probe = probe

    def find_spec(self, name, path=None, target=None):
        if name != _UTIL:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path)
        if spec is not None:
            spec.loader = _Patched(spec.loader, self.patch)
        return spec

    def patch(self, module):
        spawn = module.spawnv_passfds

        def spawnv_passfds(path, args, passfds):
            settings = self._desk.guarded('children', self._settings_for, args)
            if settings is None:
                return spawn(path, args, passfds)
            try:
                return spawn(path, self._with_bridge(args, settings), tuple(passfds) + (settings,))
            finally:
                os.close(settings)
        module.spawnv_passfds = spawnv_passfds

    def _settings_for(self, args):
        """A descriptor to hand down: in no file that another process could open, and on no command line. None: leave it alone."""
        if self._desk.is_child or not any(type(word) is str and word.startswith(_BEGINNINGS) for word in args):
            return None
        desk = self._desk
        wanted = [point for point in table() if not point['temporary']]
        content = {'door': desk.door, 'how': 'spawn', 'children': 'follow', 'probe': self._probe, 'breakpoints': wanted,
                   'functionBreakpoints': desk.wanted_functions, 'exceptionFilters': desk.wanted_filters}
        name = os.path.join(os.path.dirname(desk.door['path']), 'spawn-{}'.format(os.urandom(8).hex()))
        fd = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.unlink(name)
            rest = json.dumps(content).encode('ascii')
            while rest:
                rest = rest[os.write(fd, rest):]
            os.lseek(fd, 0, os.SEEK_SET)
        except OSError:
            os.close(fd)
            raise
        return fd

    def _with_bridge(self, args, settings):
        load = ("exec(compile((lambda file: (file.read(), file.close())[0])(open({0!r}, 'rb')), {0!r}, 'exec'), "
                "{{'__name__': 'casebook_door', 'SETTINGS': {1}}}); ")
        begin = load.format(self._probe, settings)
        return [begin + word if type(word) is str and word.startswith(_BEGINNINGS) else word for word in args]


class _Patched:
    """The module's own loader, and then the patch."""

    def __init__(self, loader, patch):
        self._loader = loader
        self._patch = patch

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__loader__ = module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        if type(getattr(module, 'spawnv_passfds', None)) is types.FunctionType:
            self._patch(module)


def arrive(settings):
    """
    In a process that runs already. `settings`: `door`, `how`, and for a child the breakpoints, which are live from here on.
    Gives the function that stands for breakpoint().
    """
    desk = BridgePdb.desk
    if desk is None:
        desk = Desk(FarConsole(), NoChannel())
        take_over(desk)
    become_far(desk, Arrival(settings['door'], settings['how']))
    follow(desk, settings)
    if settings['how'] == 'spawn':
        ignore_others_interrupts()
        debugger = BridgePdb()
        desk.guarded('breakpoints', take_breakpoints, desk, debugger, settings)
        desk.guarded('breakpoints', run_on, debugger, sys._getframe())
    return set_trace


def run_on(debugger, frame):
    """Traces this thread for breakpoints only, from its outermost frame."""
    while frame.f_back is not None:
        frame = frame.f_back
    debugger.reset()
    debugger._wait_for_mainpyfile = False
    debugger.botframe = frame
    sys.settrace(debugger.trace_dispatch)
    debugger.set_continue()


def stop_at(frame):
    """At the next line of a frame that runs already."""
    debugger = BridgePdb()
    debugger.pending = 'pause'
    debugger.set_trace(frame)


def read_settings(place):
    """From a file's path, or a descriptor that was handed down."""
    with io.open(place, encoding='utf-8') as file:
        return json.load(file)
