"""verify-dkim.py NAMESERVER < message: what dkimpy, which is not ours, says of each signature: "DOMAIN SELECTOR RESULT"."""
import re
import sys
import time

import dkim
import dns.resolver

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = [sys.argv[1]]


def text(name, timeout=5):
    # A name server that starts anew is asked again, as a receiver does.
    for _ in range(10):
        try:
            return b"".join(resolver.resolve(name.decode() if isinstance(name, bytes) else name, "TXT", lifetime=timeout)[0].strings)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return b""
        except dns.exception.DNSException:
            time.sleep(0.3)
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
