"""Numbers by which the workbench asks for children. Valid until the program runs on; never given twice."""
import time

MAX_MILLISECONDS = 50
# An answer stays below 64 kB of JSON: past the first figure values are no longer read, past the second the page ends.
FULL_BYTES = 48_000
END_BYTES = 60_000


class References:
    def __init__(self):
        self._last = 0
        self._objects = {}
        self._numbers = {}
        self.types = {}
        self.kept = {}  # what was found out about values, by whoever found it out

    def number(self, kind, value, key=None):
        """The number of a value or scope at this stop; the same value keeps its number while the program stands still."""
        key = (kind, id(value) if key is None else key)
        number = self._numbers.get(key)
        if number is None:
            self._last = number = self._last + 1
            self._numbers[key] = number
            self._objects[number] = (kind, value)
        return number

    def get(self, number):
        """(kind, value), or None when the number belongs to an earlier stop."""
        return self._objects.get(number)

    def clear(self):
        """Lets go of every object of the program."""
        self._objects.clear()
        self._numbers.clear()
        self.types.clear()
        self.kept.clear()


class Budget:
    """How much one answer may still take."""

    def __init__(self):
        self._deadline = time.perf_counter() + MAX_MILLISECONDS / 1000
        self._bytes = 0

    def add(self, characters):
        self._bytes += characters

    def spent(self):
        return self._bytes > FULL_BYTES or time.perf_counter() > self._deadline

    def full(self):
        return self._bytes > END_BYTES
