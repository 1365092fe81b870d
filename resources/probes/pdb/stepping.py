"""Where a step goes: past which frames, and into which of the calls on a line."""
import dis
import types

from . import late
from .frames import is_machinery
from .service import Refused
from .sources import Unreadable, has_text, is_edited_now, is_installed, is_library, text_of

_NESTED, _VARARGS, _VARKEYWORDS, _GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x10, 0x4, 0x8, 0x20, 0x80, 0x200
_SUSPENDS = _GENERATOR | _COROUTINE | _ASYNC_GENERATOR
_COMPREHENSIONS = frozenset(('<listcomp>', '<setcomp>', '<dictcomp>', '<genexpr>'))
_YIELDS = dis.opmap['YIELD_VALUE']
_DELEGATES = dis.opmap.get('YIELD_FROM', -1)
_RESUMES = dis.opmap.get('RESUME', -1)
_FUNCTIONS = (types.FunctionType, types.MethodType)


class StepPlan:
    """What the next step stops at. It ends at the first stop, whatever that is."""

    def __init__(self, origin, filters, target):
        self.origin = origin  # where the step begins: never passed over
        self.filters = filters
        self.target = target
        self.began = origin.f_lasti
        self.missed = False  # an exception came before the target was called
        self.away = False  # the coroutine waits for something: what runs meanwhile is none of this step
        self.above = _codes_above(origin)
        self.skips_library = filters['library'] and not is_library(origin.f_code.co_filename)
        self.known = {}

    def admits(self, frame):
        if self.away:
            return False
        if self.target is not None:
            return self._reaches(frame)
        return frame is self.origin or not self._passes_over(frame)

    def _reaches(self, frame):
        """Whether the frame is the target's, or the origin once the target can no longer be called."""
        target, origin = self.target, self.origin
        if frame is origin:
            return self.missed or not self.began <= frame.f_lasti < target.end
        if frame.f_back is not origin or not target.start <= origin.f_lasti < target.end:
            return False
        if has_text(frame.f_code.co_filename) and not (self.filters['decorators'] and _is_wrapper(frame)):
            return True
        self.target = None  # what stands before the code that was meant is passed over, as by any step
        return not self._passes_over(frame)

    def _passes_over(self, frame):
        code = frame.f_code
        known = self.known.get(id(code))
        if known is None:
            known = self.known[id(code)] = (code, self._is_filtered(frame, code))
        return known[1]

    def _is_filtered(self, frame, code):
        if self.skips_library and is_library(code.co_filename):
            return True
        if self.filters['decorators'] and _is_wrapper(frame):
            return True
        inner = code.co_flags & (_GENERATOR | _ASYNC_GENERATOR) or code.co_name in _COMPREHENSIONS
        return bool(self.filters['generators'] and inner and id(code) not in self.above)


def _codes_above(frame):
    """The code of everything that waits for this frame, by id: going back there is not going in."""
    found = {}
    while frame is not None:
        found[id(frame.f_code)] = frame.f_code
        frame = frame.f_back
    return found


def _is_wrapper(frame):
    """What a decorator puts around a function: an inner function of any arguments that holds a function."""
    code = frame.f_code
    if not (code.co_freevars and code.co_flags & _NESTED and code.co_flags & (_VARARGS | _VARKEYWORDS)):
        return False
    names = frame.f_locals
    return any(type(names.get(name)) in _FUNCTIONS for name in code.co_freevars)


def is_suspended(frame):
    """At a `return` event: whether the frame only yields, or awaits."""
    code, at = frame.f_code.co_code, frame.f_lasti
    if at < 0 or code[at] == _YIELDS:
        return at >= 0
    if code[at] == _RESUMES:  # from 3.13 on Python already points at what it will go on with
        return at >= 2 and code[at - 2] == _YIELDS
    return at + 2 < len(code) and code[at + 2] == _DELEGATES


class Steps:
    """The part of the debugger that steps: pdb's own, but for the one `step` that the workbench has prepared."""

    plan = None
    prepared = None

    def prepare(self, filters, target):
        self.prepared = (self.stack[-1][0], filters, target)

    def precmd(self, line):
        if line.strip() != 'step':
            self.prepared = None
        return super().precmd(line)

    def do_step(self, arg):
        answer = super().do_step(arg)
        prepared, self.prepared = self.prepared, None
        if prepared is not None:
            self.plan = StepPlan(*prepared)
            self._trace_callers(prepared[0])
        return answer

    def _trace_callers(self, frame):
        """A step out of library code ends in whoever called that, also where no step has been before."""
        while frame is not None and frame is not self.botframe:
            if frame.f_trace is None and not is_machinery(frame.f_code.co_filename) and not is_library(frame.f_code.co_filename):
                frame.f_trace = self.trace_dispatch
            frame = frame.f_back

    def _set_stopinfo(self, *arguments, **options):
        self.plan = None
        super()._set_stopinfo(*arguments, **options)

    def stop_here(self, frame):
        return (self.plan is None or self.plan.admits(frame)) and super().stop_here(frame)

    def dispatch_call(self, frame, arg):
        plan = self.plan
        if plan is not None and plan.away and frame is plan.origin:
            plan.away = False
            return self.trace_dispatch
        return super().dispatch_call(frame, arg)

    def dispatch_return(self, frame, arg):
        if frame.f_code.co_flags & _SUSPENDS:
            plan = self.plan
            if plan is not None and frame is plan.origin and frame.f_code.co_flags & _COROUTINE and is_suspended(frame):
                plan.away = True
                return self.trace_dispatch
            if frame is self.stopframe and frame is not self.botframe and not is_suspended(frame):
                self._leave(frame, arg)
        return super().dispatch_return(frame, arg)

    def _leave(self, frame, returned):
        """
        `next`, `until` or `return` in a generator or coroutine that ends: pdb stops at the StopIteration in the caller. Where
        Python makes none, and where the caller is a library's loop, the program would run away: it stops at the return instead.
        """
        caller = frame.f_back
        unseen = returned is None and not frame.f_code.co_flags & _COROUTINE
        # Not is_library: in code without a text the caller's StopIteration is seen, as CPython's test_pdb has it.
        if unseen or caller is None or is_machinery(caller.f_code.co_filename) or is_installed(caller.f_code.co_filename):
            self._set_stopinfo(None, None)
        elif caller.f_trace is None:
            caller.f_trace = self.trace_dispatch

    def dispatch_exception(self, frame, arg):
        plan = self.plan
        if plan is not None and frame is plan.origin:
            plan.missed = True
        return super().dispatch_exception(frame, arg)


def _prepare_step(desk, arguments):
    wanted, target = arguments['target'], None
    if wanted is not None:
        target = next((call for call in _calls(desk)[0] if call.start == wanted), None)
        if target is None:
            raise Refused('That call is no longer to be made on this line. Choose again.')
    desk.debugger.prepare(arguments['filters'], target)
    return {}


_TOLD = {
    'call': 'The function has not begun yet. Go to its first line with Next.',
    'return': 'The function returns here: its calls have been made.',
    'exception': 'An exception passes through here: the calls after it are not made.',
    'post-mortem': 'The exception has ended the program.',
}


def _calls(desk):
    """([Call], the text's lines, why) of the line at which the program stands."""
    reason = desk.stop.reason
    if reason in _TOLD:
        return [], [], _TOLD[reason]
    frame = desk.debugger.stack[-1][0]
    filename = frame.f_code.co_filename
    if is_edited_now(filename, frame.f_code):
        return [], [], 'The file was edited after it was loaded, so its calls cannot be found. Restart to run the new text.'
    try:
        lines = text_of(filename).splitlines(True)
        namespace = desk.namespaces.of(frame, 'Locals')
        calls, why = late.module('calls').calls_on_line(frame, lines, reason != 'pause', namespace)
    except Unreadable as error:
        return [], [], str(error)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [], [], 'The source does not compile here: {}.'.format(error)
    return calls, lines, why


def _step_in_targets(desk, arguments):
    calls, lines, why = _calls(desk)
    return {'targets': [call.shown(lines) for call in calls], 'why': why}


HANDLERS = {'prepareStep': _prepare_step, 'stepInTargets': _step_in_targets}
