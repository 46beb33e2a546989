"""Runs a command at a pseudo-terminal and copies to standard output what a screen would get.

    terminal.py COLUMNS [TEXT=ACTION]... -- COMMAND ...

When TEXT has been written, ACTION is done once: a number of columns resizes the window, and INT or
TERM is sent to the command. The events happen in their order. The exit status is the command's; a
signal gives 128 and its number.
"""
import fcntl
import os
import pty
import signal
import struct
import sys
import termios


def resize(terminal, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def main():
    split = sys.argv.index("--")
    columns = int(sys.argv[1])
    events = [event.rsplit("=", 1) for event in sys.argv[2:split]]
    started, go = os.pipe()
    process, terminal = pty.fork()
    if process == 0:
        os.read(started, 1)  # The window has its size before the command looks.
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # A background job of a shell ignores it.
        os.execvp(sys.argv[split + 1], sys.argv[split + 1 :])

    resize(terminal, columns)
    os.write(go, b".")
    written = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:  # Linux ends the output of a terminal that nobody has open so.
            more = b""
        if not more:
            break
        sys.stdout.buffer.write(more)
        sys.stdout.buffer.flush()
        written += more
        while events and events[0][0].encode() in written:
            text, action = events.pop(0)
            if action.isdigit():
                resize(terminal, int(action))
                # The mark lets a reader of the output know when.
                sys.stdout.buffer.write(f"\0{action}\0".encode())
            else:
                os.kill(process, getattr(signal, "SIG" + action))
            written = written.split(text.encode(), 1)[1]

    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    sys.exit(status if status >= 0 else 128 - status)


main()
