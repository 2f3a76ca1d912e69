"""What instructors need: a class's notebooks are read, marked and given back. None is run.

naming, files, handed_in: files and zips, and whose they are. notebook, lessons: the cells in them.
strangers, whole_copies, selection: what counts of all that came. one_folder_each: where it lies.
class_list, csv_files, joining: who is who. identities, codes, hiding: by name, or by a code.
moving: one learner under another id. people, missing, open_questions: what is said of it.
syntax, reading: the answers in the cells.
sheet, marking, overlay: what answers are worth, and how formgrader shows them.
schema, records, kept_marks: our tables, what was answered, and what readers gave for which text.
gradebook, changed_sheet: nbgrader's tables. giving, texts: the page for marking texts.
formgrader, extension: what `teach` makes of nbgrader's pages, and adds to Jupyter.
whole_class, command, asking, taking_out: all of a class graded, and what can be taken out again.
kept_files, pages, marks, lines_on_marks, what_goes_back: what goes back. platforms: to Moodle and
Canvas, as they take it.
assessment, shares, spreadsheet: the parts of the assessment, and what each learner has of them.
results, class_view: what a class understood.
"""
