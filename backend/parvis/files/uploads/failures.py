"""What goes wrong with an upload that may be taken up again."""

from parvis.kernel.errors import BadRequest, Conflict, Gone, ParvisError, PreconditionFailed


class UploadExpired(Gone):
    code = "upload_expired"
    title = {"fr": "Cet envoi a expiré : recommencez-le.", "en": "This upload has expired: begin it again."}


class WrongOffset(Conflict):
    """The client goes on from another byte than the server."""

    code = "wrong_offset"
    title = {
        "fr": "L’envoi ne reprend pas là où il s’était arrêté.",
        "en": "The upload does not go on where it had stopped.",
    }


class TakenOver(Conflict):
    """Another request went on with the same upload: what this one brought since is not kept."""

    code = "upload_taken_over"
    title = {
        "fr": "Cet envoi a repris par une autre connexion.",
        "en": "This upload went on over another connection.",
    }


class ChecksumMismatch(ParvisError):
    """tus 1.0, checksum extension: nothing of the request is kept."""

    status, code = 460, "checksum_mismatch"
    title = {
        "fr": "Ces octets ne sont pas ceux qui étaient annoncés.",
        "en": "These bytes are not those that were announced.",
    }


class UnknownTusVersion(PreconditionFailed):
    code = "unknown_tus_version"
    title = {"fr": "Dites Tus-Resumable: 1.0.0.", "en": "Say Tus-Resumable: 1.0.0."}


class MalformedUpload(BadRequest):
    """A header of the protocol cannot be read."""

    code = "malformed_upload"
    title = {"fr": "Un en-tête de l’envoi n’est pas lisible.", "en": "A header of the upload cannot be read."}
