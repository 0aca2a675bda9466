"""The corpus as cases, methods and organizations of Participedia, and how far each cell is known.

Their format has one blank for four nothings; ``etats.csv`` gives back which one it is.
"""
