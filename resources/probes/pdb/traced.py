"""Breakpoints up to Python 3.11: a local trace function in code that holds one, which costs as little as can be."""
import sys
import threading
import types

from .frames import is_machinery
from .functions import is_begun
from .watch import Watch


class Traced(Watch):
    """By sys.settrace, in every thread that began after the first breakpoint was set: a function without one is not traced."""

    def __init__(self, debuggers, desk):
        super().__init__(debuggers, desk)
        self._is_on = False

        def light(frame, event, arg):
            held = self._held.get(id(frame.f_code)) or self.held(frame)
            if held.functions and event == 'call' and not is_begun(frame):
                self.here.entered = frame
            if held.without_lines:
                frame.f_trace_lines = False
            return held.local
        self._light = light

    def _learn(self, frame, code):
        held = super()._learn(frame, code)
        if not self.is_needed:
            sys.settrace(None)
        raised = self.filters.raised and self.filters.counts_in(code.co_filename)
        if held.lines or raised:
            held.local = (self._local_for_exceptions if raised else self._local)(held.lines)
            held.without_lines = not held.lines
        return held

    def _local(self, lines):
        """Gives None, by which a frame keeps its trace function. Called for each line: of one breakpoint it is a tenth faster."""
        look, only = self._look, next(iter(lines))

        def local_of_one(frame, event, arg):
            if frame.f_lineno == only and event == 'line':
                look(frame)

        def local(frame, event, arg):
            if frame.f_lineno in lines and event == 'line':
                look(frame)
        return local_of_one if len(lines) == 1 else local

    def _local_for_exceptions(self, lines):
        look, look_at_exception = self._look, self._look_at_exception

        def local(frame, event, arg):
            if event == 'exception':
                look_at_exception(frame, arg[1], arg[2])
            elif event == 'line' and frame.f_lineno in lines:
                look(frame)
        return local

    def _rearm(self):
        if self.is_needed != self._is_on:
            self._is_on = self.is_needed
            threading.settrace(self._light if self._is_on else None)
            if self._is_on and self.desk.debugger is not None and len(threading._active) > 1:
                self.desk.tell('trouble', {'message': self._late.format(*sys.version_info[:2])})
        for frame in sys._current_frames().values():
            self.take_frames(frame)

    _late = ('Threads that run already do not stop at breakpoints: Python {}.{} can be told only when a thread begins. '
             'Set a breakpoint before they are started.')

    def take_frames(self, frame):
        """Frames that were entered before their code held a breakpoint; those of the tracer stay its own."""
        while frame is not None:
            known = frame.f_trace
            if known is None or _is_local(known):
                self._take_frame(frame)
            frame = frame.f_back

    def _take_frame(self, frame):
        held = self.held(frame) if self._is_on and not is_machinery(frame.f_code.co_filename) else None
        frame.f_trace = None if held is None else held.local
        frame.f_trace_lines = held is None or not held.without_lines

    def give_to_tracer(self, frame, tracer):
        """A thread that is being stepped has pdb's tracer in all its frames."""
        while frame is not None:
            if _is_local(frame.f_trace):
                frame.f_trace = tracer
                frame.f_trace_lines = True
            frame = frame.f_back

    def run_on(self, frame):
        """After `continue`, in the thread that runs on; pdb's tracer was taken off."""
        if self._is_on:
            self.take_frames(frame)
            sys.settrace(self._light)

    def local_for(self, frame):
        """The trace function of a frame that pdb's tracer does not look at; None when none is needed."""
        held = self.held(frame) if self._is_on else None
        if held is not None and held.without_lines:
            frame.f_trace_lines = False
        return None if held is None else held.local

    def leave_frame(self, frame):
        """The tracer let the program run on from this very frame."""
        frame.f_trace = None
        if self._is_on:
            self._take_frame(frame)
        return frame.f_trace

    def tracer_enters(self, frame):
        if self._is_on and self.held(frame).functions and not is_begun(frame):
            self.here.entered = frame


_LOCALS = frozenset(code for maker in (Traced._local, Traced._local_for_exceptions) for code in maker.__code__.co_consts
                    if type(code) is types.CodeType)


def _is_local(known):
    return type(known) is types.FunctionType and known.__code__ in _LOCALS
