"""gdb: one end of the remote protocol of GDB, as far as an emulated Cortex-M4 needs it: registers, memory, breakpoints,
steps, and commands to the emulator's monitor."""
import re
import socket
import time

SP, LR, PC, STATUS = 13, 14, 15, 25
PIECE_BYTES = 1024


class Target:
    def __init__(self, path, limit_s=20):
        self.socket, self.left = socket.socket(socket.AF_UNIX), b""
        end = time.monotonic() + limit_s
        while True:
            try:
                self.socket.connect(str(path))
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        self.socket.settimeout(limit_s)
        # Without the description of the registers they cannot be had one by one.
        assert b"arm" in self.ask("qXfer:features:read:target.xml:0,fff")
        self.points = set()

    def send(self, text):
        body = text.encode()
        self.socket.sendall(b"$" + body + b"#%02x" % (sum(body) & 255))

    def receive(self):
        while True:
            found = re.search(rb"\$([^#]*)#..", self.left, re.DOTALL)
            if found:
                self.left = self.left[found.end():]
                self.socket.sendall(b"+")
                return found.group(1)
            got = self.socket.recv(65536)
            if not got:
                raise EOFError("the emulator has ended")
            self.left += got

    def ask(self, text):
        self.send(text)
        return self.receive()

    def done(self, text):
        answer = self.ask(text)
        assert answer == b"OK", (text[:40], answer)

    def register(self, number):
        return int.from_bytes(bytes.fromhex(self.ask(f"p{number:x}").decode()), "little")

    def set_register(self, number, value):
        self.done(f"P{number:x}={(value & 0xffffffff).to_bytes(4, 'little').hex()}")

    def read(self, address, length):
        pieces = [bytes.fromhex(self.ask(f"m{at:x},{min(PIECE_BYTES, address + length - at):x}").decode())
                  for at in range(address, address + length, PIECE_BYTES)]
        return b"".join(pieces)

    def write(self, address, content):
        for at in range(0, len(content), PIECE_BYTES):
            part = content[at:at + PIECE_BYTES]
            self.done(f"M{address + at:x},{len(part):x}:{part.hex()}")

    def monitor(self, command):
        self.send("qRcmd," + command.encode().hex())
        while self.receive() != b"OK":
            pass  # what the command prints

    def stop_at(self, addresses):
        """These are the breakpoints from now on."""
        addresses = set(addresses)
        for address in self.points - addresses:
            self.done(f"z0,{address:x},2")
        for address in addresses - self.points:
            self.done(f"Z0,{address:x},2")
        self.points = addresses

    def step(self):
        self.ask("s")

    def run(self, limit_s):
        """Until a breakpoint: its address; or None when the time is over, and then it is halted where it is."""
        self.send("c")
        self.socket.settimeout(limit_s)
        try:
            self.receive()
        except TimeoutError:
            self.socket.settimeout(20)
            self.socket.sendall(b"\x03")
            self.receive()
            return None
        self.socket.settimeout(20)
        return self.register(PC)

    def pass_by(self, limit_s):
        """As run(), from a breakpoint on."""
        points = self.points
        self.stop_at(())
        self.step()
        self.stop_at(points)
        at = self.register(PC)
        return at if at in points else self.run(limit_s)
