"""Casebook's bridge to pdb, packed into one file from resources/probes/pdb by .dev/packProbes.mjs. Edit there.

Start: PYTHON this-file --casebook /abs/config.json PROGRAM ARGS...
Where the bridge cannot be loaded, stock pdb runs the same program: nothing of this file needs more than `sys` until then.
"""
import sys

if __name__ == '__main__' and not (getattr(sys.flags, 'safe_path', False) or sys.flags.isolated):
    del sys.path[0]  # the folder of this file; nothing may be imported from it

SOURCES = {}  # filled by the packer: module name -> source
OLDEST = (3, 8)


class PackedModules:
    """Imports the bridge's modules from this file's own text, also after __main__ has become the program's."""

    def __init__(self):
        self.sources = SOURCES

    def find_spec(self, name, path=None, target=None):
        if name not in self.sources:
            return None
        from importlib.machinery import ModuleSpec
        return ModuleSpec(name, self, is_package=name == 'casebook_bridge')

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__name__.partition('.')[2] or '__init__'
        exec(compile(self.sources[module.__name__], '<casebook>/' + name + '.py', 'exec', dont_inherit=True), module.__dict__)


def load():
    """The bridge, which must not live in __main__: the program gets that module, emptied."""
    if sys.version_info < OLDEST:
        raise ImportError('it needs Python 3.8 or later, and this is {}.{}.{}'.format(*sys.version_info))
    finder = PackedModules()
    sys.meta_path.insert(0, finder)
    try:
        import casebook_bridge.late
        import casebook_bridge.main
        import casebook_bridge.children
        import casebook_bridge.beside
        casebook_bridge.late.keep(finder)
    finally:
        sys.meta_path.remove(finder)
    return casebook_bridge


def read_once(path):
    """The session's file, which nobody else reads; empty when it is not there."""
    try:
        with open(path, encoding='utf-8') as file:
            content = file.read()
        __import__('os').unlink(path)
        return content
    except (OSError, ValueError):
        return ''


def prepared(argv, content):
    """What runs the program under the bridge, or the exception that says why there is no bridge."""
    try:
        return load().main.prepare(list(argv), content)
    except Exception as error:  # whatever this interpreter lacks, in whatever module
        return error


def setting(content, name):
    """A string of the session's file; empty when it has none. Without a JSON reader the first of that name is the file's own."""
    try:
        import json
        found = json.loads(content).get(name)
        return found if isinstance(found, str) else ''
    except Exception:  # no json, or not whole: what can be found is found
        return content.partition('"' + name + '":"')[2].partition('"')[0]


def escaped(letter):
    return letter if ' ' <= letter <= '~' and letter not in '"\\' else '\\u%04x' % min(ord(letter), 0xfffd)


def tell_plain(content, message):
    """The one event of a session without a bridge, in the console's own stream and without base64, json or a socket module."""
    token = setting(content, 'token')
    if not token:
        return
    text = ''.join(map(escaped, message))
    event = '{"event":"plain","body":{"pid":%d,"python":"%d.%d.%d","message":"%s"}}' % (
        (__import__('os').getpid(),) + tuple(sys.version_info[:3]) + (text,))
    alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    bits = ''.join('{:08b}'.format(ord(letter)) for letter in event)
    bits += '0' * (-len(bits) % 6)
    encoded = ''.join(alphabet[int(bits[at:at + 6], 2)] for at in range(0, len(bits), 6))
    sys.stdout.write('\x1b]7773;' + token + ';' + encoded + '=' * (-len(encoded) % 4) + '\x07')
    sys.stdout.flush()


def plain_arguments(kind, program, arguments):
    """sys.argv of `python -m pdb`."""
    if kind == 'module':
        return ['pdb', '-m', program] + arguments
    if kind == 'pytest':
        return ['pdb', '-c', 'continue', '-m', 'pytest', '--pdb'] + program.split() + arguments
    return ['pdb', program] + arguments


def run_plain(why, argv, content):
    """Stock pdb on the same program, without its .pdbrc files."""
    for name in ('pdb', 'bdb', 'cmd', 'code'):  # the bridge may have got as far as to put itself into them
        sys.modules.pop(name, None)
    reason = "Casebook's part beside pdb cannot be loaded: {}".format(why).rstrip('.') + '.'
    try:
        import pdb
    except Exception as error:
        sys.exit('{}\nThis Python has no pdb of its own either: {}. Choose another Python.'.format(reason, error))
    tell_plain(content, reason)
    print(reason + '\nThis is plain pdb.')

    class Pdb(pdb.Pdb):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **dict(options, readrc=False))
    pdb.Pdb = Pdb
    sys.path.insert(0, __import__('os').getcwd())
    sys.argv[:] = plain_arguments(setting(content, 'kind'), argv[3], argv[4:])
    pdb.main()


if __name__ == '__main__':
    _argv = sys.argv[:]
    _content = read_once(_argv[2])
    _run = prepared(_argv, _content)
    if isinstance(_run, Exception):
        run_plain(_run, _argv, _content)
    else:
        _run()
elif __name__ == 'casebook_beside':  # SETTINGS is given beside __name__
    load().beside.begin(SETTINGS)  # noqa: F821
else:  # in a process that runs already
    _children = load().children
    set_trace = _children.arrive(_children.read_settings(SETTINGS))  # noqa: F821
