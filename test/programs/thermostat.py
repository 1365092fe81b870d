"""A thermostat that is started elsewhere: reads temperatures from its input and asks for the debugger at the odd one."""
import sys


def judge(degrees):
    wanted = 21
    if degrees > 40:
        breakpoint()
    return 'heat' if degrees < wanted else 'rest'


for line in sys.stdin:
    print(judge(int(line)), flush=True)
print('off')
