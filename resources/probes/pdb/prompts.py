"""Whose prompt is next: one prompt at a time in the whole process, the other threads wait in order."""
import _thread
import threading

from .threads import place_of, thread_name


class Turn:
    """One thread's stop, from the moment it wants the prompt until it leaves it."""

    def __init__(self, queue, debugger, stop, where):
        self.queue = queue
        self.ident = _thread.get_ident()
        self.debugger = debugger
        self.stop = stop
        self.where = where
        self.gate = _thread.allocate_lock()
        self.gate.acquire()

    def __enter__(self):
        self.queue.enter(self)

    def __exit__(self, *_):
        self.queue.leave()

    def described(self):
        return {'threadId': self.ident, 'threadName': thread_name(self.ident), 'reason': self.debugger.pending or self.stop.reason,
                'at': place_of(self.debugger, *self.where)}


class Prompts:
    """
    The lock says who has the prompt, the list who comes next. Whoever lets the lock go calls up the first of the list, and
    whoever takes it without being first lets it go again: so a signal handler of the same thread can never block itself.
    """

    def __init__(self, news=lambda: None):
        self.waiting = []
        self._lock = threading.RLock()
        self._depth = 0  # a debugger within the prompt (`debug`) has a prompt of its own
        self._news = news

    def turn(self, debugger, stop, where):
        """A context in which this thread has the prompt. `where`: the arguments of pdb's interaction, frame first."""
        return Turn(self, debugger, stop, where)

    def waits(self, debugger):
        return any(turn.debugger is debugger for turn in self.waiting)

    def enter(self, turn):
        if self._lock.acquire(blocking=False):
            if self._depth or not self.waiting:
                self._depth += 1
                return
            self._release()
        self.waiting.append(turn)
        self._wait(turn)

    def leave(self):
        self._depth -= 1
        self._release()

    def give(self, ident, own):
        """This thread steps back for one that waits, and has its prompt again when that one is left. False: it does not wait."""
        chosen = next((turn for turn in self.waiting if turn.ident == ident), None)
        if chosen is None:
            return False
        depth, self._depth = self._depth, 0
        self.waiting.remove(chosen)
        self.waiting[:0] = [chosen, own]
        for _ in range(depth - 1):
            self._lock.release()
        self._release()
        self._wait(own)
        for _ in range(depth - 1):
            self._lock.acquire()
        self._depth = depth
        return True

    def _release(self):
        self._lock.release()
        self._call_up()

    def _call_up(self):
        for turn in self.waiting[:1]:
            try:
                turn.gate.release()
            except RuntimeError:  # called up already
                pass

    def _wait(self, turn):
        """Until this is the first of the list and the lock is free. The turn is in the list already."""
        try:
            self._news()
            while not self._is_up(turn):
                turn.gate.acquire()
        except BaseException:  # the program's own signal handler raised: this stop is not to be
            if turn in self.waiting:
                self.waiting.remove(turn)
                self._call_up()
            else:
                self._depth = 0
                self._release()
            self._news()
            raise

    def _is_up(self, turn):
        if not self._lock.acquire(blocking=False):
            return False
        if self.waiting[0] is turn and not self._depth:
            del self.waiting[0]
            self._depth = 1
            return True
        self._release()
        return False
