"""verify-dkim.py NAMESERVER < message: what dkimpy, which is not ours, says of each signature: "DOMAIN SELECTOR RESULT"."""
import re
import sys

import dkim
import dns.resolver

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = [sys.argv[1]]


def text(name, timeout=5):
    try:
        return b"".join(resolver.resolve(name.decode() if isinstance(name, bytes) else name, "TXT", lifetime=timeout)[0].strings)
    except dns.exception.DNSException:
        return b""


message = sys.stdin.buffer.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
signatures = [value for name, value in dkim.DKIM(message).headers if name.lower() == b"dkim-signature"]
for index, signature in enumerate(signatures):
    tags = dict(re.findall(rb"\b([a-z]+)\s*=\s*([^;\s]+)", signature))
    try:
        result = "pass" if dkim.DKIM(message).verify(idx=index, dnsfunc=text) else "fail"
    except dkim.DKIMException as e:
        result = f"error ({e})"
    print(tags[b"d"].decode(), tags[b"s"].decode(), result)
