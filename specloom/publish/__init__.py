"""Applies a finished `Plan` on GitHub: what to send is decided in pure code, and sent in a page.

Whatever is here can be run again after a crash at any point: it reads what stands before it writes, so nothing is made
twice, and a second run with nothing new writes nothing.
"""
