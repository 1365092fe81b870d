"""Whose Ctrl-C it is: the debugger's while the program has no handler of its own, and at every prompt."""
import _thread
import pdb
import signal
import threading
import types


def in_main_thread():
    return _thread.get_ident() == threading.main_thread().ident


class Interrupts:
    """The program's own handler is put aside at a prompt and put back when it runs on."""

    def __init__(self):
        self._programs = signal.default_int_handler
        self._ours = None

    def take(self, handler):
        """At a prompt: `handler` decides. Outside the main thread Python has no say over signals."""
        if not in_main_thread():
            return
        current = signal.getsignal(signal.SIGINT)
        if not self._is_ours(current):
            if current is None:  # installed by C code: it stays
                return
            self._programs = current
        self._ours = handler.__func__
        signal.signal(signal.SIGINT, handler)
        pdb.Pdb._previous_sigint_handler = None

    def give(self):
        """The program runs on. Stock pdb listens only after `continue`; a `next` over a long call must be stoppable too."""
        if not in_main_thread():
            return
        after_continue = pdb.Pdb._previous_sigint_handler is not None
        pdb.Pdb._previous_sigint_handler = None
        if not after_continue and self._programs is not signal.default_int_handler:
            self.leave()

    def leave(self):
        """Ctrl-C is the program's alone from here on."""
        if in_main_thread() and self._is_ours(signal.getsignal(signal.SIGINT)):
            signal.signal(signal.SIGINT, self._programs)

    def _is_ours(self, handler):
        return type(handler) is types.MethodType and handler.__func__ is self._ours
