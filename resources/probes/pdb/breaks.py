"""What a debugger does at breakpoints and exceptions: the watch sees them, and the tracer in a thread that is being stepped."""
import bdb
import sys

from .desk import Stop
from .threads import thread_name
from .types_of import TRACEBACK

RUN = bdb.Bdb.run.__code__


class Breaks:
    """The part of the debugger that stops the program where it is to stop, but for steps."""

    watch = None
    hit = None  # what the next stop is for

    def stop_at_hit(self, otherwise):
        hit, self.hit = self.hit, None
        return Stop(otherwise) if hit is None else Stop('breakpoint', note=hit.note)

    def take_new_breakpoints(self, frame):
        if self.is_own and self.watch.refresh() and self.is_stepping:
            self.watch.give_to_tracer(frame, self.trace_dispatch)

    @property
    def is_stepping(self):
        return self.stopframe is not self.botframe or self.stoplineno != -1

    def trace_dispatch(self, frame, event, arg):
        if event == 'call':
            self.watch.tracer_enters(frame)
        traced = super().trace_dispatch(frame, event, arg)
        if not self.is_own:
            return traced
        if traced is None:
            return self.watch.local_for(frame) if event == 'call' else None
        return traced if self.is_stepping else self.watch.leave_frame(frame)

    def dispatch_line(self, frame):
        self.watch.tracer_looks_at(frame)
        try:
            return super().dispatch_line(frame)
        finally:
            self.watch.tracer_passed(frame)

    def dispatch_exception(self, frame, arg):
        self.watch.tracer_sees_exception(frame)
        if self.is_own and not self.stop_here(frame) and self.watch.stops_at_exception(frame, arg[1], arg[2]):
            self.stop_raised(frame, arg[1], arg[2])
            return self.trace_dispatch
        return super().dispatch_exception(frame, arg)

    def break_anywhere(self, frame):
        return not self.is_own and super().break_anywhere(frame)

    def break_here(self, frame):
        path = self.canonic(frame.f_code.co_filename)
        hit = self.watch.find(frame, path) if self.is_own or path in self.breaks else None
        if hit is not None:
            self._take_hit(hit)
        return hit is not None

    def _take_hit(self, hit):
        self.hit = hit
        self.currentbp = hit.point.number
        if hit.is_spent and hit.point.temporary:
            self.do_clear(str(hit.point.number))

    def stop_at(self, frame, hit):
        """At a breakpoint that the watch has seen."""
        self._stand_at(frame)
        self._take_hit(hit)
        self.user_line(frame)
        self._after_stop(frame)

    def stop_raised(self, frame, error, trace):
        """At an exception that is looked at where it is raised."""
        self._stand_at(frame)
        self.user_exception(frame, (type(error), error, trace or TRACEBACK(error)))
        self._after_stop(frame)

    def _stand_at(self, frame):
        """The first stop of a thread: it runs on from its outermost frame. The tracer is the frame's, so that `jump` works."""
        if getattr(self, 'botframe', None) is None:
            self.reset()
            bottom = frame
            while bottom.f_back is not None and bottom.f_code is not RUN:
                bottom = bottom.f_back
            self.botframe = bottom
            self._set_stopinfo(bottom, None, -1)
        if frame.f_trace is None:
            frame.f_trace = self.trace_dispatch

    def _after_stop(self, frame):
        if self.quitting:
            raise bdb.BdbQuit
        self.watch.keep_locals(frame)
        self.follow(frame)

    def follow(self, frame):
        """After a prompt that was not the tracer's: a step is its from here."""
        if not self.is_stepping:
            return
        while frame is not None and frame.f_code is not RUN:
            frame.f_trace = self.trace_dispatch
            frame.f_trace_lines = True
            frame = frame.f_back
        sys.settrace(self.trace_dispatch)

    def set_continue(self):
        """Takes pdb's tracer off: from here on the watch looks for breakpoints."""
        if not self.is_own:
            super().set_continue()
            return
        self.watch.refresh()
        breaks, self.breaks = self.breaks, {}
        try:
            super().set_continue()
        finally:
            self.breaks = breaks
        self.watch.run_on(sys._getframe().f_back)

    def set_quit(self):
        super().set_quit()
        if self.runs_script and self.is_own:
            self.watch.close()

    def look_at_end(self, error):
        """The post mortem of a thread; the program goes on after it."""
        self.reset()
        trace = error if sys.version_info >= (3, 13) else TRACEBACK(error)
        self.at_prompt(Stop('post-mortem', exception=error), self._show_end, None, trace)
        self._set_stopinfo(self.botframe, None, -1)

    def _show_end(self, frame, trace):
        self.message("Uncaught exception in thread {}. Entering post mortem debugging\n"
                     "Running 'cont' or 'step' will let the program go on without it".format(thread_name()))
        super().interaction(frame, trace)
