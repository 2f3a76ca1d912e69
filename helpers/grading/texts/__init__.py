"""All texts to one question on one page, for whoever marks: under `teach`, at /course/texts.

to_mark: the texts in the gradebook, and how far they are marked.
form: what was typed beside a text, checked and entered.
page: how both are shown. server: how a browser asks for it.
"""
