"""Work that the workbench asks of the stopped thread: begun by a signal while its prompt waits for a line, and interruptible."""
import _thread
import os
import signal
import time

from .descriptors import pipe
from .interrupts import in_main_thread
from .stdlib import late_module

# Ignored by default, so that one too many never ends a program.
SUMMONS = getattr(signal, 'SIGURG', None)
# How long an interrupted errand has to end, and how often it is interrupted meanwhile.
GRACE_SECONDS = 2.0
AGAIN_SECONDS = 0.25
# A thread that was summoned takes less than this to begin.
FIRST_SECONDS = 0.02


class Errand:
    """One call of `act`. Nobody waits for it any more when it is `dropped`; it is `unwanted` when it is to end early."""

    def __init__(self, act):
        self._act = act
        self._result = self._error = None
        self.runs = self.over = self.dropped = self.unwanted = False
        self._claim = _thread.allocate_lock()
        self.done, self._tell = pipe()

    @property
    def began(self):
        return self._claim.locked()

    def claim(self):
        """True for the first that is to run it: a second signal may come within the handler of the first."""
        return self._claim.acquire(False)

    def run(self):
        """In the thread that is to do it. Whatever the program's code raises stays here."""
        act, self._act = self._act, None
        try:
            self.runs = True
            if self.unwanted:
                raise KeyboardInterrupt
            self._result = act()
            self.over = True
        except BaseException as error:
            self.over = True
            self._error = error
        if self.dropped:
            self._result = self._error = None

    def tell(self):
        """Whoever waits for it goes on, and may send the next one at once."""
        _close(self._tell)

    def run_alone(self):
        """In a thread of its own."""
        self.run()
        self.tell()

    def outcome(self):
        """(result, error), held no longer; None while it is not over, and then whatever comes of it is dropped."""
        self.dropped = True
        _close(self.done)
        if not self.over:
            return None
        found = (self._result, self._error)
        self._result = self._error = None
        return found


def _close(fd):
    try:
        os.close(fd)
    except OSError:  # closed by the program, as daemons do with every number
        pass


class Errands:
    """Of one process: one at a time, in the main thread where the prompt is there, else in a thread made for it."""

    def __init__(self, desk):
        self._desk = desk
        self._current = None
        self._thread = 0
        self._summoned = False
        self._programs = None
        self._missed = False  # a signal that was the program's came at the prompt
        self._sent = 0  # of ours, as far as they have not come; several at once may come as one

    def begin(self):
        """A prompt is about to be shown in this thread."""
        self._summoned = self._missed = False
        self._sent = 0
        self._thread = _thread.get_ident()
        if SUMMONS is None or not in_main_thread():
            return
        self._programs = signal.getsignal(SUMMONS)
        if self._programs is not None:  # None: installed by C code, and it stays
            signal.signal(SUMMONS, self._take_up)
            self._summoned = True

    def end(self):
        """The prompt was left: the signal is the program's again."""
        if not self._summoned:
            return
        self._summoned = False
        signal.signal(SUMMONS, self._programs)
        if self._missed and callable(self._programs):
            self._missed = False
            signal.raise_signal(SUMMONS)

    @property
    def in_stopped_thread(self):
        return self._summoned

    def is_busy(self):
        """One that could not be interrupted has not ended yet."""
        return self._current is not None and not self._current.over

    def run(self, act, milliseconds):
        """
        Has `act` called, from the service's thread, which meanwhile serves `cancel` alone. Gives (outcome, why it was
        interrupted): the outcome is (result, error), or None when it could not be; why is '', 'cancel', 'time' or 'gone'.
        """
        errand = self._current = Errand(act)
        ends = time.monotonic() + milliseconds / 1000
        thread = self._start(errand)
        stopped_by = self._desk.attend(errand.done, FIRST_SECONDS)
        while stopped_by == 'time' and time.monotonic() < ends:
            if not errand.began:  # the signal came just before the thread began to wait, where it wakes nothing
                self._summon()
            stopped_by = self._desk.attend(errand.done, ends - time.monotonic() if errand.began else FIRST_SECONDS)
        ends = time.monotonic() + GRACE_SECONDS
        told = not stopped_by
        while not told and time.monotonic() < ends:
            errand.unwanted = True
            if not errand.over:
                self._interrupt(thread)
            told = not self._desk.attend(errand.done, AGAIN_SECONDS, False)
        return errand.outcome(), stopped_by

    def _start(self, errand):
        if self._summoned:
            self._summon()
            return self._thread
        errand.claim()
        return _thread.start_new_thread(errand.run_alone, ())

    def _summon(self):
        self._sent += 1
        signal.pthread_kill(self._thread, SUMMONS)

    def _interrupt(self, thread):
        if self._summoned:
            self._summon()
            return
        ctypes = late_module('ctypes')
        if ctypes is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(KeyboardInterrupt))

    def _take_up(self, signum, frame):
        """The signal's handler, within the wait for a line: begins the errand, or interrupts it when it runs already."""
        errand = self._current
        own, self._sent = self._sent > 0, max(0, self._sent - 1)
        if errand is None or errand.over:
            self._missed = self._missed or not own
        elif errand.claim():
            self._run_here(errand)
        elif errand.unwanted and errand.runs:
            raise KeyboardInterrupt

    def _run_here(self, errand):
        """With the program's own streams, so that what it prints goes where it always goes. Ctrl-C counts for the errand alone."""
        desk = self._desk
        interruptible, desk.may_interrupt = desk.may_interrupt, False
        desk.guarded('console', desk.console.give)
        try:
            desk.may_interrupt = True
            errand.run()
            desk.may_interrupt = False
        finally:
            if desk.is_child:
                os._exit(0)  # forked by what was evaluated: the parent has this prompt
            desk.guarded('console', desk.console.take)
            desk.may_interrupt = interruptible
            errand.tell()
