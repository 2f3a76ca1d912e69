"""Keys worked out from the edition's tables, and the list of those that no table can give.

Each module holds the rules of one kind; `registry` knows which question each of them answers.
"""
