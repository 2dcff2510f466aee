"""Where cases are worked at: the pages in admin, their forms, the worklist, the calculator."""
