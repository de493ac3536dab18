"""Which fields the main objects have, and that writes take no others."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.api.test_description import DESCRIPTION, OPERATIONS

SCHEMAS: Mapping[str, Any] = DESCRIPTION["components"]["schemas"]
SHOWN = {
    "PersonRef": "affiliation avatar id name public",
    "ProfileOut": "abilities affiliations avatar biography email given_name headline id interests languages links name "
    "path place pronouns public skills",
    "CommunityCardOut": "abilities access active_at archived asked id invited mix name people pictures role summary "
    "tags",
    "CommunityOut": "abilities accepted_charter access active_at archived asked charter charter_html charter_version "
    "commenting created_at description description_html id invited language member_since mix name people pictures "
    "posting role run_by summary tags uploading version",
    "CommunityMemberOut": "abilities person role since until",
    "CommunityPresenceOut": "member_ids online",
    "JoinRequestOut": "created_at message person",
    "BanOut": "at id name reason",
    "PostOut": "abilities announcement author body bookmarked comments documents edited_at event files gone html id "
    "idea images kind language links places poll reach reactions said_at threads title version",
    "SpaceOut": "archived community folder_id kind level name quota used",
    "FolderOut": "abilities access changed_at created_by documents folders id is_followed kind level name parent_id "
    "path public space version",
    "DocumentOut": "abilities access changed_at changed_by created_at created_by file_id folder group id kind level "
    "lock media_type name number path preview size space url version",
    "DeviceOut": "abilities browser created_at id is_current kind pushed_at session_id shows system",
    "PageThreadOut": "abilities end id opened_at opening quote resolved_at resolved_by start version",
    "CommentOut": "abilities accepted author body created_at documents edited_at gone hidden html id parent_id "
    "reactions replies reply_count thread_id version",
}
"""What is told of each to whoever may read it: a field that is added here is a decision."""
FORGIVING = {
    "AssertionResponse": "browsers may add to what they say of a passkey",
    "AttestationResponse": "browsers may add to what they say of a passkey",
    "AuthenticationCredential": "browsers may add to what they say of a passkey",
    "RegistrationCredential": "browsers may add to what they say of a passkey",
    "AuthorizationQuery": "OAuth has servers pass over parameters that they do not know (RFC 6749, section 3.1)",
}


def objects_in(schema: Mapping[str, Any]) -> Iterator[str]:
    """Names of the objects that a schema is made of."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield name
        yield from objects_in(SCHEMAS[name])
    parts = [schema.get("items", {}), *schema.get("properties", {}).values()]
    for way in ("anyOf", "oneOf", "allOf"):
        parts += schema.get(way, ())
    for part in parts:
        if isinstance(part, Mapping) and part:
            yield from objects_in(part)


def test_the_main_objects_tell_what_is_listed_and_nothing_else() -> None:
    assert {name: set(SCHEMAS[name]["properties"]) for name in SHOWN} == {
        name: set(fields.split()) for name, fields in SHOWN.items()
    }


def test_writes_refuse_fields_that_they_do_not_know() -> None:
    written = {
        name
        for operation in OPERATIONS.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for name in objects_in(content["schema"])
        if SCHEMAS[name].get("type") == "object"
    }
    assert len(written) > 50
    assert {name for name in written if SCHEMAS[name].get("additionalProperties") is not False} == FORGIVING.keys()
