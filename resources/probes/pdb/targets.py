"""What is debugged: found, loaded and named as plain Python does it."""
import builtins
import io
import os
import pkgutil
import runpy
import shlex
import sys
import traceback
from importlib.machinery import SourceFileLoader

from . import late

_START = compile('start()', '<casebook>/start.py', 'exec')
_TESTS_ENDED = ('The tests passed.', 'Tests failed.', 'The tests were interrupted.', 'pytest failed within itself.',
                'pytest does not take these arguments. The Program pane says why.', 'No tests were collected.')


class Unrunnable(Exception):
    """Why there is nothing to run: what `finished` is told, and the whole of it for the console."""

    def __init__(self, how, exit_code, text, said=''):
        super().__init__(text)
        self.how = how
        self.exit_code = exit_code
        self.text = text
        self.said = said or text


class End:
    """How the program ended, the process's exit code, and the sentence for it. `status` is what sys.exit() was given."""

    def __init__(self, how, exit_code, text, status=0):
        self.how = how
        self.exit_code = exit_code
        self.text = text
        self.status = status or exit_code


def target_of(kind, program, arguments):
    """The target of a launch. sys.argv, sys.orig_argv and sys.path become what they are without a debugger."""
    if kind == 'module':
        return _Module(program, arguments)
    if kind == 'pytest':
        return _Tests(_words(program) + arguments)
    if pkgutil.get_importer(program) is not None:
        return _Folder(program, arguments)
    return _Script(program, arguments)


def _words(program):
    """Several node ids in one field, quoted as in a shell where they have spaces."""
    try:
        return shlex.split(program)
    except ValueError:  # a lone quote: part of a node id
        return program.split()


def _arguments(given, *shown):
    sys.argv[:] = given
    if hasattr(sys, 'orig_argv'):
        at = sys.orig_argv.index('--casebook')
        sys.orig_argv[at - 1:] = shown


def _first_on_path(folder):
    if not (getattr(sys.flags, 'safe_path', False) or sys.flags.isolated):
        sys.path.insert(0, folder)


def _fill_main(**names):
    """The program's `__main__`, empty but for what Python puts there."""
    namespace = sys.modules['__main__'].__dict__
    namespace.clear()
    namespace.update(__name__='__main__', __doc__=None, __builtins__=builtins, **names)
    if sys.version_info < (3, 14):
        namespace['__annotations__'] = {}
    return namespace


class _Script:
    def __init__(self, script, arguments):
        self.title = script
        self._filename = os.path.realpath(script)
        _arguments([script] + arguments, script, *arguments)
        _first_on_path(os.path.dirname(self._filename))

    def run(self, debugger, stop_on_entry):
        """Raises what the program raises, and Unrunnable."""
        code = self._compiled()
        loader = SourceFileLoader('__main__', self._filename)
        _fill_main(__package__=None, __loader__=loader, __spec__=None, __file__=self._filename, __cached__=None)
        debugger.run_script(code, self._filename, stop_on_entry)

    def _compiled(self):
        try:
            with io.open_code(self._filename) as file:
                source = file.read()
        except OSError as error:
            raise Unrunnable('unreadable', 2, 'Error: {} cannot be read: {}'.format(self.title, error.strerror)) from None
        try:
            return compile(source, self._filename, 'exec', dont_inherit=True)
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
            raise _not_compiled(error) from None


def _not_compiled(error):
    lines = traceback.format_exception(type(error), error, None)
    return Unrunnable('syntax-error', 1, lines[-1].strip(), ''.join(lines).rstrip('\n'))


class _Found:
    """A target that Python's own machinery finds, under the debugger: that runs the packages it is in."""

    def run(self, debugger, stop_on_entry):
        """Raises what the program raises, and Unrunnable."""

        def start():
            debugger._wait_for_mainpyfile = False
            _, spec, code = self._look_up(debugger)
            namespace = _fill_main(__package__=spec.parent, __loader__=spec.loader, __spec__=spec, __file__=spec.origin,
                                   __cached__=spec.cached)
            stepping = debugger.stopframe is not debugger.botframe
            debugger.begin_at(code.co_filename, stop_on_entry or stepping)
            exec(code, namespace)

        debugger.run_script(_START, _START.co_filename, stop_on_entry, {'start': start, '__builtins__': builtins})

    def _look_up(self, debugger):
        debugger.set_continue()  # a breakpoint in a package's own file counts
        try:
            return self._find()
        except _NotFound as error:
            raise Unrunnable('unreadable', 1, 'Error: {}'.format(error)) from None
        except SyntaxError as error:
            if error.filename is None or error.__traceback__ is None or not _compiles_itself(error.__traceback__):
                raise
            raise _not_compiled(error) from None


class _NotFound(Exception):
    pass


def _compiles_itself(trace):
    """Whether only Python's own start-up is on the stack: the program's file does not compile, no code of it has run."""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not (name.startswith('<') or name == runpy.__file__):
            return False
        trace = trace.tb_next
    return True


class _Module(_Found):
    def __init__(self, name, arguments):
        self.title = name
        self._name = name
        _arguments(['-m'] + arguments, '-m', name, *arguments)
        _first_on_path(os.getcwd())

    def _find(self):
        sys.argv[0] = '-m'
        details = runpy._get_module_details(self._name, _NotFound)
        sys.argv[0] = details[1].origin
        return details


class _Folder(_Found):
    """A folder with a `__main__.py`, or a zip file with one in it."""

    def __init__(self, path, arguments):
        self.title = path
        _arguments([path] + arguments, path, *arguments)
        sys.path.insert(0, path)

    def _find(self):
        return runpy._get_main_module_details(_NotFound)


class _Tests:
    """pytest in this process, as `python -m pytest` runs it."""

    def __init__(self, arguments):
        self.title = 'pytest'
        _arguments(['pytest'] + arguments, '-m', 'pytest', *arguments)
        _first_on_path(os.getcwd())
        self._before = None

    def run(self, debugger, stop_on_entry):
        """The End, when it is not that a restart was asked for, which raises pdb.Restart."""
        suite = late.module('pytest_plugin').Suite(debugger, stop_on_entry)
        ended = []

        def start():
            debugger._wait_for_mainpyfile = False
            debugger._start_running(sys._getframe())
            ended.append(self._main(suite))

        debugger.run_script(_START, _START.co_filename, False, {'start': start, '__builtins__': builtins})
        suite.close()
        if debugger._user_requested_quit or not ended:
            return None
        code = int(ended[0])
        text = _TESTS_ENDED[code] if code < len(_TESTS_ENDED) else 'pytest ended with exit status {}.'.format(code)
        return End('sys.exit' if code else 'end', code, text)

    def _main(self, suite):
        try:
            import pytest
        except ImportError as error:
            if error.name != 'pytest':
                raise
            text = 'This Python has no pytest. Install it (python -m pip install pytest), or choose another Python.'
            raise Unrunnable('unreadable', 1, text) from None
        self._forget_imports()
        sys.argv[0] = os.path.join(os.path.dirname(pytest.__file__), '__main__.py')
        return pytest.main(sys.argv[1:], plugins=[suite.marked(pytest)])

    def _forget_imports(self):
        """A second run reads the tests and what they test anew; installed packages stay, as not all can be loaded twice."""
        if self._before is None:
            self._before = frozenset(sys.modules)
            return
        here = os.getcwd() + os.sep
        for name in [name for name in sys.modules if name not in self._before]:
            path = getattr(sys.modules[name], '__file__', None) or ''
            if path.startswith(here) and 'site-packages' not in path:
                del sys.modules[name]
