"""No tables of its own: this floor spans the parts. (Django tells an app of migrations only where this module is.)"""
