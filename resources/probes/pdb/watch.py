"""
Where breakpoints are looked for while the program runs: only in code that holds one, so that one which is not reached costs
little (a local trace function) or nothing (sys.monitoring, from 3.12). A thread that is being stepped has pdb's own tracer too;
of the frames that the tracer looks at, it alone decides.
"""
import bdb
import dis
import os
import sys
import threading

from .functions import first_line
from .hits import reached
from .interrupts import in_main_thread
from .raises import Filters

_NONE = frozenset()
# Code of one file that is made again and again: the table is begun anew.
_MOST_CODES = 50_000


class Held:
    """What one code object holds. `local` is its trace function, None where nothing is to be looked at."""
    __slots__ = ('code', 'lines', 'functions', 'local', 'without_lines')

    def __init__(self, code, lines, functions):
        self.code = code  # kept, so that its id is not given again
        self.lines = lines
        self.functions = functions
        self.local = None
        self.without_lines = False


class Here(threading.local):
    """Of one thread: the frame whose body begins, and the frames whose line or exception the tracer has just looked at."""

    def __init__(self):
        self.entered = None
        self.looked_at = set()
        self.passed = set()
        bottom = sys._getframe()
        while bottom.f_back is not None:
            bottom = bottom.f_back
        self.is_bridges = bottom.f_code.co_filename.startswith('<casebook>/') and not in_main_thread()


class Watch:
    """What both ways have in common. `debuggers` is the class of which each thread has one."""

    tool_trouble = ''

    def __init__(self, debuggers, desk):
        self.debuggers = debuggers
        self.desk = desk
        self.filters = Filters()
        self.functions = []
        self.here = Here()
        self._lines = {}
        self._armed = ()
        self._filtered = self.filters
        self._files = {}
        self._held = {}
        os.register_at_fork(after_in_child=self._renew)
        self._canonic = debuggers.true_path
        self._lock = threading.RLock()
        self._table = 0  # counts the tables: one that was replaced meanwhile disables nothing

    def _renew(self):
        """In the child of a fork: another thread may have held it."""
        self._lock = threading.RLock()

    @property
    def is_needed(self):
        return bool(self._lines or self._armed or self.filters.raised)

    def refresh(self):
        """Takes over the tables of breakpoints as they are now; whether they are new. Microseconds where nothing has changed."""
        lines = {}
        for point in bdb.Breakpoint.bpbynumber:
            if point is not None and point.enabled:
                lines.setdefault(point.file, set()).add(point.line)
        armed = tuple(point for point in self.functions if point.enabled)
        if lines == self._lines and armed == self._armed and self._filtered is self.filters:
            return False
        with self._lock:
            self._lines, self._armed, self._filtered = lines, armed, self.filters
            self._begin_table()
        return True

    def _begin_table(self):
        self._table += 1
        self._files, self._held = {}, {}
        self.desk.guarded('breakpoints', self._rearm)

    def held(self, frame):
        """The Held of a frame's code."""
        code = frame.f_code
        held = self._held.get(id(code))
        if held is None:
            held = self._learn(frame, code)
        return held

    def _learn(self, frame, code):
        table = self._held
        if len(table) > _MOST_CODES:
            table.clear()
        wanted = self._lines_in(code.co_filename)
        functions = tuple(point for point in self._armed if point.last == code.co_name and point.is_of(frame))
        lines = set()
        if wanted:
            lines = {line for _, line in dis.findlinestarts(code) if line in wanted}
            named = bdb.Breakpoint.bplist.get((self._canonic(code.co_filename), code.co_firstlineno), ())
            if any(point.funcname == code.co_name for point in named):
                lines.add(first_line(code))
        if functions:
            lines.add(first_line(code))
        held = table[id(code)] = Held(code, frozenset(lines), functions)
        return held

    def _lines_in(self, filename):
        files = self._files
        wanted = files.get(filename)
        if wanted is None:
            is_bridges = filename.startswith('<casebook>/')
            wanted = files[filename] = _NONE if is_bridges else self._lines.get(self._canonic(filename), _NONE)
        return wanted

    def find(self, frame, path):
        """The Hit that stops the program at this line of this frame of the file `path`; None when none does."""
        table, hit = bdb.Breakpoint.bplist, None
        points = table.get((path, frame.f_lineno)) or table.get((path, frame.f_code.co_firstlineno))
        if points:
            hit = reached(points, frame, self._say)
        if self.here.entered is frame:
            self.here.entered = None
            named = reached(self.held(frame).functions, frame, self._say)
            hit = hit or named
        return hit

    def _say(self, line):
        self.desk.console.text.write(line)

    def may_stop(self, debugger):
        """Whether this thread may be stopped now."""
        if self.desk.is_child:
            return False
        if debugger is None:
            return not self.here.is_bridges
        return not (debugger.depth or debugger.quitting or debugger._wait_for_mainpyfile)

    def _look(self, frame):
        """At a line that holds a breakpoint, of a frame that the tracer does not look at."""
        if self.may_stop(self.debuggers.of_thread_if_any()):
            hit = self.find(frame, self._canonic(frame.f_code.co_filename))
            if hit is not None:
                self.debuggers.of_thread().stop_at(frame, hit)

    def stops_at_exception(self, frame, error, trace=None):
        return self.filters.wants_raised(frame, error, trace) and self.may_stop(self.debuggers.of_thread_if_any())

    def _look_at_exception(self, frame, error, trace=None):
        if self.stops_at_exception(frame, error, trace):
            self.debuggers.of_thread().stop_raised(frame, error, trace)

    def tracer_looks_at(self, frame):
        """The tracer is about to decide of this line."""

    def tracer_passed(self, frame):
        """The tracer has decided of this line: a function that began here has begun."""
        if self.here.entered is frame:
            self.here.entered = None

    def tracer_sees_exception(self, frame):
        """The tracer is about to decide of this exception."""

    def tracer_enters(self, frame):
        """The tracer was told of a call."""

    def keep_locals(self, frame):
        """What was assigned at a prompt is the frame's; a trace function's end sees to that by itself."""

    def close(self):
        """Nothing stops any more."""
        self._lines, self._armed, self.filters = {}, (), Filters(uncaught=False)
        self._begin_table()
