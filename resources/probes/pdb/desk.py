"""What all debuggers of one process share: console, channel, references, and whose prompt it is."""
import _thread
import builtins
import os
import sys
import traceback

from . import requests
from .errands import Errands
from .frames import Namespaces
from .interrupts import Interrupts
from .prompts import Prompts
from .references import References
from .service import Refused, Service
from .state import snapshot
from .stdlib import readline
from .threads import waiting

_input = builtins.input  # kept: the program may replace it for itself


def _plain_input(prompt):
    """A line as the tty itself edits it."""
    os.write(1, prompt.encode('utf-8', 'backslashreplace'))
    line = b''
    while not line.endswith(b'\n'):
        try:
            piece = os.read(0, 4096)
        except OSError:  # the tty was hung up
            piece = b''
        if not piece:
            raise EOFError
        line += piece
    return line[:-1].decode('utf-8', 'surrogateescape')


class Stop:
    """Why the program stands still. Made when a hook is entered, told when a prompt is really shown."""

    def __init__(self, reason, exception=None, returned=(), note=''):
        self.reason = reason
        self.exception = exception
        self.returned = returned
        self.note = note
        self.told = False
        self.shown = None
        self.handled = None  # the exception of an `except` or `finally` that the program stands in
        self.offsets = None
        self.tree = None


def _compared(body):
    """The parts of a state by which it is told to be new."""
    return (body['frame'], body['frameCount'], body['locals'], body['scopes'], body['breakpoints'], body['frames'][:1])


class Desk:
    def __init__(self, console, channel):
        self.console = console
        self.channel = channel
        self.references = References()
        self.namespaces = Namespaces()
        self.interrupts = Interrupts()
        self.errands = Errands(self)
        self.may_interrupt = False  # Ctrl-C cancels the line or the command; false while the bridge itself works
        self.prompts = Prompts(self._tell_waiting)  # one at a time in the whole process
        self.debugger = None  # whose prompt it is
        self.stop = None
        self.prompt = ''
        self.half_typed = ''
        self.is_child = False
        self.is_guest = False  # the program starts its debuggers by itself: they are apart, and prompt where they would
        self.has_plain_input = False  # forked while readline had a line: its lock is held for ever here
        self.is_far = False  # not started here: it has its own terminal, and prompts in one that it is lent
        self.arrival = None  # of a process that was not started here, until its first stop
        self.door = self.spawns = self.wanted_filters = None
        self.wanted_functions = []
        self.touched = False
        self.refusal = ''  # what pdb said of the last command that it would not do
        self._service = None
        self.reader = None  # the thread whose prompt it is
        self._news = None
        self._troubles = set()

    def tell(self, event, body):
        if not self.is_child:
            self.channel.event(event, body)

    def guarded(self, what, act, *arguments):
        """Runs a part of the bridge that the session can do without; its failure is told once and costs nothing else."""
        try:
            return act(*arguments)
        except Exception as error:
            self._tell_trouble(what, error)
            return None

    def _tell_trouble(self, what, error):
        last = traceback.extract_tb(error.__traceback__)[-1]
        message = '{}: {!r} at {}:{}'.format(what, error, last.filename, last.lineno)[:500]
        if type(error) is Refused:
            message = str(error)
        if message in self._troubles:
            return
        self._troubles.add(message)
        try:
            self.tell('trouble', {'message': message})
        except Exception:
            self.is_child = True  # nothing can be told any more: plain pdb from here on

    def begin(self, debugger, stop):
        """A hook was entered: the console is the person's from here to `end`."""
        self.debugger = debugger
        self.stop = stop
        stop.handled = sys.exc_info()[1]
        self.reader = _thread.get_ident()
        self.interrupts.take(debugger.sigint_handler)
        self.guarded('console', self.console.take)
        self.guarded('errands', self.errands.begin)

    def end(self, goes_on):
        """The prompt is left: nothing of the program's is held, its streams are its own again."""
        told = self.stop.told
        self._stop_service()
        self.guarded('errands', self.errands.end)
        self.reader = self.debugger = self.stop = None
        self.references.clear()
        self.namespaces.clear()
        if told and goes_on:
            self.goes_on()
        self.guarded('console', self.console.give)
        self.interrupts.give()

    def _tell_waiting(self):
        """By the thread that joined the queue: the one that has the prompt sits in its line."""
        if self.stop is not None and self.stop.told:
            self.guarded('waiting', self.tell, 'waiting', {'waiting': waiting(self)})

    def give_prompt(self, debugger, ident):
        """This prompt steps back for a thread that waits, and comes back to the same stop after it. False: it does not wait."""
        if not any(turn.ident == ident for turn in self.prompts.waiting):
            return False
        stop = self.stop
        own = self.prompts.turn(debugger, stop, (debugger.curframe,))
        self.end(True)
        try:
            return self.prompts.give(ident, own)
        finally:
            self.begin(debugger, Stop(stop.reason, stop.exception, stop.returned, stop.note))

    def goes_on(self):
        """The program runs: after a prompt, or from the start when it is not to stop there."""
        self.guarded('continued', self.tell, 'continued', {'threadId': _thread.get_ident()})

    def _stop_service(self):
        service, self._service = self._service, None
        if service is not None:
            self.guarded('service', service.stop)

    def read_line(self, prompt=''):
        """Stands for `input` in cmd, pdb and code: shows a prompt of ours in the console, and is plain input for all others."""
        if self.reader != _thread.get_ident():
            return builtins.input(prompt)
        if self.is_child:
            os._exit(0)  # forked by a typed command: the parent has this prompt
        self.may_interrupt = False
        self.prompt = prompt
        self._news = self.guarded('state', self._look, prompt)
        if self._service is None and self.channel.is_open():
            self._service = self.guarded('service', Service, self.channel, self._answer)
        if readline is not None and not self.has_plain_input and os.isatty(0) and os.isatty(1):
            readline.set_startup_hook(self._ready)
        else:
            self._ready()
        try:
            return self.console.read_line(_plain_input if self.has_plain_input else _input, prompt)
        except EOFError:
            if not self.debugger.is_own_prompt(prompt) or not self.lets_go():
                raise
            return 'continue'
        finally:
            self.may_interrupt = False
            if self._service is not None:
                self._service.shut()
            if readline is not None:
                readline.set_startup_hook(None)
            self.may_interrupt = True

    def _ready(self):
        """Tells the news once the terminal takes keys: what is typed in answer is echoed by the prompt, not by the tty before it."""
        news, self._news = self._news, None
        if news is not None:
            self.guarded('state', self.tell, *news)
            if len(news[1].get('waiting', ())) != len(self.prompts.waiting):  # one came while this was being written
                self._tell_waiting()
        if self.half_typed and self.debugger.is_own_prompt(self.prompt):
            text, self.half_typed = self.half_typed, ''
            readline.insert_text(text)
        if self._service is not None:
            self._service.open()
        self.may_interrupt = True

    def _answer(self, command, arguments):
        return requests.answer(self, command, arguments)

    def attend(self, over, seconds, serves_cancel=True):
        """Where a handler waits for the stopped thread; see Service."""
        return self._service.attend(over, seconds, serves_cancel)

    def retell(self):
        """The state anew, at the same prompt: something was written into the program."""
        body = snapshot(self.debugger, self.stop)
        self.stop.shown = _compared(body)
        self.tell('changed', body)

    def _look(self, prompt):
        """(event, body) where the state is new: at the first prompt of a stop, and after a command that changed it."""
        debugger, stop = self.debugger, self.stop
        touched, self.touched = self.touched, False
        refusal, self.refusal = self.refusal, ''
        if stop.told and not debugger.is_own_prompt(prompt):
            return None
        body = snapshot(debugger, stop)
        compared = _compared(body)
        changed = touched or compared != stop.shown
        stop.shown = compared
        if not stop.told:
            stop.told = True
            return 'stopped', body
        if changed:
            return 'changed', body
        return ('refused', {'message': refusal}) if refusal else None

    def comes_in(self, debugger):
        """Whether there is somebody to prompt. A process that was not started here opens its socket and console now."""
        return True

    def lets_go(self):
        """At the end of the console: whether the program is to run on without a debugger."""
        return False

    def forked(self, debugger):
        """In the child of a fork, by the thread of `debugger`."""
        self.after_fork_in_child()
        sys.settrace(None)
        self.interrupts.leave()

    def forget_prompt(self):
        """In a forked child that is debugged: a prompt of the parent's other threads, and what served it, are not here."""
        self.has_plain_input = self.has_plain_input or self.reader is not None
        self.half_typed = ''
        self.reader = self.debugger = self.stop = None
        service, self._service = self._service, None
        if service is not None:
            service.leave_to_child()
        self.errands = Errands(self)
        self.references.clear()
        self.namespaces.clear()

    def after_fork_in_child(self):
        """The child runs on as if there were no debugger: the prompt, the channel and Ctrl-C are the parent's."""
        self.is_child = True
        self.channel.drop()
        self.prompts = Prompts(self._tell_waiting)
