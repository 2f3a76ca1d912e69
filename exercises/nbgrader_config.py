"""nbgrader's settings for these exercises: run `nbgrader` in this folder."""

c = get_config()  # noqa: F821  nbgrader hands this in

c.CourseDirectory.course_id = "one-day-of-a-journal"
c.ClearSolutions.code_stub = {
    "python": "# Write your answer between the quotation marks. Run this cell, then the next one."
}
c.ClearSolutions.text_stub = "*Write your text here, in place of this line.*"
c.ClearSolutions.enforce_metadata = True
# A rubric stands below the text to be marked, in a cell of its own.
c.ClearMarkScheme.enforce_metadata = False
