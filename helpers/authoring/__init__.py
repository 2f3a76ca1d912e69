"""What is started from a terminal: `python3 -m helpers COMMAND`. No notebook imports this.

Standard library alone until the environment stands.
"""
