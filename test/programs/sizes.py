"""Tells the size of its terminal, as Python and as stty see it, at each Enter."""
import shutil
import subprocess
import sys

print('ready')
for line in sys.stdin:
    columns, rows = shutil.get_terminal_size()
    print(line.strip(), columns, rows, 'stty', subprocess.run(['stty', 'size'], stdout=subprocess.PIPE).stdout.decode().strip())
