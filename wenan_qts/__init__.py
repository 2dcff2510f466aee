"""The settings and the ways in: the command line, the web server, the start of everything."""

import gc

# Python looks for circular garbage whenever 700 objects are new, and a page of the list makes a hundred thousand: a
# fifth of all time went there.
gc.set_threshold(10_000, 20, 50)
