"""What a support ticket asks for first: how this process was started."""
import json
import sys


def describe(names):
    spec = names['__spec__']
    return {
        'argv': sys.argv,
        'orig_argv': [] if not hasattr(sys, 'orig_argv') else sys.orig_argv[1:],
        'path0': sys.path[0],
        'name': names['__name__'],
        'package': names['__package__'],
        'spec': None if spec is None else [spec.name, spec.parent, spec.origin],
        'file': names['__file__'],
        'loader': type(names['__loader__']).__name__,
        'names': sorted(name for name in names if name.startswith('__')),
        'main': sys.modules['__main__'].__dict__ is names,
    }


if __name__ == '__main__':
    print(json.dumps(describe(globals())))
