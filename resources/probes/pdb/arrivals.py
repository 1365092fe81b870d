"""A process that comes to Casebook by itself: a child of the program, or one that was started elsewhere."""
from . import stdlib  # first: everything below is imported before a folder of the program can offer it

import json
import os
import select
import signal
import sys
import threading

from .breakpoints import set_breakpoints, set_exception_filters, set_functions
from .channel import UnixChannel
from .console import Console, ConsoleText
from .debugger import BridgePdb
from .descriptors import OwnDescriptor, duplicate
from .errands import SUMMONS
from .interrupts import Interrupts, in_main_thread

WELCOME_WITHIN = 10  # seconds
# To whoever started the program by the copied command, and will wonder.
NOBODY_WAITS = b'Casebook does not wait any more: the program runs on, without stopping at its breakpoints.\n'
# After the end of its tty, how long the socket's end may still be on its way.
HANG_UP_WITHIN = 0.2


class NoChannel:
    """Nobody to talk to, yet."""

    kind = 'none'

    def event(self, name, body):
        pass

    def is_open(self):
        return False

    def drop(self):
        pass


class FarConsole(Console):
    """A tty that the workbench lends at the first prompt; the process was not started on it and has its own streams."""

    def __init__(self, before=None):
        self._name = ''
        self._own = None
        self._lock = threading.RLock()
        self._saved = None
        self._streams = (sys.stdin, sys.stdout, sys.stderr)
        self.text = ConsoleText(self)
        self.trouble = ''
        if before is not None:
            before.leave_to_child()

    def move_to(self, name):
        """OSError when the tty cannot be opened."""
        opened = os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            self._own = OwnDescriptor(duplicate(opened))
            self._name = name
        finally:
            os.close(opened)

    def leave_to_child(self):
        if self._own is not None:
            super().leave_to_child()

    def write(self, content):
        if self._own is not None:
            super().write(content)

    def take(self):
        if self._own is not None:
            super().take()


def _not_meant_for_us(signum, frame):
    """Ctrl-C in another process's console reaches its children: the debugger there stops that one process."""


class FarInterrupts(Interrupts):
    """Ctrl-C is the program's own but at a prompt; the workbench stops a running program with a signal that does nothing else."""

    def __init__(self, desk):
        super().__init__()
        self._desk = desk

    def take(self, handler):
        handler.__self__.nosigint = True
        self.listen()
        super().take(handler)

    def give(self):
        self.leave()

    def listen(self):
        """Only where the program has no use for the signal, and only the main thread may say so."""
        if SUMMONS is not None and in_main_thread() and signal.getsignal(SUMMONS) is signal.SIG_DFL:
            signal.signal(SUMMONS, self._pause)

    def _pause(self, signum, frame):
        if not self._desk.is_child and self._desk.arrival is None:
            BridgePdb().sigint_handler(signum, frame)


class Arrival:
    """What this process needs to come in: where, with which word, and how it came to be."""

    def __init__(self, door, how):
        self.door = door
        self.how = how

    def enter(self, desk, debugger):
        """Opens the socket and the console. OSError or ValueError when nobody opens."""
        channel = UnixChannel(self.door['path'], self.door['token'], _papers(self.how))
        try:
            welcome = _welcome(channel)
            desk.console.move_to(welcome['console'])
        except BaseException:
            channel.drop()
            raise
        desk.channel = channel
        desk.guarded('breakpoints', take_breakpoints, desk, debugger, welcome)


def _papers(how):
    # The program may put anything into sys.argv.
    argv = [word[:100] for word in list(sys.argv)[:10] if type(word) is str] if type(sys.argv) is list else []
    return {'ppid': os.getppid(), 'argv': argv, 'how': how}


def _welcome(channel):
    """The workbench's first line: a tty to prompt in, and what to stop at."""
    lines = []
    while not lines:
        ready, _, _ = select.select([channel], [], [], WELCOME_WITHIN)
        lines = channel.lines() if ready else None
        if lines is None:
            raise OSError('Casebook did not answer')
    return json.loads(lines[0].decode('utf-8'))


def take_breakpoints(desk, debugger, wanted):
    """Makes the breakpoints what the workbench has now, and says how they are bound."""
    bound = set_breakpoints(debugger, wanted.get('breakpoints', []))
    functions = set_functions(debugger, wanted.get('functionBreakpoints', []))
    if wanted.get('exceptionFilters'):
        set_exception_filters(debugger, wanted['exceptionFilters'])
    desk.tell('breakpoints', {'breakpoints': bound, 'functionBreakpoints': functions})


def comes_in(desk, debugger):
    """Before a prompt of a process that came by itself: whether there is somebody to prompt. If not, it runs on without us."""
    arrival, desk.arrival = desk.arrival, None
    try:
        if arrival is not None:
            arrival.enter(desk, debugger)
        if type(debugger) is BridgePdb:
            debugger.stdout = desk.console.text
        desk.is_child = hung_up(desk.channel, 0)
    except (OSError, ValueError, KeyError):
        desk.is_child = True
        if arrival is not None and arrival.how == 'breakpoint':
            os.write(2, NOBODY_WAITS)
    return not desk.is_child


def lets_go(desk):
    """At the end of the console: whether the workbench is gone too. Then the program runs on without a debugger."""
    desk.is_child = hung_up(desk.channel, HANG_UP_WITHIN)
    return desk.is_child


def hung_up(channel, seconds):
    """Whether the workbench has let go of this process."""
    if not channel.is_open():
        return True
    ready, _, _ = select.select([channel], [], [], seconds)
    return bool(ready) and channel.is_at_end()


def become_far(desk, arrival):
    """A desk whose prompts are shown far from where the process was started."""
    desk.channel = NoChannel()
    desk.console = FarConsole(desk.console)
    desk.interrupts = FarInterrupts(desk)
    desk.arrival = arrival
    desk.is_child = False
    desk.is_far = True
    desk.comes_in = lambda debugger: comes_in(desk, debugger)
    desk.lets_go = lambda: lets_go(desk)
    desk.interrupts.listen()


def ignore_others_interrupts():
    """For a child whose Ctrl-C would raise KeyboardInterrupt: whoever presses it in the parent's console means the parent."""
    if in_main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _not_meant_for_us)
