"""Which watch a process has."""
import sys

from .monitored import Monitored
from .stdlib import late_module
from .traced import Traced
from .watch import Watch


def make_watch(debuggers, desk):
    """The best way that this Python has. `tool_trouble` says why it is not the best of all."""
    monitoring = getattr(sys, 'monitoring', None)
    if desk.is_guest:
        return Watch(debuggers, desk)
    if monitoring is None:
        return Traced(debuggers, desk)
    taken_by = monitoring.get_tool(monitoring.DEBUGGER_ID)
    why = '' if taken_by is None else 'Another debugger ({}) holds this Python’s monitoring'.format(taken_by)
    if not why and sys.version_info < (3, 13) and late_module('ctypes') is None:
        why = 'This Python is built without ctypes'
    watch = Traced(debuggers, desk) if why else Monitored(debuggers, desk)
    watch.tool_trouble = why and why + ', so code with a breakpoint runs slower.'
    return watch
