"""What learning platforms take back: pages and grades, named as the platform named its files.

returned: what goes back to a learner, and how a grade comes about.
moodle, moodle_worksheet: the feedback zip, and the offline grading worksheet.
canvas, canvas_gradebook: the zip of submissions to upload again, and the gradebook.
tables, archive: CSV files and zips. hand_back: all of it written for one run.

No platform was at hand: their own code was read, and the tests follow its rules.

=======  ====================================================  =========================
Moodle   public/mod/assign/classes/downloader.php              b1b5f263 (5.1 or later)
         mod/assign/feedback/file/importziplib.php             3769c65a (before 5.1)
         mod/assign/feedback/offline/importgradeslib.php       9762977c (before 5.1)
         public/mod/assign/feedback/offline/importgradeslib    806e2d49 (5.1 or later)
         mod/assign/feedback/offline/locallib.php              04975560 (before 5.1)
         public/mod/assign/feedback/offline/locallib.php       0bd8f1fd (5.1 or later)
         public/mod/assign/feedback/comments/locallib.php      15c43f10 (5.1 or later)
         public/mod/assign: gradingtable.php, locallib.php     0ade5ccf, 020eae92
         public/lib: csvlib.class, moodlelib, classes/param    0963d225, 02786e77, 0c146aa2
Canvas   lib/content_zipper.rb                                 05e9653c
         app/models/abstract_assignment.rb                     028f76bb
         lib/gradebook_importer.rb, lib/gradebook_exporter.rb  00b222d7, 0140a2ef
=======  ====================================================  =========================

Repositories: github.com/moodle/moodle, github.com/instructure/canvas-lms. Not covered: groups that
hand in together, scales and letters in place of points.
"""
