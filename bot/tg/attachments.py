"""The file a message carries, if any."""

from __future__ import annotations

from telegram import Message, PhotoSize

from bot.cases.model import FileKind, FileRef


def attached_file(message: Message) -> FileRef | None:
    """The file of a message, a photo in its largest size."""
    if message.photo:
        return _photo(message.photo)
    if message.voice is not None:
        voice = message.voice
        return FileRef(
            voice.file_id, FileKind.VOICE, "", voice.mime_type or "audio/ogg", voice.file_size
        )
    return _moving(message) or _named(message)


def _photo(sizes: tuple[PhotoSize, ...]) -> FileRef:
    largest = max(sizes, key=lambda size: size.width * size.height)
    return FileRef(largest.file_id, FileKind.PHOTO, "", "image/jpeg", largest.file_size)


def _moving(message: Message) -> FileRef | None:
    if message.video_note is not None:  # round ones: people speak in them
        note = message.video_note
        return FileRef(note.file_id, FileKind.VIDEO, "", "video/mp4", note.file_size)
    # Telegram turns videos without sound into animations, and repeats them as documents.
    video = message.video or message.animation
    if video is None:
        return None
    mime = video.mime_type or "video/mp4"
    return FileRef(video.file_id, FileKind.VIDEO, video.file_name or "", mime, video.file_size)


def _named(message: Message) -> FileRef | None:
    if message.audio is not None:
        kind, file = FileKind.AUDIO, message.audio
    elif message.document is not None:
        return FileRef(
            message.document.file_id,
            FileKind.DOCUMENT,
            message.document.file_name or "",
            message.document.mime_type or "",
            message.document.file_size,
        )
    else:
        return None
    return FileRef(file.file_id, kind, file.file_name or "", file.mime_type or "", file.file_size)
