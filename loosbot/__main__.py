"""The program: ``loosbot``, or ``python -m loosbot``.

While its modules are loaded, ^C has nothing to put in order and nobody to say « Interrompu »: it
ends the process as the system does (status 130 in a shell), and not with a traceback. A process
that was told to ignore it (``nohup``, ``&``) goes on ignoring it.
"""

import signal

_HEARD = signal.getsignal(signal.SIGINT) is signal.default_int_handler
if _HEARD:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from loosbot.cli import main  # noqa: E402 - what ^C does while it is loaded is set first

if _HEARD:
    signal.signal(signal.SIGINT, signal.default_int_handler)

if __name__ == "__main__":
    main()
