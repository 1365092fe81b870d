"""Objects whose every method leaves a trace: a debugger that only looks must leave none."""
import enum

touched = []


def touch(what):
    touched.append(what)


class Evil:
    secret = 1

    def __init__(self):
        self.__dict__['kept'] = 1

    def __repr__(self):
        touch('repr')
        return 'evil'

    __str__ = __repr__

    def __len__(self):
        touch('len')
        return 1

    def __getattribute__(self, name):
        touch('getattribute ' + name)
        return object.__getattribute__(self, name)

    def __eq__(self, other):
        touch('eq')
        return True

    def __hash__(self):
        touch('hash')
        return 1

    def __iter__(self):
        touch('iter')
        return iter(())

    def __bool__(self):
        touch('bool')
        return True

    def __format__(self, spec):
        touch('format')
        return ''

    @property
    def price(self):
        touch('property')
        return 1


class Meta(type):
    def __instancecheck__(cls, instance):
        touch('instancecheck')
        return True

    def __subclasscheck__(cls, other):
        touch('subclasscheck')
        return True

    def __getattribute__(cls, name):
        touch('meta ' + name)
        return type.__getattribute__(cls, name)

    def __hash__(cls):
        touch('meta hash')
        return 1

    def __eq__(cls, other):
        touch('meta eq')
        return True

    def __repr__(cls):
        touch('meta repr')
        return 'meta'


class Made(metaclass=Meta):
    __slots__ = ('left', 'right')


def spied(base):
    """A subclass of a builtin with every reading method replaced."""
    def spy(name):
        def method(self, *args, **options):
            touch(base.__name__ + '.' + name)
            return getattr(base, name)(self, *args, **options)
        return method
    names = [name for name in ('__len__', '__iter__', '__getitem__', '__repr__', '__str__', '__eq__', '__hash__', '__int__', '__index__',
                               '__contains__', 'items', 'keys', 'values', '__bool__', '__float__', '__getattribute__') if hasattr(base, name)]
    return type('Spied' + base.__name__.title(), (base,), {name: spy(name) for name in names})


class EvilError(Exception):
    def __str__(self):
        touch('error str')
        return 'evil'

    @property
    def args(self):
        touch('error args')
        return ()


class Color(enum.Enum):
    RED = 1

    def __repr__(self):
        touch('enum repr')
        return 'red'

    def __str__(self):
        touch('enum str')
        return 'red'


class Spy:
    """A descriptor, in every way that there is one."""

    def __get__(self, instance, owner):
        touch('descriptor')
        return 1

    def __set__(self, instance, value):
        touch('descriptor set')


class Guarded:
    watched = Spy()
    plain = 7

    def __init__(self):
        self.kept = 2

    def __getattr__(self, name):
        touch('getattr ' + name)
        return name

    def __getitem__(self, key):
        touch('getitem')
        return key

    def __add__(self, other):
        touch('add')
        return 1

    def __call__(self):
        touch('call')
        return 1

    def __contains__(self, item):
        touch('contains')
        return True


class Colliding:
    """Has the hash of a key that is looked for, and says that it is that key."""

    def __hash__(self):
        touch('key hash')
        return hash('sought')

    def __eq__(self, other):
        touch('key eq')
        return True


class Missing(dict):
    def __missing__(self, key):
        touch('missing')
        return key


guarded = Guarded()
colliding = {Colliding(): 1, 'other': 2}
missing = Missing(a=1)
evil = Evil()
inside = [evil, (evil,), {'a': evil}]
keys = {evil: evil}
several = {evil}
made = Made()
made.left = evil
spies = [spied(list)([1, 2]), spied(dict)(a=1), spied(str)('text'), spied(int)(5), spied(tuple)((1, 2)), spied(set)([1]), spied(float)(1.5), spied(bytes)(b'b')]
spied_list, spied_dict, spied_str, spied_int, spied_tuple, spied_set, spied_float, spied_bytes = spies
error = EvilError(evil)
red = Color.RED
method = evil.__init__
cls = Made
oddly_named = Evil()
object.__getattribute__(oddly_named, '__dict__')[evil] = 1
cyclic = []
cyclic.append(cyclic)
deep = []
for _ in range(100_000):
    deep = [deep]
del touched[:]
looked = 1
seen = list(touched)
done = 1
raise error
