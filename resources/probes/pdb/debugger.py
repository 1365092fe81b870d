"""pdb.Pdb with the bridge's hooks: commands, texts and prompt are pdb's own."""
import bdb
import os
import pdb
import sys
import threading

from .breaks import RUN, Breaks
from .desk import Stop
from .frames import is_machinery
from .stepping import Steps
from .threads import give_prompt
from .types_of import is_a, plain

_DISPATCH = bdb.Bdb.trace_dispatch.__code__
# The bridge's own code that a running program is interrupted in.
_LOOKERS = frozenset('<casebook>/{}.py'.format(name)
                     for name in ('breaks', 'traced', 'monitored', 'watch', 'functions', 'raises', 'hits'))
_paths = {}


class BridgePdb(Breaks, Steps, pdb.Pdb):
    """One per thread of the program that stops; all share the desk, the breakpoints and the aliases."""

    desk = None
    _by_thread = threading.local()
    _shared = {}

    def __new__(cls, *arguments, **options):
        # The program's own `pdb.Pdb()` is the debugger that already runs it; a subclass or special streams are its own affair.
        if cls is BridgePdb and not cls.desk.is_guest and not arguments and not set(options) - {'nosigint', 'readrc', 'mode', 'backend', 'colorize'}:
            known = getattr(cls._by_thread, 'debugger', None)
            if known is None:
                known = cls._by_thread.debugger = super().__new__(cls)
            return known
        return super().__new__(cls)

    def __init__(self, *arguments, **options):
        if getattr(self, 'is_ready', False):
            return
        super().__init__(*arguments, **(options if self.desk.is_guest else dict(options, readrc=False)))
        self.is_ready = True
        self.pending = None
        self.depth = 0
        self.interrupted = False
        self.is_last_word = False
        self.runs_script = False
        self.stop_on_entry = True
        self.entry_code = None
        if self.desk.is_guest:
            return
        if type(self) is BridgePdb:
            self.use_rawinput = 1
            self.stdout = self.desk.console.text
        for name in ('breaks', 'commands', 'commands_doprompt', 'commands_silent', 'aliases'):
            if hasattr(self, name):
                setattr(self, name, self._shared.setdefault(name, getattr(self, name)))

    def clear_all_breaks(self):
        answer = super().clear_all_breaks()
        if self.desk.is_guest:
            return answer
        shared = self._shared['breaks']
        shared.clear()
        self.breaks = shared
        return answer

    def canonic(self, filename):
        """One name for one file, however it was reached: breakpoints set through a link hit as well."""
        if self.desk.is_guest:
            return super().canonic(filename)
        return self.true_path(filename)

    @staticmethod
    def true_path(filename):
        if filename.startswith('<'):
            return filename
        known = _paths.get(filename)
        if known is None:
            known = _paths[filename] = os.path.realpath(filename)
        return known

    @classmethod
    def of_thread(cls):
        """This thread's own debugger, which is made when it first stops."""
        return cls()

    @classmethod
    def of_thread_if_any(cls):
        return getattr(cls._by_thread, 'debugger', None)

    @property
    def is_own(self):
        """Whether this debugger is the thread's, so that the watch is its own."""
        return self is self.of_thread_if_any()

    def run_script(self, code, filename, stop_on_entry, namespace=None):
        """Debugs a compiled script until it ends, by whatever way; in __main__'s namespace, where none is given."""
        self._wait_for_mainpyfile = True
        self._user_requested_quit = False
        self.runs_script = True
        self.mainpyfile = self.canonic(filename)
        self.entry_code = None
        self.stop_on_entry = stop_on_entry
        if not stop_on_entry:
            self.desk.interrupts.take(self.sigint_handler)
            self.desk.interrupts.give()
        self.run(code, namespace)

    def begin_at(self, filename, stop_on_entry, code=None):
        """From here on the first line of this file, or of this code in it, is the entry. For what was started by `run_script`."""
        self.mainpyfile = self.canonic(filename)
        self.entry_code = code
        self.stop_on_entry = stop_on_entry
        self._wait_for_mainpyfile = True
        self.set_step()
        sys.settrace(self.trace_dispatch)

    # What bdb reports

    def stop_here(self, frame):
        # Past the script's last line bdb would step on into its own run(), and then into ours.
        filename = frame.f_code.co_filename
        hidden = filename.startswith('<casebook>/') if self.desk.is_guest else is_machinery(filename)
        return not hidden and super().stop_here(frame)

    def user_line(self, frame):
        stop = self.stop_at_hit('step')
        if self._wait_for_mainpyfile and not self.desk.is_guest:
            if self.canonic(frame.f_code.co_filename) != self.mainpyfile or not frame.f_lineno or frame.f_lineno <= 0:
                return
            if self.entry_code not in (None, frame.f_code):
                return
            if not self.stop_on_entry and not self.break_here(frame):
                self._wait_for_mainpyfile = False
                self._start_running(frame)
                return
            stop = self.stop_at_hit('entry')
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
        if self.stop_here(frame):  # bdb asks for every call in a file that has breakpoints
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
        with self.desk.prompts.turn(self, stop, arguments):
            if not self.desk.comes_in(self):
                return
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
            self.take_new_breakpoints(frame)

    # Ctrl-C

    def sigint_handler(self, signum, frame):
        if self.desk.is_guest:
            super().sigint_handler(signum, frame)
            return
        if self.desk.is_child or self.depth and self.desk.may_interrupt and self.desk.debugger in (None, self):
            raise KeyboardInterrupt
        if self.depth:
            self.interrupted = self.desk.debugger in (None, self)
            return
        if self.desk.prompts.waits(self):  # it stops by itself when its turn comes
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
        self.follow(frame)

    # Entering from the program

    def set_trace(self, frame=None, **options):
        frame = frame or sys._getframe().f_back
        if self.desk.is_child or self.depth:  # called by a command typed at this very prompt
            return
        if self is getattr(self._by_thread, 'debugger', None):
            super().set_trace(frame, **options)
            self._forget_own_frames(frame)
            return
        # Another thread may stand at its prompt with these very fields.
        with self.desk.prompts.turn(self, Stop('breakpoint'), (frame,)):
            super().set_trace(frame, **options)
            self._forget_own_frames(frame)

    def _forget_own_frames(self, frame):
        """The stack ends where the script began: below are only bdb's run() and the bridge."""
        while frame is not None and frame.f_code is not RUN:
            frame.f_trace_lines = True
            frame = frame.f_back
        if frame is None or self.desk.is_guest:
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
        if give_prompt(self, line):
            return None
        self.desk.touched = True
        return super().default(line)

    def error(self, msg):
        self.desk.refusal = plain(msg, 500)
        super().error(msg)

    def do_run(self, arg):
        if self.desk.is_far:
            self.error('This process was not started here, so it cannot be started again here: do that where it was started.')
            return None
        return super().do_run(arg)

    do_restart = do_run

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
    """The program's frame that the debugger was looking at when the interrupt came, else the interrupted one."""
    frame = interrupted
    while frame is not None and frame.f_code is not RUN:
        if frame.f_code is _DISPATCH or frame.f_code.co_filename in _LOOKERS:
            return _programs_frame(frame.f_back)
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
