"""Puts the bridge where the program and pdb look for a debugger: breakpoint(), pdb.set_trace(), pdb.pm(), fork."""
import cmd
import code
import os
import pdb
import sys

from .debugger import BridgePdb
from .desk import Stop
from .raises import watch_threads
from .unhit import make_watch


def take_over(desk):
    """From here on every debugger in this process is ours. PYTHONBREAKPOINT keeps its say: sys.breakpointhook is untouched."""
    BridgePdb.desk = desk
    BridgePdb.watch = make_watch(BridgePdb, desk)
    if not desk.is_guest:
        watch_threads(desk, BridgePdb.of_thread, lambda: BridgePdb.watch.filters)
    pdb.Pdb = BridgePdb
    pdb.set_trace = set_trace
    # Found before the builtin of that name, by these three modules only.
    cmd.input = pdb.input = code.input = desk.read_line

    os.register_at_fork(after_in_child=lambda: desk.forked(getattr(BridgePdb._by_thread, 'debugger', None)))


def set_trace(*, header=None, **options):
    """Stands for pdb.set_trace(): stops at the caller, in the debugger that already runs the program."""
    if BridgePdb.desk.is_child:
        return
    debugger = BridgePdb()
    if debugger.depth:
        return
    if header is not None:
        with debugger.desk.prompts.turn(debugger, Stop('breakpoint'), (sys._getframe().f_back,)):
            debugger.desk.console.take()
            debugger.message(header)
            debugger.desk.console.give()
    debugger.pending = 'breakpoint'
    debugger.set_trace(sys._getframe().f_back, **options)
