"""Asks for a name at its own terminal."""
import os

name = input('name? ')
print('hello', name, os.ttyname(0))
print('bye')
