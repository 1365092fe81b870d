"""Breakpoints from Python 3.12 on: sys.monitoring, by which one that is not reached costs nothing."""
import sys

from .functions import OPTIMIZED
from .stdlib import late_module
from .watch import Watch


class Monitored(Watch):
    """By sys.monitoring, in all threads: a code without a breakpoint is looked at once, a line without one too."""

    def __init__(self, debuggers, desk):
        super().__init__(debuggers, desk)
        monitoring = self._monitoring = sys.monitoring
        self._tool, self._disable = monitoring.DEBUGGER_ID, monitoring.DISABLE
        self._with_events = {}
        self._ctypes = late_module('ctypes') if sys.version_info < (3, 13) else None
        monitoring.use_tool_id(self._tool, 'casebook')
        events = monitoring.events
        for event, act in ((events.PY_START, self._start), (events.PY_RESUME, self._resume), (events.PY_THROW, self._thrown),
                           (events.LINE, self._line), (events.RAISE, self._raise)):
            monitoring.register_callback(self._tool, event, act)

    def _rearm(self):
        events, asked = self._monitoring.events, 0
        if self._lines or self._armed:
            asked = events.PY_START | events.PY_RESUME | events.PY_THROW
        if self.filters.raised:
            asked |= events.RAISE
        for code in list(self._with_events.values()):
            self._monitoring.set_local_events(self._tool, code, 0)
        self._with_events = {}
        self._monitoring.set_events(self._tool, asked)
        self._monitoring.restart_events()
        if self._lines or self._armed:
            for frame in sys._current_frames().values():
                while frame is not None:
                    self._hold(frame)
                    frame = frame.f_back

    def _hold(self, frame):
        held = self.held(frame)
        if held.lines and id(held.code) not in self._with_events:
            self._with_events[id(held.code)] = held.code
            self._monitoring.set_local_events(self._tool, held.code, self._monitoring.events.LINE)
        return held

    def _start(self, code, offset):
        frame, table = sys._getframe(1), self._table
        held = self.desk.guarded('breakpoints', self._hold, frame)
        if held is not None and held.functions:
            self.here.entered = frame
            return None
        return self._disable if table == self._table else None

    def _resume(self, code, offset):
        table = self._table
        self.desk.guarded('breakpoints', self._hold, sys._getframe(1))
        return self._disable if table == self._table else None

    def _thrown(self, code, offset, error):
        self.desk.guarded('breakpoints', self._hold, sys._getframe(1))

    def _line(self, code, line):
        frame, looked_at = sys._getframe(1), self.here.looked_at
        held = self._held.get(id(code))
        is_wanted = held is not None and line in held.lines
        if frame in looked_at:
            looked_at.discard(frame)
        elif is_wanted:
            self._look(frame)
        return None if is_wanted else self._disable

    def _raise(self, code, offset, error):
        frame = sys._getframe(1)
        if frame in self.here.passed:
            self.here.passed.discard(frame)
        else:
            self._look_at_exception(frame, error)

    def tracer_looks_at(self, frame):
        # The tracer is told of a line first, the monitor next: even when the tracer was taken off in between.
        held = self._held.get(id(frame.f_code))
        if held is not None and frame.f_lineno in held.lines:
            self.here.looked_at.add(frame)

    def tracer_sees_exception(self, frame):
        if self.filters.raised:
            self.here.passed.add(frame)

    def give_to_tracer(self, frame, tracer):
        """The tracer's frames are its own already."""

    def run_on(self, frame):
        """After `continue`: the monitor needs no tracer."""

    def local_for(self, frame):
        return None

    def leave_frame(self, frame):
        return None

    def keep_locals(self, frame):
        """Before 3.13 the end of a monitor's callback does not."""
        if self._ctypes is not None and frame.f_code.co_flags & OPTIMIZED:
            self._ctypes.pythonapi.PyFrame_LocalsToFast(self._ctypes.py_object(frame), self._ctypes.c_int(0))
