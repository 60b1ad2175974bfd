"""Types, null, formats, encodings."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import both

SEND_NEW = "Send the new type; a server that can, goes on accepting the old one for a while."
READ_NEW = "Read both types before the server changes."

RULES = (
    *both(
        "type-narrowed",
        "the type went from {before} to {after}",
        Effect.NARROWS,
        request=SEND_NEW,
        response="Nothing to do: the new type was possible before.",
    ),
    *both(
        "type-widened",
        "the type went from {before} to {after}",
        Effect.WIDENS,
        request="Nothing to do: the old type is still accepted.",
        response="Handle every type that may come now.",
    ),
    *both("type-changed", "the type went from {before} to {after}", BOTH, request=SEND_NEW, response=READ_NEW),
    *both(
        "null-added",
        "null is possible now",
        Effect.WIDENS,
        request="Nothing to do: null may be sent, and need not be.",
        response="Handle null where a value always came before.",
    ),
    *both(
        "null-removed",
        "null is no longer possible",
        Effect.NARROWS,
        request="Stop sending null: send a value, or leave the member out where that is allowed.",
        response="Nothing to do: a value always comes now.",
    ),
    *both(
        "format-added",
        "values must have the format {after} now",
        Effect.NARROWS,
        request="Send values in the format {after} only.",
        response="Nothing to do: values are more regular than before.",
    ),
    *both(
        "format-removed",
        "values need no longer have the format {before}",
        Effect.WIDENS,
        request="Nothing to do: values in the old format are still accepted.",
        response="Stop relying on the format {before} when reading values.",
    ),
    *both(
        "format-narrowed",
        "the format went from {before} to the narrower {after}",
        Effect.NARROWS,
        request="Send only values that {after} can hold.",
        response="Nothing to do: values still fit the old format.",
    ),
    *both(
        "format-widened",
        "the format went from {before} to the wider {after}",
        Effect.WIDENS,
        request="Nothing to do: values of the old format still fit.",
        response="Make room for values that {before} cannot hold.",
    ),
    *both(
        "format-changed",
        "the format went from {before} to {after}",
        BOTH,
        request="Send values in the new format.",
        response="Read values in the new format.",
    ),
    *both(
        "content-encoding-changed",
        "the encoding went from {before} to {after}",
        BOTH,
        request="Encode values the new way.",
        response="Decode values the new way.",
    ),
    *both(
        "content-media-type-changed",
        "the media type of the text went from {before} to {after}",
        BOTH,
        request="Send text of the new media type.",
        response="Expect text of the new media type.",
    ),
)
