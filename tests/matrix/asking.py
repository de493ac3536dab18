"""How each operation is asked so that nothing but who asks can keep it from being done.

Names in braces stand for what `world.py` made: of the community, of the organisation, of the actor. A parameter of the
path takes what has its name, unless an `Asked` says otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from parvis.kernel import clock
from tests.make.threads import THREAD_DRAFT

GRANTED = frozenset(range(200, 300))
UNKNOWN_SECRET = "0" * 43
"""Of the form of a token, and nobody's."""


@dataclass(frozen=True)
class Asked:
    """`shows`: what who is let through is answered, when the request could not be carried out by anybody: a link that
    nobody was sent, say."""

    body: Any = None
    shows: frozenset[int] = GRANTED
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    path: Mapping[str, str] = field(default_factory=dict)


def asked(body: Any = None, *shows: int, **path: str) -> Asked:
    return Asked(body, frozenset(shows) or GRANTED, path=path)


def in_each(objects: Mapping[str, str], parameter: str, body: Any = None, **path: str) -> Mapping[str, Asked]:
    """The same asked of each of these objects."""
    return {name: asked(body, **path, **{parameter: id_}) for name, id_ in objects.items()}


def of_page_thread(body: Any = None, **path: str) -> Asked:
    """The same asked of what one member said of a page."""
    return asked(body, document_id="{page}", thread_id="{page_thread}", comment_id="{page_comment}", **path)


GONE = asked({"token": UNKNOWN_SECRET}, 410)
BY_UNIVERSITY = asked({"provider": "nowhere", "state": UNKNOWN_SECRET, "code": "none"}, 404, 410)
TUS = {"tus-resumable": "1.0.0"}
STRETCH = {**TUS, "content-type": "application/offset+octet-stream", "upload-offset": "0"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
CONSENT = {
    "response_type": "code",
    "client_id": "parvis-mobile",
    "redirect_uri": "parvis://oauth/callback",
    "state": "a state",
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method": "S256",
}
SAID_LATER = {
    "body": "Plus tard.",
    "places": ["{community_id}"],
    "publish_at": (clock.now() + timedelta(days=200)).isoformat(),
}
NEXT_WEEK = (clock.now() + timedelta(days=7)).isoformat()
PASSKEY_ANSWER = {"credential": {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}}
CASES = {"on a member": "{case}", "on who runs it": "{case_of_runner}"}
NOBODY_IS = {"all": [{"kind": "city", "cities": ["Nulle part"]}]}
AUDIENCES = {"another's": "{audience}", "their own": "{own_audience}"}
CHANNELS = {
    "an open channel": "{conversation_id}",
    "a channel by invitation": "{invited_channel}",
    "what others say to each other": "{talk}",
}
MESSAGES = {"in an open channel": "{message_id}", "said between others": "{whisper}"}
OTHER_PEOPLE = {
    "of a member of the community": asked(member_id="{bystander}"),
    "of somebody of another": asked(member_id="{stranger}"),
}

ASKED: Mapping[str, Asked | Mapping[str, Asked]] = {
    # --- the door
    "acceptInvitation": asked({"token": UNKNOWN_SECRET, "name": "Zoé Zola", "email": "{fresh_email}"}, 410),
    "cancelDeletion": asked({"ticket": UNKNOWN_SECRET}, 410),
    "confirmActivation": GONE,
    "confirmPasswordReset": asked({"token": UNKNOWN_SECRET, "password": "cheval-agrafe-batterie-bleue"}, 410),
    "confirmRecovery": GONE,
    "confirmRegistration": GONE,
    "confirmSignInLink": GONE,
    "enterSignInCode": asked({"code": "123456"}, 410),
    "passSecondFactor": asked({"ticket": UNKNOWN_SECRET, "code": "123456"}, 410),
    "previewActivation": GONE,
    "previewInvitation": GONE,
    "register": asked({"name": "Zoé Zola", "email": "{fresh_email}"}),
    "requestActivation": asked({"email": "{fresh_email}"}),
    "requestPasswordReset": asked({"email": "{fresh_email}"}),
    "requestSignInLink": asked({"email": "{fresh_email}"}),
    "requestUniversitySignIn": asked({"provider": "nowhere"}, 404),
    "signInWithPasskey": asked(PASSKEY_ANSWER, 410, 422),
    "signInWithPassword": asked({"email": "{fresh_email}", "password": "cheval-agrafe-batterie-bleue"}, 401),
    "signInWithUniversity": BY_UNIVERSITY,
    # --- links of mails
    "answerMailLink": asked({"token": UNKNOWN_SECRET, "choices": ["yes"]}, 410),
    "previewMailLink": GONE,
    # --- oauth
    "authorizeClient": asked(CONSENT),
    "getAuthorizationRequest": Asked(query=CONSENT),
    "issueTokens": Asked(
        content=b"grant_type=refresh_token&client_id=parvis-mobile&refresh_token=none",
        headers=FORM,
        shows=frozenset({400}),
    ),
    "revokeClientToken": Asked(content=b"client_id=parvis-mobile&token=none", headers=FORM),
    # --- the mail tray, which only a demonstration has
    "listTray": asked(None, 404),
    "getTrayMail": asked(None, 404, mail_id="{unknown}"),
    "showTrayMail": asked(None, 404, mail_id="{unknown}"),
    # --- the organisation
    "changeOrganisation": asked({"short_name": "Autre"}),
    "getLogo": asked(None, 404),
    "getPage": asked(slug="legal"),
    "previewPage": asked({"body": "Bonjour."}),
    "tryJobAgain": asked(None, 404, job_id="0193a1b2-0000-7000-8000-000000000001"),
    "putLogo": asked({"file_id": "{own_file}"}, 415),
    "writePage": Asked({"body": "Bonjour."}, headers={"if-match": "*"}, path={"slug": "legal"}),
    # --- structure
    "changeCohort": asked({"year": 2031}),
    "changeProgramme": asked({"name": "Master Carto"}),
    "changeUnit": asked({"name": "Faculté Z"}),
    "createCohort": asked({"programme_id": "{programme_id}", "year": 2030}),
    "createProgramme": asked({"name": "Licence Z"}),
    "createUnit": asked({"name": "Institut Z", "kind": "component"}),
    "deleteProgramme": asked(programme_id="{empty_programme}"),
    # --- people
    "addAffiliation": asked({"kind": "alum"}, member_id="{stranger}"),
    "applyImport": Asked({}, frozenset({404}), headers={"if-match": '"1"'}, path={"import_id": "{unknown}"}),
    "beginImport": asked({"file_id": "{unknown}"}, 404),
    "cancelGraduation": asked(None, 404),
    "cancelImport": asked(None, 404, import_id="{unknown}"),
    "changeAffiliation": asked({"title": "Déléguée"}, member_id="{stranger}", affiliation_id="{affiliation}"),
    "changePerson": {
        "a member": asked({"name": "Zoé Zola"}, member_id="{stranger}"),
        "an administrator": asked({"name": "Zoé Zola"}, member_id="{ruler}"),
    },
    "createPerson": asked({"name": "Zoé Zola", "email": "{fresh_email}", "affiliation": {"kind": "student"}}),
    "downloadImportReport": asked(None, 404, import_id="{unknown}"),
    "getImport": asked(None, 404, import_id="{unknown}"),
    "getPerson": asked(member_id="{stranger}"),
    "graduateCohort": asked({"on": "{tomorrow}"}),
    "grantRole": asked(member_id="{stranger}", role="communicator"),
    "invite": asked({"affiliation": "student"}),
    "listImportFindings": asked(None, 404, import_id="{unknown}"),
    "listLacking": Asked(query={"on": "{tomorrow}"}),
    "offerRecovery": {
        "a member": asked({"email": "{fresh_email}"}, member_id="{stranger}"),
        "an administrator": asked({"email": "{fresh_email}"}, member_id="{ruler}"),
    },
    "previewGraduation": Asked(query={"on": "{tomorrow}"}),
    "remindLacking": asked({"on": "{tomorrow}"}),
    "removeAffiliation": asked(member_id="{stranger}", affiliation_id="{affiliation}"),
    "restorePerson": asked(member_id="{stranger}"),
    "revokeInvitation": asked(invitation_id="{person_invitation}"),
    "revokeRole": asked(member_id="{ruler}", role="communicator"),
    "suspendPerson": {
        "a member": asked(member_id="{stranger}"),
        "an administrator": asked(member_id="{ruler}"),
    },
    # --- one's account
    "addAddress": asked({"email": "{fresh_email}"}),
    "addPasskey": asked(PASSKEY_ANSWER, 410, 422),
    "changeMe": asked({"appearance": "dark"}),
    "confirmAddress": GONE,
    "confirmTotp": asked({"code": "123456"}, 404, 409),
    # Whoever is asked for most has as many as one may have, in the wallet that other lines are asked with.
    "createAccessToken": asked({"name": "Zoé", "scopes": ["account:write"], "days": 1}, 201, 409),
    "deleteMyExport": {"their own": asked(export_id="{own_export}"), "another's": asked(export_id="{export}")},
    "downloadMyExport": asked(export_id="{export}"),
    "askForExport": asked(None, 409),
    "endSession": {"their own": asked(session_id="{own_session}"), "another's": asked(session_id="{session}")},
    "getMyExport": {"their own": asked(export_id="{own_export}"), "another's": asked(export_id="{export}")},
    "joinRecord": GONE,
    "linkUniversityIdentity": BY_UNIVERSITY,
    "makeAddressPrimary": {
        "their own": asked(address_id="{own_address}"),
        "another's": asked(address_id="{address}"),
    },
    "prepareProof": asked({"kind": "email_code"}),
    "prepareUniversityIdentity": asked({"provider": "nowhere"}, 404),
    "prepareUniversityProof": asked({"provider": "nowhere"}, 404),
    "prove": asked({"kind": "email_code", "code": "123456"}, 410),
    "proveByUniversity": BY_UNIVERSITY,
    "resumeAddress": asked(address_id="{address}"),
    "revokeReplyAddress": asked(address_id="{address}"),
    "removeAddress": {"their own": asked(address_id="{own_address}"), "another's": asked(address_id="{address}")},
    "removePasskey": {"their own": asked(passkey_id="{own_passkey}"), "another's": asked(passkey_id="{passkey}")},
    "removePassword": asked(None, 404, 409),
    "renamePasskey": {
        "their own": asked({"name": "Clé"}, passkey_id="{own_passkey}"),
        "another's": asked({"name": "Clé"}, passkey_id="{passkey}"),
    },
    "renewRecoveryCodes": asked(None, 404),
    "requestDeletion": asked({"confirmation": "no"}, 422),
    "reverseAddressChange": GONE,
    "revokeAccessToken": {"their own": asked(token_id="{own_token}"), "another's": asked(token_id="{token}")},
    "setPassword": asked({"password": "court"}, 422),
    "turnTotpOff": asked(None, 404),
    # --- notifications, interests, files, events
    "chooseCommunityLevel": asked({"level": "mine"}),
    "chooseNotifications": asked({"kinds": {"named": {"mail": "daily"}}}),
    "getNotification": asked(notification_id="{notification}"),
    "getUnsubscription": asked(None, 404, token=UNKNOWN_SECRET),
    "unsubscribe": asked(None, 404, token=UNKNOWN_SECRET),
    "readAllNotifications": asked({"up_to": 1}),
    "readNotification": asked({"up_to": 1}, notification_id="{notification}"),
    "registerDevice": asked({"endpoint": "nowhere", "p256dh": "", "auth": ""}, 422),
    "removeDevice": {"their own": asked(device_id="{own_device}"), "another's": asked(device_id="{device}")},
    "showNotifications": asked({"up_to": 1}),
    "chooseMyInterests": asked({"interests": []}),
    "deleteFile": {"their own": asked(file_id="{own_file}"), "another's": asked(file_id="{file}")},
    "downloadFile": {"their own": asked(file_id="{own_file}"), "another's": asked(file_id="{file}")},
    "askForPreview": {"their own": asked(file_id="{own_file}"), "another's": asked(file_id="{file}")},
    "getPreview": {"their own": asked(file_id="{own_file}"), "another's": asked(file_id="{file}")},
    "getPreviewPage": {"another's": asked(file_id="{file}", number="1")},
    "removePosition": {
        "their own": asked(None, 415, file_id="{own_file}"),
        "another's": asked(file_id="{file}"),
    },
    "makePicture": {
        "their own": asked(None, 415, file_id="{own_file}"),
        "another's": asked(file_id="{file}"),
    },
    "beginUpload": Asked(headers={**TUS, "upload-length": "8"}),
    "continueUpload": {
        "their own": Asked(content=b"", headers=STRETCH, path={"upload_id": "{own_upload}"}),
        "another's": Asked(content=b"", headers=STRETCH, path={"upload_id": "{upload}"}),
    },
    "getUpload": {"their own": asked(upload_id="{own_upload}"), "another's": asked(upload_id="{upload}")},
    "giveUpUpload": {
        "their own": Asked(headers=TUS, path={"upload_id": "{own_upload}"}),
        "another's": Asked(headers=TUS, path={"upload_id": "{upload}"}),
    },
    "uploadFile": Asked(content=b"Bonjour.", headers={"content-disposition": 'attachment; filename="bonjour.txt"'}),
    "listFacetValues": Asked(query={"words": "g"}, path={"name": "city"}),
    # --- other people
    "acceptContact": {"nobody asked": asked(member_id="{bystander}")},
    "askContact": {name: asked({}, **one.path) for name, one in OTHER_PEOPLE.items()},
    "askMentoring": {name: asked({"message": "Bonjour."}, **one.path) for name, one in OTHER_PEOPLE.items()},
    "blockMember": OTHER_PEOPLE,
    "changeMyProfile": asked({"headline": "Bonjour"}),
    "dropContactRequest": {"nobody asked": asked(member_id="{bystander}")},
    "getAvatar": {"of a member of the community": asked(member_id="{bystander}")},
    "getProfile": OTHER_PEOPLE,
    "getTies": OTHER_PEOPLE,
    "previewMyProfile": Asked(query={"as": "organisation"}),
    "putMyAvatar": asked({"file_id": "{own_file}"}, 415),
    "removeContact": {"who is none": asked(member_id="{bystander}")},
    "unblockMember": {"who is not blocked": asked(member_id="{bystander}")},
    "listMyMentorships": Asked(query={"side": "mentee"}),
    "acceptMentorship": asked({}, mentorship_id="{mentorship}"),
    "declineMentorship": asked({}, mentorship_id="{mentorship}"),
    "endMentorship": asked(mentorship_id="{mentorship}"),
    "getMentorship": asked(mentorship_id="{mentorship}"),
    # --- communities
    "acceptCommunityCharter": asked({"charter_version": 1}),
    "acceptJoinRequest": asked(member_id="{asker}"),
    "askToJoin": asked({"message": "Bonjour."}),
    "banFromCommunity": {
        "a member": asked({}, member_id="{bystander}"),
        "a moderator": asked({}, member_id="{other_moderator}"),
        "an owner": asked({}, member_id="{founder}"),
    },
    "changeCommunity": asked({"summary": "Autrement."}),
    "createCommunity": asked({"name": "Zoologie", "access": "open"}),
    "createCommunityLink": asked({}),
    "declineJoinRequest": asked(member_id="{asker}"),
    "followCommunityLink": asked({"token": "{link_token}", "charter_version": 1}),
    "giveCommunityRole": asked({"role": "moderator"}, member_id="{bystander}"),
    "inviteGuest": asked({"email": "{fresh_email}"}),
    "inviteToCommunity": asked({"member_ids": ["{stranger}"]}),
    "joinCommunity": asked({"charter_version": 1}),
    "liftCommunityBan": asked(member_id="{barred}"),
    "previewCommunityLink": asked({"token": "{link_token}"}),
    "previewCommunityText": asked({"text": "Bonjour."}),
    "putCommunityPicture": asked({"file_id": "{own_file}"}, 415, which="cover"),
    "removeCommunityPicture": asked(which="cover"),
    "removeCommunityMember": {
        "a member": asked(member_id="{bystander}"),
        "a moderator": asked(member_id="{other_moderator}"),
        "an owner": asked(member_id="{founder}"),
    },
    "withdrawCommunityInvitation": asked(member_id="{called}"),
    "withdrawGuestInvitation": asked(invitation_id="{guest_invitation}"),
    # --- announcements
    "acknowledgeAnnouncement": asked(post_id="{announcement}"),
    "changeAnnouncementDraft": {
        "another's": asked({}, draft_id="{announcement_draft}"),
        "their own": asked({}, draft_id="{own_announcement_draft}"),
    },
    "getAnnouncementDraft": {
        "another's": asked(draft_id="{announcement_draft}"),
        "their own": asked(draft_id="{own_announcement_draft}"),
    },
    "keepAnnouncementDraft": asked({}),
    "listAcknowledgements": asked(post_id="{announcement}"),
    "previewAnnouncement": asked({}),
    "readAnnouncement": asked(post_id="{announcement}"),
    "remindOfAnnouncement": asked(None, 202, 409, post_id="{announcement}"),
    "reportOnAnnouncement": asked(post_id="{announcement}"),
    "seeAnnouncements": asked({"post_ids": ["{announcement}"]}),
    "sendAnnouncement": asked({"title": "Horaires", "body": "Jusqu’à minuit."}),
    "sendAnnouncementDraft": {
        "another's": asked(draft_id="{announcement_draft}"),
        "their own": asked(None, 422, draft_id="{own_announcement_draft}"),
    },
    "throwAnnouncementDraftAway": asked(draft_id="{announcement_draft}"),
    # --- audiences
    "changeAudience": {
        name: Asked({"name": "Tous", "rule": {}}, headers={"if-match": "*"}, path={"audience_id": id_})
        for name, id_ in AUDIENCES.items()
    },
    "countAudience": asked(audience_id="{audience}"),
    "deleteAudience": {
        name: Asked(headers={"if-match": "*"}, path={"audience_id": id_}) for name, id_ in AUDIENCES.items()
    },
    "endAutomaticMembership": Asked(headers={"if-match": "*"}),
    "explainAudience": asked({"rule": {}}, member_id="{stranger}"),
    "setAutomaticMembership": Asked({"rule": NOBODY_IS}, headers={"if-match": "*"}),
    "getAudience": asked(audience_id="{audience}"),
    "previewAudience": asked({}),
    "saveAudience": asked({"name": "Tous", "rule": {}}),
    # --- posts
    "acceptAnswer": {
        "to another's question": asked({"comment_id": "{comment_id}"}),
        "to their own": asked({"comment_id": "{own_answer}"}, post_id="{own_post}"),
    },
    "answerIdea": asked({"status": "studied"}, post_id="{idea}"),
    "attend": asked({"answer": "yes"}, post_id="{event}"),
    "cancelEvent": {"another's": asked(post_id="{event}"), "their own": asked(post_id="{own_event}")},
    "cancelScheduledPost": {
        "another's": asked(scheduled_id="{scheduled}"),
        "their own": asked(scheduled_id="{own_scheduled}"),
    },
    "changeScheduledPost": {
        "another's": asked(SAID_LATER, scheduled_id="{scheduled}"),
        "their own": asked(SAID_LATER, scheduled_id="{own_scheduled}"),
    },
    "chooseReminder": asked({"minutes_before": 60}, 200, 409, post_id="{event}"),
    "deleteComment": {"another's": asked(), "their own": asked(comment_id="{own_comment}")},
    "deletePost": {"another's": asked(), "their own": asked(post_id="{own_post}")},
    "doWithoutReminder": asked(None, 200, 409, post_id="{event}"),
    "editComment": {
        "another's": asked({"body": "Autrement."}),
        "their own": asked({"body": "Autrement."}, comment_id="{own_comment}"),
    },
    "editPost": {
        "another's": asked({"body": "Autrement."}),
        "their own": asked({"body": "Autrement."}, post_id="{own_post}"),
    },
    "getScheduledPost": {
        "another's": asked(scheduled_id="{scheduled}"),
        "their own": asked(scheduled_id="{own_scheduled}"),
    },
    "listAttendees": asked(post_id="{event}"),
    "listCommentReactors": asked(kind="thanks"),
    "listPostReactors": asked(kind="thanks"),
    "listVoters": asked(post_id="{poll}", option_id="{option}"),
    "postComment": asked({"body": "Moi aussi."}),
    "postOnSquare": asked({"body": "Bonjour."}),
    "postToCommunities": asked({"body": "Bonjour.", "places": ["{community_id}"]}),
    "postToCommunity": asked({"body": "Bonjour."}),
    "countNewInFeed": Asked(query={"since": "2026-11-01T00:00:00Z"}),
    "previewPost": asked({"body": "Bonjour."}),
    "publishScheduledPost": asked(scheduled_id="{scheduled}"),
    "reactToComment": asked(kind="thanks"),
    "reactToPost": asked(kind="thanks"),
    "schedulePost": asked(SAID_LATER),
    "seePosts": asked({"post_ids": ["{post_id}"]}),
    "supportIdea": asked(post_id="{idea}"),
    "takeBackAnswer": {
        "to another's question": asked(),
        "to their own": asked(post_id="{own_post}"),
    },
    "takeBackAttendance": asked(post_id="{event}"),
    "takeBackCommentReaction": asked(kind="thanks"),
    "takeBackPostReaction": asked(kind="thanks"),
    "takeBackSupport": asked(post_id="{idea}"),
    "takePostOffWall": {"another's": asked(), "their own": asked(post_id="{own_post}")},
    "vote": asked({"option_ids": ["{option}"]}, post_id="{poll}"),
    # --- conversations
    "addToConversation": asked({"member_ids": ["{bystander}"]}, conversation_id="{invited_channel}"),
    "bookmarkMessage": in_each(MESSAGES, "message_id"),
    "changeConversation": asked({"name": "Autrement"}),
    "createChannel": asked({"name": "Autre"}),
    "deleteMessage": {"another's": asked(), "their own": asked(message_id="{own_message}")},
    "editMessage": {
        "another's": asked({"text": "Autrement."}),
        "their own": asked({"text": "Autrement."}, message_id="{own_message}"),
    },
    "chooseChatPreferences": asked({}),
    "forwardMessage": in_each(
        MESSAGES, "message_id", {"conversation_ids": ["{conversation_id}"], "client_ids": ["{unknown}"]}
    ),
    "followMessageReplies": in_each(MESSAGES, "message_id"),
    "unfollowMessageReplies": in_each(MESSAGES, "message_id"),
    "getConversation": in_each(CHANNELS, "conversation_id"),
    "getMessage": in_each(MESSAGES, "message_id"),
    "keepMessageDraft": in_each(CHANNELS, "conversation_id", {"text": "Peut-être."}),
    "listConversationMembers": in_each(CHANNELS, "conversation_id"),
    "listMessageReaders": {
        name: Asked(query={"number": "1"}, path={"conversation_id": id_}) for name, id_ in CHANNELS.items()
    },
    "listMessageRevisions": in_each(MESSAGES, "message_id"),
    "listPinnedMessages": in_each(CHANNELS, "conversation_id"),
    "listMessageReplies": in_each(MESSAGES, "message_id"),
    "listMessages": in_each(CHANNELS, "conversation_id"),
    "postMessage": in_each(CHANNELS, "conversation_id", {"client_id": "{unknown}", "text": "Moi aussi."}),
    "readMessageReplies": in_each(MESSAGES, "message_id", {"number": 0}),
    "searchConversation": {
        name: Asked(query={"q": "bonjour"}, path={"conversation_id": id_}) for name, id_ in CHANNELS.items()
    },
    "reactToMessage": in_each(MESSAGES, "message_id", kind="thanks"),
    "readConversation": in_each(CHANNELS, "conversation_id", {"number": 1}),
    "removeFromConversation": asked(conversation_id="{invited_channel}", member_id="{other_moderator}"),
    "settleConversation": in_each(CHANNELS, "conversation_id", {"level": "nothing"}),
    "takeOffMessageLinks": {"another's": asked(), "their own": asked(message_id="{own_message}")},
    "startConversation": {
        "with a member of the community": asked({"kind": "direct", "member_id": "{bystander}"}),
        "with somebody of another": asked({"kind": "direct", "member_id": "{stranger}"}),
    },
    "takeBackMessageBookmark": in_each(MESSAGES, "message_id"),
    "takeBackMessageReaction": in_each(MESSAGES, "message_id", kind="thanks"),
    # --- documents
    "downloadShared": asked(None, 404, token=UNKNOWN_SECRET),
    "downloadSharedFolder": asked(None, 404, token=UNKNOWN_SECRET),
    "getShared": asked(None, 404, token=UNKNOWN_SECRET),
    "getSharedPage": asked(None, 404, token=UNKNOWN_SECRET, number="1"),
    "readSharedPage": asked(None, 404, token=UNKNOWN_SECRET),
    "listSharedDocuments": asked(None, 404, token=UNKNOWN_SECRET),
    "listSharedFolders": asked(None, 404, token=UNKNOWN_SECRET),
    "shareDocument": asked({"expires_at": NEXT_WEEK}),
    "shareFolder": asked({"expires_at": NEXT_WEEK}),
    "unlockShared": asked({}, 404, token=UNKNOWN_SECRET),
    "unshareDocument": asked(link_id="{document_link}"),
    "unshareFolder": asked(link_id="{folder_link}"),
    "addDocument": asked({"file_id": "{own_file}"}),
    "changeDocument": Asked({"name": "Autre.txt"}, headers={"if-match": "*"}),
    "changeFolder": Asked({"name": "Autre"}, headers={"if-match": "*"}),
    "copyDocument": asked({"folder_id": "{own_space}"}),
    "copyFolder": asked({"parent_id": "{own_space}"}),
    "makeFolder": asked({"name": "Nouveau"}),
    "makePage": asked({"name": "Compte rendu"}),
    "importPage": asked({"file_id": "{own_file}"}),
    "getWrittenPage": asked(document_id="{page}"),
    "compareWrittenVersions": asked(document_id="{page}", number="1"),
    "getWrittenVersion": asked(document_id="{page}", number="1"),
    "keepWrittenVersion": asked({"label": "Relue"}, document_id="{page}"),
    "listWrittenVersions": asked(document_id="{page}"),
    "restoreWrittenVersion": asked(document_id="{page}", number="1"),
    "getPageState": asked(document_id="{page}"),
    "addPagePicture": asked({"file_id": "{own_file}"}, 415, document_id="{page}"),
    "getPagePicture": asked(document_id="{page}", picture_id="{page_picture}"),
    "listPublications": asked(document_id="{page}"),
    "publishPage": asked({"places": ["{community_id}"]}, document_id="{page}"),
    "renewPublication": asked(None, document_id="{page}", post_id="{article}"),
    "getPageAuthors": asked(document_id="{page}"),
    "exportPage": asked(document_id="{page}"),
    "listExportLosses": asked(document_id="{page}"),
    "beginPageThread": asked({**THREAD_DRAFT, "body": "Ici ?"}, document_id="{page}"),
    "answerPageThread": asked({"body": "Oui."}, document_id="{page}", thread_id="{page_thread}"),
    "deletePageComment": of_page_thread(),
    "editPageComment": of_page_thread({"body": "Autrement."}),
    "getPageComment": of_page_thread(),
    "getPageThread": of_page_thread(),
    "listPageAnswers": of_page_thread(),
    "listPageThreads": asked(document_id="{page}"),
    "reactToPageComment": of_page_thread(kind="thanks"),
    "takeBackPageReaction": of_page_thread(kind="thanks"),
    "resolvePageThread": of_page_thread(),
    "reopenPageThread": of_page_thread(),
    "addDocumentVersion": Asked({"file_id": "{own_file}"}, headers={"if-match": "*"}),
    "changeDocumentVersion": Asked({"label": "Relu"}, headers={"if-match": "*"}, path={"number": "1"}),
    "deleteDocumentVersion": Asked(headers={"if-match": "*"}, path={"number": "1"}),
    "deleteTrashedDocument": asked(document_id="{thrown_document}"),
    "deleteTrashedFolder": asked(folder_id="{thrown_folder}"),
    "downloadDocumentVersion": asked(number="1"),
    "lockDocument": asked({"minutes": 5}),
    "recoverDocument": asked(document_id="{thrown_document}"),
    "recoverFolder": asked(folder_id="{thrown_folder}"),
    "restoreDocumentVersion": Asked(headers={"if-match": "*"}, path={"number": "1"}),
    "setDocumentRights": Asked({"grants": []}, headers={"if-match": "*"}),
    "setFolderRights": Asked({"grants": []}, headers={"if-match": "*"}),
    "trashDocument": Asked(headers={"if-match": "*"}),
    "trashFolder": Asked(headers={"if-match": "*"}),
    # --- the agenda, where some of those who ask have no address yet
    "changeCalendarFeed": asked({"holds": "communities"}, 200, 404),
    "downloadEvent": asked(post_id="{event}"),
    "followCalendar": asked(None, 404, secret=UNKNOWN_SECRET),
    "getCalendarFeed": asked(None, 200, 404),
    "renewCalendarFeed": asked({"holds": "answered"}),
    "revokeCalendarFeed": asked(None, 204, 404),
    # --- search
    "forgetRecentSearch": asked(None, 404, search_id="{case}"),
    "previewFound": asked(kind="post", subject_id="{post_id}"),
    "rememberSearch": asked({"q": "rivière"}),
    "search": Asked(query={"q": "rivière"}),
    "suggest": Asked(query={"q": "riv"}),
    # --- moderation
    "decideCase": {
        name: Asked(
            {"on_content": "keep", "reason": "Rien à redire."}, headers={"if-match": "*"}, path={"case_id": id_}
        )
        for name, id_ in CASES.items()
    },
    "getCase": {name: asked(case_id=id_) for name, id_ in CASES.items()},
    "listCaseReports": {name: asked(case_id=id_) for name, id_ in CASES.items()},
    "readAroundMessage": asked(case_id="{message_case}"),
    "reportComment": {
        "another's": asked({"reason": "spam"}),
        "their own": asked({"reason": "spam"}, comment_id="{own_comment}"),
    },
    "reportMessage": in_each(MESSAGES, "message_id", {"reason": "spam"}),
    "reportPageComment": of_page_thread({"reason": "spam"}),
    "reportPost": {
        "another's": asked({"reason": "spam"}),
        "their own": asked({"reason": "spam"}, post_id="{own_post}"),
    },
    "showAgain": Asked(headers={"if-match": "*"}, path={"case_id": "{hidden_case}"}),
}


def ways_to_ask(operation: str) -> Mapping[str, Asked]:
    """How an operation is asked, by the object that its policy tells apart; `""` where it tells none."""
    found = ASKED.get(operation, Asked())
    return {"": found} if isinstance(found, Asked) else found


def filled(value: Any, names: Mapping[str, str]) -> Any:
    """The same with what the names in braces stand for. Raises KeyError for one that stands for nothing."""
    if isinstance(value, str):
        return names[value[1:-1]] if value.startswith("{") and value.endswith("}") else value
    if isinstance(value, Mapping):
        return {key: filled(one, names) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [filled(one, names) for one in value]
    return value


def names_used(value: Any) -> set[str]:
    """The names in braces."""
    if isinstance(value, str):
        return {value[1:-1]} if value.startswith("{") and value.endswith("}") else set()
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return {name for one in inner for name in names_used(one)}
