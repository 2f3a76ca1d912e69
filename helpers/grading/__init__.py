"""What instructors need: a class's notebooks are read, marked and given back. None is run.

naming, handed_in, notebook: files, whose they are, and the cells in them.
strangers, selection, one_folder_each: what counts of all that came, and in which folder it lies.
syntax, reading: the answers in the cells.
sheet, marking, overlay: what answers are worth, and how formgrader shows them.
schema, records, kept_marks: our tables, what was answered, and what readers gave for which text.
gradebook, changed_sheet: nbgrader's tables. giving, texts: the page for marking texts.
formgrader, extension: what `teach` makes of nbgrader's pages, and adds to Jupyter.
whole_class, command, asking, taking_out: all of a class graded, and what can be taken out again.
pages, marks, lines_on_marks: what goes back.
assessment, shares, spreadsheet: the parts of the assessment, and what each learner has of them.
results, class_view: what a class understood.
"""
