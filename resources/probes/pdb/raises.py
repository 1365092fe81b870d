"""At which exceptions the program stops, and that it does so once for each raise."""
import bdb
import threading

from .frames import is_machinery
from .sources import is_library
from .types_of import MRO, TRACEBACK, TYPE_DICT, type_name

# What a loop or a generator ends with is no failure, unless it was asked for by name.
_ENDINGS = frozenset(id(cls) for cls in (StopIteration, StopAsyncIteration, GeneratorExit))


class Filters:
    """The protocol's ExceptionFilters."""

    def __init__(self, uncaught=True, raised=False, types=(), onlyMine=True):
        self.uncaught = uncaught
        self.raised = raised
        self._types = frozenset(types)
        self._only_mine = onlyMine

    def wants_uncaught(self, error):
        """Whether the program is looked at when it, or a thread of it, ends with this."""
        return self.uncaught and self._is_of_type(error)

    def wants_raised(self, frame, error, trace=None):
        """Whether this is where the program stops for an exception: the first frame that it passes of those that count."""
        if not self.raised or not self._counts(frame) or not self._is_of_type(error):
            return False
        if not self._types and id(type(error)) in _ENDINGS:
            return False
        trace = trace or TRACEBACK(error)
        if trace is not None and trace.tb_frame is frame:
            trace = trace.tb_next
        while trace is not None:
            if self._counts(trace.tb_frame):
                return False
            trace = trace.tb_next
        return True

    def counts_in(self, filename):
        """Whether exceptions in this file's code are looked at."""
        return not is_machinery(filename) and not (self._only_mine and is_library(filename))

    def _counts(self, frame):
        return self.counts_in(frame.f_code.co_filename)

    def _is_of_type(self, error):
        return not self._types or any(not self._types.isdisjoint(_names(base)) for base in MRO(type(error)))


def _names(cls):
    """`Timeout`, `Client.Timeout` and `shop.net.Client.Timeout`."""
    name = type_name(cls)
    module = TYPE_DICT(cls).get('__module__')
    return (name, name.rpartition('.')[2], '{}.{}'.format(module, name) if type(module) is str else name)


def watch_threads(desk, of_this_thread, filters_now):
    """A thread that ends with an exception is looked at before it is gone; its traceback is printed as always."""
    programs = threading.excepthook

    def hook(arguments):
        programs(arguments)
        error = arguments.exc_value
        if error is None or desk.is_child or not filters_now().wants_uncaught(error):
            return
        if not any(base in (SystemExit, bdb.BdbQuit) for base in MRO(type(error))):
            of_this_thread().look_at_end(error)
    threading.excepthook = hook
