"""asyncio's tasks with their await chains, found without importing asyncio and read without the program's code."""
import gc
import os
import sys
import time
import types
import weakref

from .frames import frame_at, is_machinery, pairs_of
from .references import Budget
from .types_of import MRO, TYPE_DICT, find, is_a, plain, type_name

MAX_CHAIN = 50
_DESCRIPTORS = (types.GetSetDescriptorType, types.MemberDescriptorType)
_CHAINS = {id(cls): names for cls, names in (
    (types.CoroutineType, ('cr_frame', 'cr_await')),
    (types.GeneratorType, ('gi_frame', 'gi_yieldfrom')),
    (types.AsyncGeneratorType, ('ag_frame', 'ag_await')),
)}
_ORDER = ('running', 'waiting', 'ready', 'cancelling', 'done')
_FLAGS = type.__dict__['__flags__'].__get__
_MADE_BY_A_CLASS_STATEMENT = 1 << 9
_MODULE = types.ModuleType.__dict__['__dict__'].__get__


def field(value, name):
    """An attribute that C code or the instance itself holds; None where there is none, or only the program's code knows."""
    own = None
    for base in MRO(type(value)):
        facts = TYPE_DICT(base)
        member = facts.get(name)
        try:
            if type(member) in _DESCRIPTORS:
                return member.__get__(value)
            if own is None and type(facts.get('__dict__')) is types.GetSetDescriptorType:
                own = facts['__dict__'].__get__(value)
        except (AttributeError, TypeError):  # an empty slot; a type that refuses its own descriptor
            continue
    return find(own, name) if is_a(own, dict) else None


def _call(value, name):
    """What a method of C code answers, whatever the program's own class makes of that name; None where there is none."""
    for base in MRO(type(value)):
        member = TYPE_DICT(base).get(name)
        if type(member) is types.MethodDescriptorType:
            return member(value)
    return None


def _is_task(cls):
    return any(type_name(base) == 'Task' and (type(TYPE_DICT(base).get('_fut_waiter')) is types.GetSetDescriptorType or
                                              TYPE_DICT(base).get('__module__') == 'asyncio.tasks') for base in MRO(cls))


def _found(library):
    """Every task that is alive, of all loops of all threads."""
    if sys.version_info >= (3, 14):  # tasks are kept in lists of C code that only their own thread may walk
        return collected(_is_task)
    made = []
    for name in ('_all_tasks', '_scheduled_tasks', '_eager_tasks'):
        kept = find(library, name)
        held = kept
        if type(kept) is weakref.WeakSet:
            held = find(object.__getattribute__(kept, '__dict__'), 'data')
        for item in set.copy(held) if is_a(held, set) else ():
            task = weakref.ref.__call__(item) if is_a(item, weakref.ref) else item
            if task is not None:
                made.append(task)
    return made


def collected(wanted):
    """Objects that the collector tracks, of the types that `wanted` takes."""
    objects = gc.get_objects()
    kinds = list(map(type, objects))
    chosen = {number for number, cls in dict(zip(map(id, kinds), kinds)).items() if wanted(cls)}
    return [item for item, cls in zip(objects, kinds) if id(cls) in chosen]


def tasks(desk, arguments):
    begun = time.perf_counter()
    library = find(sys.modules, 'asyncio.tasks')
    answer = {'tasks': [], 'message': ''}
    if library is None or not is_a(library, types.ModuleType):
        answer['message'] = 'The program has not imported asyncio.'
    else:
        _describe(desk, _MODULE(library), answer)
    answer['tookMs'] = (time.perf_counter() - begun) * 1000
    return answer


def _describe(desk, library, answer):
    found = sorted((_Task(task) for task in _found(library)), key=lambda task: task.rank)
    numbers = {id(task.task): number for number, task in enumerate(found, 1)}
    folder = os.path.dirname(plain(library.get('__file__') or '', 4096))
    running = list(sys._current_frames().values()) if any(task.state == 'running' for task in found) else []
    budget = Budget()
    for task in found:
        if budget.full():
            answer['message'] = 'Only the first {:,} of {:,} tasks are shown.'.format(len(answer['tasks']), len(found))
            return
        chain = task.chain(running)
        shown = [frame_at(desk.debugger, at, frame.f_code, frame.f_lineno) for at, frame in enumerate(chain)]
        answer['tasks'].append({
            'id': numbers[id(task.task)], 'name': task.name, 'state': task.state, 'coroutine': task.coroutine, 'frames': shown,
            'waitsFor': task.waits_for(chain, folder), 'waitsForTask': numbers.get(id(task.waiter), 0)})
        budget.add(300 + sum(len(frame['path']) + len(frame['name']) + 90 for frame in shown))
    if not found:
        answer['message'] = 'asyncio is imported, and no task is alive.'


class _Task:
    """What can be read of one task."""

    def __init__(self, task):
        self.task = task
        self.coro = field(task, '_coro')
        self.waiter = field(task, '_fut_waiter')
        self.name = _text(_call(task, 'get_name')) or _text(field(task, '_name')) or 'unnamed'
        self.coroutine = _text(field(self.coro, '__qualname__')) or type_name(type(self.coro))
        self.state = self._state()
        number = ''.join(letter for letter in self.name if letter.isdecimal())[-9:]
        self.rank = (_ORDER.index(self.state), int(number or 0), self.name)

    def _state(self):
        if _state(self.task) != 'PENDING':
            return 'done'
        waits = _state(self.waiter)
        cancels = _call(self.task, 'cancelling') or field(self.task, '_num_cancels_requested')
        if field(self.task, '_must_cancel') is True or waits == 'CANCELLED' or type(cancels) is int and cancels > 0:
            return 'cancelling'
        if field(self.coro, 'cr_running') is True or field(self.coro, 'gi_running') is True:
            return 'running'
        return 'waiting' if waits == 'PENDING' and self.waiter is not None else 'ready'

    def chain(self, running):
        """Frames from the task's own coroutine inwards."""
        if self.state == 'running':
            first = field(self.coro, 'cr_frame') or field(self.coro, 'gi_frame')
            return next((found for found in (_inside(first, top) for top in running) if found), [])
        frames, item = [], self.coro
        while item is not None and len(frames) < MAX_CHAIN:
            names = _CHAINS.get(id(type(item)))
            if names is None:
                item = _behind(item)
                continue
            frame = field(item, names[0])
            if frame is not None:
                frames.append(frame)
            item = field(item, names[1])
        return frames

    def waits_for(self, chain, folder):
        if self.state == 'done':
            error = field(self.task, '_exception')
            return _ended(self.task) if error is None else 'failed with {}'.format(type_name(type(error)))
        if self.waiter is None:
            return ''
        future = _future_text(self.waiter)
        library = []
        for frame in reversed(chain):
            if os.path.dirname(frame.f_code.co_filename) != folder:
                break
            library.append(frame)
        if not library:
            return future
        within = [frame for frame in library if frame.f_code.co_name != '__aenter__']
        call = _call_text((within or library)[-1])
        return call if future == 'a future' else '{}: {}'.format(call, future)


def _text(value):
    return plain(value) if is_a(value, str) else ''


def _state(future):
    """Python's own class has it as a default that no instance holds."""
    return _text(field(future, '_state')) or 'PENDING'


def _ended(task):
    return 'cancelled' if _state(task) == 'CANCELLED' else 'finished'


def _behind(item):
    """What stands behind an iterator of C code that hides the coroutine or generator it drives."""
    if _FLAGS(type(item)) & _MADE_BY_A_CLASS_STATEMENT:
        return None
    return next((held for held in gc.get_referents(item) if id(type(held)) in _CHAINS), None)


def _inside(first, top):
    """The frames of a stack from `first` inwards, without the debugger's own; empty when `first` is not on it."""
    found, frame = [], top
    while frame is not None and first is not None:
        found.append(frame)
        if frame is first:
            found.reverse()
            while found and is_machinery(found[-1].f_code.co_filename):
                found.pop()
            return found[:MAX_CHAIN]
        frame = frame.f_back
    return []


def _future_text(future):
    if _is_task(type(future)):
        return _Task(future).name
    children = _children(future) if type_name(type(future)) == '_GatheringFuture' else None
    if children is not None:
        names = [_Task(child).name if _is_task(type(child)) else 'a future' for child in children[:4]]
        return 'all of {}: {}{}'.format(len(children), ', '.join(names), ', …' if len(children) > 4 else '')
    for callback in field(future, '_callbacks') or ():
        first = callback[0] if type(callback) is tuple and callback else callback
        if type(first) is types.FunctionType and first.__qualname__ == '_chain_future.<locals>._call_check_cancel':
            return 'work in another thread or process'
    return 'a future'


def _children(gathered):
    """C code keeps the attributes of this class where no descriptor leads to; the collector knows where."""
    found = (find(held, '_children') for held in gc.get_referents(gathered) if type(held) is dict)
    return next((children for children in found if type(children) is list), None)


def _call_text(frame):
    """What the program called of asyncio, such as `Lock.acquire` or `sleep(5), 3.2 s left`."""
    code = frame.f_code
    names = dict(pairs_of(frame.f_locals) or ())
    if code.co_name == 'sleep':
        delay, when = find(names, 'delay'), field(find(names, 'h'), '_when')
        left = when - time.monotonic() if type(when) is float else None
        rest = '' if left is None else ', {:.1f} s left'.format(left) if left > 0 else ', is due'
        return 'sleep({}){}'.format(delay if type(delay) in (int, float) else '…', rest)
    own = find(names, 'self')
    return plain(code.co_name) if own is None else '{}.{}'.format(type_name(type(own)), plain(code.co_name))
