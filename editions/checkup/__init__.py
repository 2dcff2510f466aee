"""清单体检: rules that read a composed list as a careful reader does, and say what looks like a slip and where.

A rule is a class. What holds for printed text of any kind stands here; what belongs to one part of the list stands in
the part's own rules.py, and registers itself from its AppConfig.
"""
