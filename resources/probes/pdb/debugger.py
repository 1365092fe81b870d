"""pdb.Pdb with the bridge's hooks: commands, texts and prompt are pdb's own."""
import bdb
import os
import pdb
import sys
import threading

from .desk import Stop
from .frames import is_machinery
from .types_of import is_a

_RUN = bdb.Bdb.run.__code__
_DISPATCH = bdb.Bdb.trace_dispatch.__code__


class BridgePdb(pdb.Pdb):
    """One per thread of the program that stops; all share the desk, the breakpoints and the aliases."""

    desk = None
    _by_thread = threading.local()
    _shared = {}

    def __new__(cls, *arguments, **options):
        # The program's own `pdb.Pdb()` is the debugger that already runs it; a subclass or special streams are its own affair.
        if cls is BridgePdb and not arguments and not set(options) - {'nosigint', 'readrc', 'mode', 'backend', 'colorize'}:
            known = getattr(cls._by_thread, 'debugger', None)
            if known is None:
                known = cls._by_thread.debugger = super().__new__(cls)
            return known
        return super().__new__(cls)

    def __init__(self, *arguments, **options):
        if getattr(self, 'is_ready', False):
            return
        super().__init__(*arguments, **dict(options, readrc=False))
        self.is_ready = True
        self.pending = None
        self.depth = 0
        self.interrupted = False
        self.is_last_word = False
        self.runs_script = False
        if type(self) is BridgePdb:
            self.use_rawinput = 1
            self.stdout = self.desk.console.text
        for name in ('breaks', 'commands', 'commands_doprompt', 'commands_silent', 'aliases'):
            if hasattr(self, name):
                setattr(self, name, self._shared.setdefault(name, getattr(self, name)))

    def clear_all_breaks(self):
        answer = super().clear_all_breaks()
        shared = self._shared['breaks']
        shared.clear()
        self.breaks = shared
        return answer

    def canonic(self, filename):
        """One name for one file, however it was reached: breakpoints set through a link hit as well."""
        if filename.startswith('<'):
            return filename
        known = self.fncache.get(filename)
        if known is None:
            known = self.fncache[filename] = os.path.realpath(filename)
        return known

    def run_script(self, code, filename, stop_on_entry):
        """Debugs a compiled script in __main__'s namespace until it ends, by whatever way."""
        self._wait_for_mainpyfile = True
        self._user_requested_quit = False
        self.runs_script = True
        self.mainpyfile = self.canonic(filename)
        self.stop_on_entry = stop_on_entry
        if not stop_on_entry:
            self.desk.interrupts.take(self.sigint_handler)
            self.desk.interrupts.give()
        self.run(code)

    # What bdb reports

    def stop_here(self, frame):
        # Past the script's last line bdb would step on into its own run(), and then into ours.
        return not is_machinery(frame.f_code.co_filename) and super().stop_here(frame)

    def user_line(self, frame):
        stop = Stop('breakpoint' if getattr(self, 'currentbp', 0) else 'step')
        if self._wait_for_mainpyfile:
            if self.canonic(frame.f_code.co_filename) != self.mainpyfile or not frame.f_lineno or frame.f_lineno <= 0:
                return
            if not self.stop_on_entry and not self.break_here(frame):
                self._wait_for_mainpyfile = False
                self._start_running(frame)
                return
            stop = Stop('entry' if self.stop_on_entry else 'breakpoint')
        try:
            self.at_prompt(stop, super().user_line, frame)
        finally:
            self.currentbp = 0

    user_opcode = user_line

    def _start_running(self, frame):
        """The program runs from its first line. Whoever hears so may interrupt at once: that counts when all is said."""
        self.depth += 1
        try:
            self.set_continue()
            self.desk.goes_on()
        finally:
            self.depth -= 1
        self._run_on(frame)

    def user_call(self, frame, argument_list):
        self.at_prompt(Stop('call'), super().user_call, frame, argument_list)

    def user_return(self, frame, return_value):
        self.at_prompt(Stop('return', returned=(return_value,)), super().user_return, frame, return_value)

    def user_exception(self, frame, exc_info):
        self.at_prompt(Stop('exception', exception=exc_info[1]), super().user_exception, frame, exc_info)

    def interaction(self, frame, tb_or_exc):
        stop = Stop('step')
        if frame is None:
            stop = Stop('post-mortem', exception=_exception_of(tb_or_exc))
        self.at_prompt(stop, super().interaction, frame, tb_or_exc)

    def at_prompt(self, stop, act, *arguments):
        """Runs a hook of pdb's with the console in the person's hands. Hooks call each other: the outermost counts."""
        if self.desk.is_child:
            return
        if self.depth or self._wait_for_mainpyfile and stop.reason not in ('entry', 'breakpoint'):
            act(*arguments)
            return
        with self.desk.lock:
            self.depth += 1
            if self.pending:
                stop.reason, self.pending = self.pending, None
            self.desk.begin(self, stop)
            try:
                act(*arguments)
            finally:
                self.desk.may_interrupt = self.interrupted = False
                ends = self.is_last_word or self.quitting and self.runs_script
                self.desk.end(not ends)
                self.allow_kbdint = False
                self.depth -= 1
        if not self.quitting and not ends:
            self._run_on(arguments[0])

    def _run_on(self, frame):
        if self.interrupted:  # Ctrl-C came while the prompt was being left: the program has not moved
            self.interrupted = False
            self._pause(frame)
        else:
            self.trace_new_breakpoints(frame)

    def trace_new_breakpoints(self, frame):
        """Functions that were entered before a breakpoint was set in their file are not traced until they are told to be."""
        while self.breaks and frame is not None and frame.f_code is not _RUN:
            if frame.f_trace is None and self.break_anywhere(frame):
                frame.f_trace = self.trace_dispatch
            frame = frame.f_back

    # Ctrl-C

    def sigint_handler(self, signum, frame):
        if self.desk.is_child or self.depth and self.desk.may_interrupt:
            raise KeyboardInterrupt
        if self.depth:
            self.interrupted = True
            return
        if self.desk.debugger is not None:  # another thread stands at its prompt: this one stops after it
            self.pending = 'pause'
            self.set_trace(frame)
        else:
            self._pause(frame)

    def _pause(self, frame):
        """Stops inside the signal handler: a program that sleeps or waits for a lock reaches no next line to stop at."""
        frame = _programs_frame(frame)
        self.pending = 'pause'
        self.desk.console.take()
        try:
            super().sigint_handler(None, frame)
        finally:
            self.desk.console.give()
        if is_machinery(frame.f_code.co_filename):
            return
        sys.settrace(None)
        self.at_prompt(Stop('pause'), super().interaction, frame, None)
        if self.quitting:
            raise bdb.BdbQuit
        if self.breaks or self.stopframe is not self.botframe or self.stoplineno != -1:
            sys.settrace(self.trace_dispatch)

    # Entering from the program

    def set_trace(self, frame=None, **options):
        frame = frame or sys._getframe().f_back
        if self.desk.is_child or self.depth:  # called by a command typed at this very prompt
            return
        with self.desk.lock:  # another thread may stand at its prompt with these very fields
            super().set_trace(frame, **options)
            self._forget_own_frames(frame)

    def _forget_own_frames(self, frame):
        """The stack ends where the script began: below are only bdb's run() and the bridge."""
        while frame is not None and frame.f_code is not _RUN:
            frame = frame.f_back
        if frame is None:
            return
        self.botframe = frame
        while frame is not None:
            frame.f_trace = None
            frame = frame.f_back

    # Commands that need care

    def is_own_prompt(self, prompt):
        """Whether a line typed at `prompt` is a command: not one of a breakpoint's list, nor Python's second line."""
        return prompt == self.prompt and not self.commands_defining

    def default(self, line):
        self.desk.touched = True
        return super().default(line)

    def do_interact(self, arg):
        self.desk.touched = True
        return super().do_interact(arg)

    def do_debug(self, arg):
        """A debugger within: its stops are told as stops, and this prompt as a new one afterwards."""
        desk, stop = self.desk, self.desk.stop
        desk.end(True)
        try:
            return super().do_debug(arg)
        finally:
            desk.begin(self, Stop(stop.reason, stop.exception, stop.returned))

    complete_debug = pdb.Pdb._complete_expression


def _programs_frame(interrupted):
    """The program's frame that bdb was looking at when the interrupt came, else the interrupted one."""
    frame = interrupted
    while frame is not None and frame.f_code is not _RUN:
        if frame.f_code is _DISPATCH:
            return frame.f_back
        frame = frame.f_back
    return interrupted


def _exception_of(tb_or_exc):
    """The exception of a post mortem; up to 3.12 pdb is given only its traceback."""
    if tb_or_exc is not None and is_a(tb_or_exc, BaseException):
        return tb_or_exc
    for error in (sys.exc_info()[1], getattr(sys, 'last_value', None)):
        if error is not None and is_a(error, BaseException) and BaseException.__dict__['__traceback__'].__get__(error) is tb_or_exc:
            return error
    return None
