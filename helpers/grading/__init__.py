"""What instructors need: a class's notebooks are read, marked and given back. None is run.

naming, handed_in, notebook: files, whose they are, and the cells in them.
syntax, reading: the answers in the cells.
sheet, marking, overlay: what answers are worth, and how formgrader shows them.
records, gradebook: where that is kept.
selection, whole_class, command: what counts of all that came, and all of it graded.
giving, texts: how whoever marks gives points.
formgrader, extension: what `teach` makes of nbgrader's pages, and adds to Jupyter.
pages, marks: what goes back. results, class_view: what a class understood.
"""
