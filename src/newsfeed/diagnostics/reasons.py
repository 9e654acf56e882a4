"""Why the disk, or the network, refuses: the words of the system (POSIX, errno.h), and the same in French."""

from __future__ import annotations

import errno
import os

_FRENCH = {
    "EACCES": "accès refusé",
    "EADDRINUSE": "adresse déjà prise",
    "EADDRNOTAVAIL": "adresse impossible à prendre",
    "EBUSY": "fichier ou disque occupé",
    "EDQUOT": "quota du disque atteint",
    "EEXIST": "le fichier existe déjà",
    "EFBIG": "fichier trop gros",
    "EINVAL": "valeur refusée par le système",
    "EIO": "le disque n’a pas pu lire ou écrire",
    "EISDIR": "c’est un dossier",
    "ELOOP": "trop de liens symboliques",
    "EMFILE": "trop de fichiers ouverts",
    "ENAMETOOLONG": "nom de fichier trop long",
    "ENFILE": "trop de fichiers ouverts sur la machine",
    "ENOENT": "aucun fichier ni dossier de ce nom",
    "ENOMEM": "plus de mémoire",
    "ENOSPC": "plus de place sur le disque",
    "ENOTDIR": "ce n’est pas un dossier",
    "ENOTEMPTY": "le dossier n’est pas vide",
    "ENXIO": "appareil absent",
    "EPERM": "opération refusée",
    "EROFS": "disque en lecture seule",
    "ESTALE": "le disque du réseau a perdu le fichier",
    "ETIMEDOUT": "délai dépassé",
    "ETXTBSY": "fichier occupé par un programme",
}
_BY_WORDS = {
    os.strerror(getattr(errno, name)): words
    for name, words in _FRENCH.items()
    if hasattr(errno, name)
} | {"not a regular file": "ce n’est pas un fichier ordinaire"}


def in_french(reason: str) -> str:
    """Return a reason of the system in French; one without French words as it is."""
    return _BY_WORDS.get(reason, reason)
