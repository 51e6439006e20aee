"""What can go wrong on somebody's machine, as one sentence that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

NO_SPACE_SIGNS = ("no space left on device", "enospc", "disk quota exceeded")
NO_NETWORK_SIGNS = (
    "error sending request",
    "dns error",
    "failed to resolve",
    "name or service not known",
    "temporary failure in name resolution",
    "connection refused",
    "econnrefused",
    "enotfound",
    "eai_again",
    "etimedout",
    "econnreset",
    "enetunreach",
    "network is unreachable",
    "network connection",
    "connection broken",
    "max retries exceeded",
    "newconnectionerror",
    "proxyerror",
    "tunnel error",
    "timed out",
    "could not fetch url",
    "unable to connect",
    "temporary failure resolving",
    "client error (connect)",
)
CERTIFICATE_SIGNS = (
    "unknownissuer",
    "invalid peer certificate",
    "certificate verify failed",
    "unable to get local issuer certificate",
    "self_signed_cert",
    "self-signed certificate",
)

NO_SPACE = "The disk is full: free at least 2 GB and try again."


class SetupError(Exception):
    """Something a person can put right; the message is the sentence shown."""


def has_sign(output: str, signs: tuple[str, ...]) -> bool:
    """Whether a program's output shows one of the signs."""
    lowered = output.lower()
    return any(sign in lowered for sign in signs)


def problem_of_program(step: str, output: str, log: Path, *, fetches: bool) -> SetupError:
    """The sentence for a program that failed, judged by what it printed."""
    if has_sign(output, NO_SPACE_SIGNS):
        return SetupError(NO_SPACE)
    if fetches and has_sign(output, CERTIFICATE_SIGNS):
        return SetupError(
            f"{step}: the package registry's certificate is not trusted. Set SSL_CERT_FILE to your "
            f"organisation's certificate file and try again (details: {log})."
        )
    if fetches and has_sign(output, NO_NETWORK_SIGNS):
        return SetupError(
            f"{step}: the package registry could not be reached. Check the network and the proxy "
            f"and index settings of pip and npm, then try again (details: {log})."
        )
    return SetupError(f"{step} failed: {telling_line(output)} (details: {log}).")


def telling_line(output: str) -> str:
    """The line that most likely says why: the first that names an error, else the last."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines[-1:] or ["no output"])[0]


def problem_of_system(error: OSError) -> SetupError:
    """The sentence for an error of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SetupError(NO_SPACE)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return SetupError(
            f"{error.filename or 'A file'} cannot be written: make the folder yours "
            "(it may have been set up by another user, such as root) and try again."
        )
    return SetupError(f"The system refused a step: {error}.")
