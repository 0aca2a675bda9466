"""First names that many people in France bear, folded: what stands before a surname in a text.

No list is whole, and none needs to be: « Marie Dupont » is seen in a corpus that declares no Marie.
First names that are also the name of a place, of a thing or of an institution are left out
(« France Télévisions », « Paris », « Florence »).
"""

from loosbot import resources

FIRST_NAMES = frozenset(resources.text("corpus/privacy/prenoms.txt").split())
