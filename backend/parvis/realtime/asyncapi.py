"""The published description of the socket (AsyncAPI 3), made of the frames that are read and said on it.

Events are described once, in the description of the HTTP API: here they are referred to there.
"""

from typing import Any

from pydantic import BaseModel

from parvis.kernel.schemas import In

from . import frames

EVENT = {"$ref": "openapi.json#/components/schemas/EventsOut/properties/items/items"}
DESCRIPTION = """\
What happens where a member may read, as it happens. A client asks for a ticket (`POST /api/v1/realtime/tickets`), opens
the socket with the subprotocol `parvis.v1`, says `hello`, and hears what it missed, then each event. Every frame is a
text message with one JSON object, told apart by `type`: pass over those you do not know.
"""
CLOSES = {
    frames.UNKNOWN: "No hello within five seconds, or no ticket that holds.",
    frames.BAD_FRAME: "What was said is no frame.",
    frames.REVOKED: "The session or token is over.",
    frames.SLOW: "The client reads too slowly, or did not answer two pings. It comes back and misses nothing.",
    frames.TOO_MANY: "Too many frames, or too many sockets of one member.",
    frames.RESTART: "The server restarts.",
}


def description(version: str) -> dict[str, Any]:
    """The document. `version`: of Parvis."""
    client = {frame.__name__: _schema(frame) for frame in frames.CLIENT_FRAMES}
    server = {frame.__name__: _schema(frame) for frame in frames.SERVER_FRAMES} | _of_events()
    messages = {name: _message(schema) for name, schema in (client | server).items()}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Parvis, as it happens",
            "version": version,
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            "realtime": {
                "address": "/api/v1/realtime",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
                "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
                "x-subprotocol": frames.PROTOCOL,
                "x-close-codes": {str(code): text for code, text in CLOSES.items()},
            }
        },
        "operations": {
            "say": _operation("receive", "What a client says.", list(client)),
            "hear": _operation("send", "What a client hears.", list(server)),
        },
        "components": {"schemas": client | server, "messages": messages},
    }


def _schema(frame: type[BaseModel]) -> dict[str, Any]:
    schema = frame.model_json_schema(mode="validation" if issubclass(frame, In) else "serialization")
    return {**schema, "required": sorted({"type", *schema.get("required", ())})}


def _of_events() -> dict[str, Any]:
    """The two frames that are put together of events written once."""
    return {
        "Event": _object("event", "Something happened.", {"event": EVENT}),
        "Events": _object(
            "events",
            "What was missed, in order.",
            {"items": {"type": "array", "items": EVENT, "minItems": 1, "maxItems": frames.IN_ONE_FRAME}},
        ),
    }


def _object(kind: str, description: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "title": kind.capitalize(),
        "description": description,
        "properties": {"type": {"const": kind, "type": "string"}, **properties},
        "required": ["type", *properties],
        "additionalProperties": False,
    }


def _message(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": schema["properties"]["type"]["const"],
        "summary": schema["description"],
        "contentType": "application/json",
        "payload": {"$ref": f"#/components/schemas/{schema['title']}"},
    }


def _operation(action: str, summary: str, names: list[str]) -> dict[str, Any]:
    return {
        "action": action,
        "summary": summary,
        "channel": {"$ref": "#/channels/realtime"},
        "messages": [{"$ref": f"#/channels/realtime/messages/{name}"} for name in names],
    }
