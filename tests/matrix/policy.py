"""Who may do what, stated apart from the code that decides it.

Every operation of the API has its line here, in the area whose scope a token needs for it; `test_matrix.py` asks each
operation as each actor, in communities of each access, and holds what is answered against its line. How an operation is
asked stands in `asking.py`. An operation with several kinds of object has a rule for each.

A rule says who is let through (`may`), and among whom the others are told that they may not (403): to everybody else
the object is not there (404). Who is not signed in, or was deactivated, is told to sign in (401), unless it is public.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

Access = Literal["open", "on_request", "secret"]
ACCESSES: tuple[Access, ...] = ("open", "on_request", "secret")

Outcome = Literal["let through", "sign in (401)", "may not (403)", "not there (404)", "not so (409)"]
LET: Outcome = "let through"
UNKNOWN: Outcome = "sign in (401)"
REFUSED: Outcome = "may not (403)"
HIDDEN: Outcome = "not there (404)"
NOT_SO: Outcome = "not so (409)"
"""Allowed, but things are not such that it could be done: what one asks for is done already, say."""

# --- actors -----------------------------------------------------------------------------------------------------------

OUTSIDERS = frozenset({"student", "alumnus", "staff", "administrator", "people_administrator", "pending", "removed"})
"""Of the organisation, and not in the community: `pending` asked to be let in, `removed` was taken out."""
INSIDERS = frozenset({"guest_in", "member", "moderator", "owner"})
"""In the community; `guest_in` was invited from outside the organisation."""
EVERYBODY = OUTSIDERS | INSIDERS | {"anonymous", "guest", "invited", "banned", "deactivated"}
"""`guest` is a guest of another community."""
SIGNED_IN = EVERYBODY - {"anonymous", "deactivated"}
GUESTS = frozenset({"guest", "guest_in"})
ORGANISATION = SIGNED_IN - GUESTS
ADMINISTRATORS = frozenset({"administrator"})
PEOPLE_ADMINISTRATORS = frozenset({"administrator", "people_administrator"})
RUN_IT = frozenset({"moderator", "owner"})
OWN_IT = frozenset({"owner"})
NOBODY: frozenset[str] = frozenset()

People = AbstractSet[str]
Who = Mapping[Access, People]


def in_each(open: People, on_request: People, secret: People) -> Who:  # noqa: A002 — the name of an access
    return {"open": open, "on_request": on_request, "secret": secret}


KNOW_IT = in_each(
    open=OUTSIDERS | INSIDERS | {"invited"},
    on_request=OUTSIDERS | INSIDERS | {"invited"},
    secret=INSIDERS | {"invited"},
)
READ_IT = in_each(open=OUTSIDERS | INSIDERS | {"invited"}, on_request=INSIDERS, secret=INSIDERS)
INVITE_TO_IT = in_each(open=INSIDERS - GUESTS, on_request=RUN_IT, secret=RUN_IT)

# --- rules ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """What each actor is answered where communities are of one access."""

    may: Who
    among: Who
    not_so: Who
    public: bool = False
    unknown: Outcome = UNKNOWN
    """What who is not signed in is told."""

    def outcome(self, actor: str, access: Access) -> Outcome:
        if self.public:
            return LET
        if actor not in SIGNED_IN:
            return self.unknown
        if actor in self.not_so[access]:
            return NOT_SO
        if actor in self.may[access]:
            return LET
        return REFUSED if actor in self.among[access] else HIDDEN


def only(
    may: People | Who,
    among: People | Who = SIGNED_IN,
    not_so: People | Who = NOBODY,
    unknown: Outcome = UNKNOWN,
) -> Rule:
    return Rule(_each(may), _each(among), _each(not_so), unknown=unknown)


def _each(who: People | Who) -> Who:
    return who if isinstance(who, Mapping) else in_each(who, who, who)


PUBLIC = Rule(_each(EVERYBODY), _each(EVERYBODY), _each(NOBODY), public=True)
"""Whoever asks, signed in or not."""
ANY_ACCOUNT = only(SIGNED_IN)
NOT_GUESTS = only(ORGANISATION)
NOT_OF_ANOTHER = only(NOBODY, among=NOBODY)
"""What belongs to somebody else is not there."""
ADMINISTER = only(ADMINISTRATORS)
MANAGE_PEOPLE = only(PEOPLE_ADMINISTRATORS)
ANNOUNCE = only(ADMINISTRATORS)
"""Beside communicators, whom `tests/audiences` tries."""
SHARED_AUDIENCE = only(ADMINISTRATORS, among=NOBODY)
OWN_AUDIENCE = only(ADMINISTRATORS, among=NOBODY)
"""Of who has one: nobody else ever saved any."""

KNOW = only(KNOW_IT, among=NOBODY)
KNOW_OR_NOT = only(KNOW_IT, among=KNOW_IT)
READ = only(READ_IT, among=KNOW_IT)
RUN = only(RUN_IT, among=KNOW_IT)
OWN = only(OWN_IT, among=KNOW_IT)
IN_IT = only(INSIDERS, among=KNOW_IT)
INVITE = only(INVITE_TO_IT, among=KNOW_IT)

READ_POST = only(READ_IT, among=NOBODY)
TAKE_PART = only(INSIDERS, among=READ_IT)
RUN_ITS_PLACE = only(RUN_IT, among=READ_IT)
NOT_THEIRS = only(NOBODY, among=READ_IT)
"""It is for its author alone."""
THEIRS_WHILE_IN_IT = only(INSIDERS, among=READ_IT)
THEIRS = only(READ_IT, among=NOBODY)

CASE_OF_A_MEMBER = only(RUN_IT, among=NOBODY)
CASES = {"on a member": CASE_OF_A_MEMBER, "on who runs it": only(ADMINISTRATORS, among=NOBODY)}
"""What was reported: those who run a community do not decide on each other, and the organisation's moderators on others
only what they left for a week."""
CASE_OF_SOME = only(ADMINISTRATORS, among=NOBODY)
"""What was said between two is the organisation's moderators' to decide on."""

TALK = only(INSIDERS, among=NOBODY)
"""In a channel of the community: who is not in it knows of none."""
RUN_TALK = only(RUN_IT, among=INSIDERS)
NOBODYS_TALK = only(NOBODY, among=INSIDERS)
THROWN = only(RUN_IT, among=INSIDERS)
"""In the trash: there for those who write."""
CHANNELS = {"an open channel": TALK, "a channel by invitation": TALK, "what others say to each other": NOT_OF_ANOTHER}
MESSAGES = {"in an open channel": TALK, "said between others": NOT_OF_ANOTHER}

ANNOUNCE_THEIRS = only(ADMINISTRATORS)
FOLLOW_ANNOUNCEMENT = only(ADMINISTRATORS, among=ORGANISATION)
"""Of one on the square, which nobody of the actors was told."""
MEET = only(ORGANISATION | {"guest_in"}, among=NOBODY)
"""A member of the community: found by the organisation, and by who is in it with him."""
FIND = only(ORGANISATION | {"guest"}, among=NOBODY)
"""A member of another community, where the guest is."""
IN_ORGANISATION = only(ORGANISATION, among=NOBODY)

Rules = Rule | Mapping[str, Rule]

POLICY: Mapping[str, Mapping[str, Rules]] = {
    "door": {
        "acceptInvitation": PUBLIC,
        "cancelDeletion": PUBLIC,
        "confirmActivation": PUBLIC,
        "confirmPasswordReset": PUBLIC,
        "confirmRecovery": PUBLIC,
        "confirmRegistration": PUBLIC,
        "confirmSignInLink": PUBLIC,
        "enterSignInCode": PUBLIC,
        "listUniversityProviders": PUBLIC,
        "passSecondFactor": PUBLIC,
        "preparePasskeySignIn": PUBLIC,
        "previewActivation": PUBLIC,
        "previewInvitation": PUBLIC,
        "register": PUBLIC,
        "requestActivation": PUBLIC,
        "requestPasswordReset": PUBLIC,
        "requestSignInLink": PUBLIC,
        "requestUniversitySignIn": PUBLIC,
        "signInWithPasskey": PUBLIC,
        "signInWithPassword": PUBLIC,
        "signInWithUniversity": PUBLIC,
    },
    "mail-links": {
        "answerMailLink": PUBLIC,
        "previewMailLink": PUBLIC,
    },
    "oauth": {
        "authorizeClient": ANY_ACCOUNT,
        "getAuthorizationRequest": PUBLIC,
        "getAuthorizationServerMetadata": PUBLIC,
        "issueTokens": PUBLIC,
        "listScopes": PUBLIC,
        "revokeClientToken": PUBLIC,
    },
    "session": {
        "readSession": PUBLIC,
        "signOut": PUBLIC,
    },
    "mail-tray": {
        "getTrayMail": PUBLIC,
        "listTray": PUBLIC,
        "showTrayMail": PUBLIC,
    },
    "organisation": {
        "changeOrganisation": ADMINISTER,
        "getLogo": PUBLIC,
        "getMailDeliveries": ADMINISTER,
        "getOrganisation": PUBLIC,
        "getPage": PUBLIC,
        "getServiceHealth": ADMINISTER,
        "listPages": PUBLIC,
        "listSetAsideJobs": ADMINISTER,
        "previewPage": ADMINISTER,
        "putLogo": ADMINISTER,
        "removeLogo": ADMINISTER,
        "tryJobAgain": ADMINISTER,
        "writePage": ADMINISTER,
    },
    "audit": {
        "listAuditEntries": ADMINISTER,
        "verifyAuditLog": ADMINISTER,
    },
    "structure": {
        "changeCohort": MANAGE_PEOPLE,
        "changeProgramme": MANAGE_PEOPLE,
        "changeUnit": MANAGE_PEOPLE,
        "createCohort": MANAGE_PEOPLE,
        "createProgramme": MANAGE_PEOPLE,
        "createUnit": MANAGE_PEOPLE,
        "deleteCohort": MANAGE_PEOPLE,
        "deleteProgramme": MANAGE_PEOPLE,
        "deleteUnit": MANAGE_PEOPLE,
        "getCohort": NOT_GUESTS,
        "getProgramme": NOT_GUESTS,
        "getUnit": NOT_GUESTS,
        "listCohorts": NOT_GUESTS,
        "listProgrammes": NOT_GUESTS,
        "listUnits": NOT_GUESTS,
    },
    "people": {
        "addAffiliation": MANAGE_PEOPLE,
        "applyImport": MANAGE_PEOPLE,
        "beginImport": MANAGE_PEOPLE,
        "cancelGraduation": MANAGE_PEOPLE,
        "cancelImport": MANAGE_PEOPLE,
        "changeAffiliation": MANAGE_PEOPLE,
        "changePerson": {"a member": MANAGE_PEOPLE, "an administrator": ADMINISTER},
        "createPerson": MANAGE_PEOPLE,
        "downloadImportReport": MANAGE_PEOPLE,
        "explainAudience": MANAGE_PEOPLE,
        "getImport": MANAGE_PEOPLE,
        "getPerson": MANAGE_PEOPLE,
        "graduateCohort": MANAGE_PEOPLE,
        "grantRole": ADMINISTER,
        "invite": MANAGE_PEOPLE,
        "listImportFindings": MANAGE_PEOPLE,
        "listImports": MANAGE_PEOPLE,
        "listInvitations": MANAGE_PEOPLE,
        "listLacking": MANAGE_PEOPLE,
        "offerRecovery": {"a member": MANAGE_PEOPLE, "an administrator": ADMINISTER},
        "previewGraduation": MANAGE_PEOPLE,
        "remindLacking": MANAGE_PEOPLE,
        "removeAffiliation": MANAGE_PEOPLE,
        "restorePerson": MANAGE_PEOPLE,
        "revokeInvitation": MANAGE_PEOPLE,
        "revokeRole": ADMINISTER,
        "searchPeople": MANAGE_PEOPLE,
        "suspendPerson": {"a member": MANAGE_PEOPLE, "an administrator": ADMINISTER},
    },
    "account": {
        "addAddress": ANY_ACCOUNT,
        "addPasskey": ANY_ACCOUNT,
        "askForExport": ANY_ACCOUNT,
        "changeMe": ANY_ACCOUNT,
        "confirmAddress": ANY_ACCOUNT,
        "confirmTotp": ANY_ACCOUNT,
        "createAccessToken": ANY_ACCOUNT,
        "deleteMyExport": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "downloadMyExport": NOT_OF_ANOTHER,
        "endOtherSessions": ANY_ACCOUNT,
        "endSession": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "getDeletionOutlook": ANY_ACCOUNT,
        "getMe": ANY_ACCOUNT,
        "getMyCredentials": ANY_ACCOUNT,
        "getMyExport": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "getProof": ANY_ACCOUNT,
        "joinRecord": ANY_ACCOUNT,
        "linkUniversityIdentity": ANY_ACCOUNT,
        "listAccessTokens": ANY_ACCOUNT,
        "listMyAddresses": ANY_ACCOUNT,
        "listPausedAddresses": ANY_ACCOUNT,
        "listReplyAddresses": ANY_ACCOUNT,
        "resumeAddress": NOT_OF_ANOTHER,
        "listMyExports": ANY_ACCOUNT,
        "listMyPasskeys": ANY_ACCOUNT,
        "listMySessions": ANY_ACCOUNT,
        "makeAddressPrimary": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "preparePasskey": ANY_ACCOUNT,
        "prepareProof": ANY_ACCOUNT,
        "prepareTotp": ANY_ACCOUNT,
        "prepareUniversityIdentity": ANY_ACCOUNT,
        "prepareUniversityProof": ANY_ACCOUNT,
        "prove": ANY_ACCOUNT,
        "proveByUniversity": ANY_ACCOUNT,
        "revokeReplyAddress": NOT_OF_ANOTHER,
        "revokeReplyAddresses": ANY_ACCOUNT,
        "removeAddress": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "removePasskey": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "removePassword": ANY_ACCOUNT,
        "renamePasskey": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "renewRecoveryCodes": ANY_ACCOUNT,
        "requestDeletion": ANY_ACCOUNT,
        "reverseAddressChange": PUBLIC,
        "revokeAccessToken": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "setPassword": ANY_ACCOUNT,
        "turnTotpOff": ANY_ACCOUNT,
    },
    "notifications": {
        "countCalled": KNOW,
        "countNotifications": ANY_ACCOUNT,
        "chooseCommunityLevel": KNOW,
        "chooseNotifications": ANY_ACCOUNT,
        "getCommunityLevel": KNOW,
        "getNotification": NOT_OF_ANOTHER,
        "getNotificationChoices": ANY_ACCOUNT,
        "getUnsubscription": PUBLIC,
        "unsubscribe": PUBLIC,
        "getPushKey": ANY_ACCOUNT,
        "listDevices": ANY_ACCOUNT,
        "listNotifications": ANY_ACCOUNT,
        "readAllNotifications": ANY_ACCOUNT,
        "readNotification": NOT_OF_ANOTHER,
        "registerDevice": ANY_ACCOUNT,
        "removeDevice": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "showNotifications": ANY_ACCOUNT,
    },
    "interests": {
        "chooseMyInterests": ANY_ACCOUNT,
        "getMyInterests": ANY_ACCOUNT,
        "listInterests": ANY_ACCOUNT,
    },
    "files": {
        "beginUpload": ANY_ACCOUNT,
        "continueUpload": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "deleteFile": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "downloadFile": {
            "their own": only(SIGNED_IN, unknown=HIDDEN),
            "another's": only(NOBODY, among=NOBODY, unknown=HIDDEN),
        },
        "askForPreview": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "getPreview": {
            "their own": only(SIGNED_IN, unknown=HIDDEN),
            "another's": only(NOBODY, among=NOBODY, unknown=HIDDEN),
        },
        "getPreviewPage": {"another's": only(NOBODY, among=NOBODY, unknown=HIDDEN)},
        "getUpload": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "giveUpUpload": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "makePicture": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "removePosition": {"their own": ANY_ACCOUNT, "another's": NOT_OF_ANOTHER},
        "uploadFile": ANY_ACCOUNT,
    },
    "events": {
        "createRealtimeTicket": ANY_ACCOUNT,
        "getSync": ANY_ACCOUNT,
        "listEvents": ANY_ACCOUNT,
    },
    "directory": {
        "countDirectory": NOT_GUESTS,
        "listDirectory": NOT_GUESTS,
        "listFacetValues": NOT_GUESTS,
    },
    "profiles": {
        "changeMyProfile": ANY_ACCOUNT,
        "getAvatar": {"of a member of the community": IN_ORGANISATION},
        "getMyProfile": ANY_ACCOUNT,
        "getProfile": {"of a member of the community": MEET, "of somebody of another": FIND},
        "previewMyProfile": ANY_ACCOUNT,
        "putMyAvatar": ANY_ACCOUNT,
        "removeMyAvatar": ANY_ACCOUNT,
    },
    "contacts": {
        "acceptContact": {"nobody asked": NOT_OF_ANOTHER},
        "askContact": {"of a member of the community": MEET, "of somebody of another": FIND},
        "blockMember": {"of a member of the community": MEET, "of somebody of another": FIND},
        "countMyContactRequests": ANY_ACCOUNT,
        "dropContactRequest": {"nobody asked": NOT_OF_ANOTHER},
        "getTies": {"of a member of the community": MEET, "of somebody of another": FIND},
        "listMyBlocks": ANY_ACCOUNT,
        "listMyContactRequests": ANY_ACCOUNT,
        "listMyContacts": ANY_ACCOUNT,
        "removeContact": {"who is none": NOT_OF_ANOTHER},
        "unblockMember": {"who is not blocked": NOT_OF_ANOTHER},
    },
    "mentoring": {
        "acceptMentorship": NOT_OF_ANOTHER,
        "askMentoring": {"of a member of the community": IN_ORGANISATION, "of somebody of another": IN_ORGANISATION},
        "countMyMentorships": ANY_ACCOUNT,
        "declineMentorship": NOT_OF_ANOTHER,
        "endMentorship": NOT_OF_ANOTHER,
        "getMentorship": NOT_OF_ANOTHER,
        "listMyMentorships": ANY_ACCOUNT,
    },
    "communities": {
        "acceptCommunityCharter": IN_IT,
        "acceptJoinRequest": RUN,
        "archiveCommunity": OWN,
        "askToJoin": only(
            in_each(open=NOBODY, on_request=OUTSIDERS, secret=NOBODY),
            among=NOBODY,
            not_so=in_each(KNOW_IT["open"], INSIDERS | {"invited"}, KNOW_IT["secret"]),
        ),
        "banFromCommunity": {"a member": RUN, "a moderator": OWN, "an owner": only(NOBODY, among=KNOW_IT)},
        "changeCommunity": OWN,
        "countCommunityTags": ANY_ACCOUNT,
        "countJoinRequests": KNOW,
        "createCommunity": NOT_GUESTS,
        "createCommunityLink": INVITE,
        "declineCommunityInvitation": only({"invited"}, among=NOBODY),
        "declineJoinRequest": RUN,
        "endAutomaticMembership": only(
            in_each(OWN_IT | ADMINISTRATORS, OWN_IT | ADMINISTRATORS, OWN_IT), among=KNOW_IT
        ),
        "followCommunityLink": only(ORGANISATION - {"banned"}, not_so={"banned"}),
        "getAutomaticMembership": KNOW,
        "getCommunity": KNOW,
        "getCommunityPresence": READ,
        "giveCommunityRole": OWN,
        "inviteGuest": OWN,
        "inviteToCommunity": INVITE,
        "joinCommunity": only(in_each(KNOW_IT["open"], INSIDERS | {"invited"}, KNOW_IT["secret"]), among=KNOW_IT),
        "leaveCommunity": only(INSIDERS, among=NOBODY),
        "liftCommunityBan": RUN,
        "listCommunities": ANY_ACCOUNT,
        "listCommunityBans": RUN,
        "listCommunityInvitations": IN_IT,
        "listCommunityLinks": IN_IT,
        "listCommunityMembers": READ,
        "listGuestInvitations": OWN,
        "listJoinRequests": RUN,
        "listMyCommunityInvitations": ANY_ACCOUNT,
        "previewCommunityLink": only(ORGANISATION - {"banned"}, not_so={"banned"}),
        "previewCommunityText": ANY_ACCOUNT,
        "putCommunityPicture": RUN,
        "removeCommunityMember": {"a member": RUN, "a moderator": OWN, "an owner": only(NOBODY, among=KNOW_IT)},
        "removeCommunityPicture": RUN,
        "reopenCommunity": OWN,
        "revokeCommunityLink": only(RUN_IT, among=INSIDERS),
        # Beside its owners who announce, whom `tests/audiences` tries.
        "setAutomaticMembership": only(in_each(ADMINISTRATORS, ADMINISTRATORS, NOBODY), among=KNOW_IT),
        "suggestCommunities": ANY_ACCOUNT,
        "withdrawCommunityInvitation": only(RUN_IT, among=INSIDERS),
        "withdrawGuestInvitation": OWN,
        "withdrawJoinRequest": only(in_each({"pending"}, {"pending"}, NOBODY), among=NOBODY),
    },
    "announcements": {
        "acknowledgeAnnouncement": NOT_OF_ANOTHER,
        "changeAnnouncementDraft": {"another's": NOT_OF_ANOTHER, "their own": ANNOUNCE_THEIRS},
        "getAnnouncementDraft": {"another's": NOT_OF_ANOTHER, "their own": ANY_ACCOUNT},
        "keepAnnouncementDraft": ANNOUNCE,
        "listAcknowledgements": FOLLOW_ANNOUNCEMENT,
        "listAnnouncementDrafts": ANY_ACCOUNT,
        "listAnnouncements": ANNOUNCE,
        "previewAnnouncement": ANNOUNCE,
        "readAnnouncement": IN_ORGANISATION,
        "remindOfAnnouncement": FOLLOW_ANNOUNCEMENT,
        "reportOnAnnouncement": FOLLOW_ANNOUNCEMENT,
        "seeAnnouncements": ANY_ACCOUNT,
        "sendAnnouncement": ANNOUNCE,
        "sendAnnouncementDraft": {"another's": NOT_OF_ANOTHER, "their own": ANNOUNCE_THEIRS},
        "throwAnnouncementDraftAway": NOT_OF_ANOTHER,
    },
    "audiences": {
        "changeAudience": {"another's": only(NOBODY, among=ADMINISTRATORS), "their own": OWN_AUDIENCE},
        "countAudience": SHARED_AUDIENCE,
        "deleteAudience": {"another's": only(NOBODY, among=ADMINISTRATORS), "their own": OWN_AUDIENCE},
        "getAudience": SHARED_AUDIENCE,
        "listAudiences": ANNOUNCE,
        "previewAudience": ANNOUNCE,
        "saveAudience": ANNOUNCE,
    },
    "posts": {
        "acceptAnswer": {"to another's question": RUN_ITS_PLACE, "to their own": THEIRS},
        "answerIdea": RUN_ITS_PLACE,
        "attend": TAKE_PART,
        "bookmarkPost": READ_POST,
        "cancelEvent": {"another's": NOT_THEIRS, "their own": THEIRS_WHILE_IN_IT},
        "cancelScheduledPost": {"another's": NOT_OF_ANOTHER, "their own": ANY_ACCOUNT},
        "changeScheduledPost": {"another's": NOT_OF_ANOTHER, "their own": IN_IT},
        "chooseReminder": TAKE_PART,
        "countNewInFeed": ANY_ACCOUNT,
        "deleteComment": {"another's": RUN_ITS_PLACE, "their own": THEIRS},
        "deletePost": {"another's": NOT_THEIRS, "their own": THEIRS},
        "doWithoutReminder": TAKE_PART,
        "editComment": {"another's": NOT_THEIRS, "their own": THEIRS_WHILE_IN_IT},
        "editPost": {"another's": NOT_THEIRS, "their own": THEIRS_WHILE_IN_IT},
        "getComment": READ_POST,
        "getPost": READ_POST,
        "getScheduledPost": {"another's": NOT_OF_ANOTHER, "their own": ANY_ACCOUNT},
        "listAttendees": READ_POST,
        "listCommentReactors": READ_POST,
        "listComments": READ_POST,
        "listCommunityPosts": READ,
        "listFeed": ANY_ACCOUNT,
        "listMyBookmarks": ANY_ACCOUNT,
        "listPostReactors": READ_POST,
        "listPostVersions": READ_POST,
        "listScheduledPosts": ANY_ACCOUNT,
        "listSquarePosts": NOT_GUESTS,
        "listVoters": READ_POST,
        "pinPost": RUN_ITS_PLACE,
        "previewPost": ANY_ACCOUNT,
        "postComment": TAKE_PART,
        "postOnSquare": ADMINISTER,
        "postToCommunities": IN_IT,
        "postToCommunity": IN_IT,
        "publishScheduledPost": NOT_OF_ANOTHER,
        "reactToComment": TAKE_PART,
        "reactToPost": TAKE_PART,
        "schedulePost": IN_IT,
        "seePosts": ANY_ACCOUNT,
        "supportIdea": TAKE_PART,
        "takeBackAnswer": {"to another's question": RUN_ITS_PLACE, "to their own": THEIRS},
        "takeBackAttendance": TAKE_PART,
        "takeBackBookmark": READ_POST,
        "takeBackCommentReaction": TAKE_PART,
        "takeBackPostReaction": TAKE_PART,
        "takeBackSupport": TAKE_PART,
        "takePostOffWall": {"another's": RUN_ITS_PLACE, "their own": THEIRS},
        "unpinPost": RUN_ITS_PLACE,
        "vote": TAKE_PART,
    },
    "chat": {
        "addToConversation": RUN_TALK,
        "bookmarkMessage": MESSAGES,
        "changeConversation": RUN_TALK,
        "chooseChatPreferences": ANY_ACCOUNT,
        "countUnreadMessages": ANY_ACCOUNT,
        "createChannel": RUN,
        "deleteConversation": RUN_TALK,
        "deleteMessage": {"another's": RUN_TALK, "their own": TALK},
        "editMessage": {"another's": NOBODYS_TALK, "their own": TALK},
        "followMessageReplies": MESSAGES,
        "forwardMessage": MESSAGES,
        "getChatPreferences": ANY_ACCOUNT,
        "getConversation": CHANNELS,
        "getMessage": MESSAGES,
        "joinConversation": TALK,
        "keepMessageDraft": CHANNELS,
        "leaveConversation": TALK,
        "listChannels": IN_IT,
        "listConversationMembers": CHANNELS,
        "listConversations": ANY_ACCOUNT,
        "listMessageReaders": CHANNELS,
        "listMessageReplies": MESSAGES,
        "listMessageRevisions": MESSAGES,
        "listMessages": CHANNELS,
        "listPinnedMessages": CHANNELS,
        "pinMessage": RUN_TALK,
        "postMessage": CHANNELS,
        "reactToMessage": MESSAGES,
        "readConversation": CHANNELS,
        "readMessageReplies": MESSAGES,
        "removeFromConversation": RUN_TALK,
        "searchConversation": CHANNELS,
        "settleConversation": CHANNELS,
        "startConversation": {"with a member of the community": MEET, "with somebody of another": FIND},
        "takeBackMessageBookmark": MESSAGES,
        "takeBackMessageReaction": MESSAGES,
        "takeOffMessageLinks": {"another's": NOBODYS_TALK, "their own": TALK},
        "unfollowMessageReplies": MESSAGES,
        "unpinMessage": RUN_TALK,
    },
    "documents": {
        "addDocument": TAKE_PART,
        "addDocumentVersion": TAKE_PART,
        "changeDocument": TAKE_PART,
        "changeDocumentVersion": TAKE_PART,
        "changeFolder": TAKE_PART,
        "copyDocument": READ_POST,
        "copyFolder": READ_POST,
        "deleteDocumentVersion": TAKE_PART,
        "deleteTrashedDocument": THROWN,
        "deleteTrashedFolder": THROWN,
        "downloadDocumentVersion": READ_POST,
        "getDocumentRights": RUN_ITS_PLACE,
        "getFolderRights": RUN_ITS_PLACE,
        "listDocumentReaders": READ_POST,
        "listDocumentVersions": READ_POST,
        "listFolderReaders": READ_POST,
        "listRecentDocuments": ANY_ACCOUNT,
        "listSharedByMe": ANY_ACCOUNT,
        "listSharedWithMe": ANY_ACCOUNT,
        "listTrash": ANY_ACCOUNT,
        "lockDocument": TAKE_PART,
        "recoverDocument": TALK,
        "recoverFolder": TALK,
        "restoreDocumentVersion": TAKE_PART,
        "setDocumentRights": RUN_ITS_PLACE,
        "setFolderRights": RUN_ITS_PLACE,
        "trashDocument": TAKE_PART,
        "trashFolder": TAKE_PART,
        "unlockDocument": TAKE_PART,
        "downloadDocument": READ_POST,
        "downloadFolder": READ_POST,
        "downloadShared": PUBLIC,
        "downloadSharedFolder": PUBLIC,
        "followFolder": READ_POST,
        "unfollowFolder": READ_POST,
        "listFolderActs": READ_POST,
        "getCommunitySpace": READ,
        "getDocument": READ_POST,
        "getFolder": READ_POST,
        "getMySpace": ANY_ACCOUNT,
        "getShared": PUBLIC,
        "getSharedPage": PUBLIC,
        "listDocumentLinks": RUN_ITS_PLACE,
        "listDocuments": READ_POST,
        "listFolderLinks": RUN_ITS_PLACE,
        "listFolders": READ_POST,
        "listSharedDocuments": PUBLIC,
        "readSharedPage": PUBLIC,
        "listSharedFolders": PUBLIC,
        "listSpaces": ANY_ACCOUNT,
        "makeFolder": TAKE_PART,
        "getWrittenPage": READ_POST,
        "compareWrittenVersions": READ_POST,
        "getPageState": READ_POST,
        "exportPage": READ_POST,
        "getPageAuthors": READ_POST,
        "listPublications": READ_POST,
        "publishPage": TAKE_PART,
        "renewPublication": NOT_THEIRS,
        "addPagePicture": TAKE_PART,
        "getPagePicture": READ_POST,
        "listExportLosses": READ_POST,
        "beginPageThread": TAKE_PART,
        "answerPageThread": TAKE_PART,
        "deletePageComment": RUN_ITS_PLACE,
        "editPageComment": NOT_THEIRS,
        "getPageComment": READ_POST,
        "getPageThread": READ_POST,
        "listPageAnswers": READ_POST,
        "listPageThreads": READ_POST,
        "reactToPageComment": TAKE_PART,
        "takeBackPageReaction": TAKE_PART,
        "resolvePageThread": TAKE_PART,
        "reopenPageThread": TAKE_PART,
        "getWrittenVersion": READ_POST,
        "keepWrittenVersion": TAKE_PART,
        "listWrittenVersions": READ_POST,
        "restoreWrittenVersion": TAKE_PART,
        "listPageTemplates": ANY_ACCOUNT,
        "listMyPageTasks": ANY_ACCOUNT,
        "makePage": TAKE_PART,
        "importPage": TAKE_PART,
        "shareDocument": RUN_ITS_PLACE,
        "shareFolder": RUN_ITS_PLACE,
        "unlockShared": PUBLIC,
        "unshareDocument": RUN_ITS_PLACE,
        "unshareFolder": RUN_ITS_PLACE,
    },
    "agenda": {
        "changeCalendarFeed": ANY_ACCOUNT,
        "downloadEvent": READ_POST,
        "followCalendar": PUBLIC,
        "getCalendarFeed": ANY_ACCOUNT,
        "listAgenda": ANY_ACCOUNT,
        "renewCalendarFeed": ANY_ACCOUNT,
        "revokeCalendarFeed": ANY_ACCOUNT,
    },
    "search": {
        "forgetRecentSearch": ANY_ACCOUNT,
        "forgetRecentSearches": ANY_ACCOUNT,
        "listRecentSearches": ANY_ACCOUNT,
        "previewFound": READ_POST,
        "rememberSearch": ANY_ACCOUNT,
        "search": ANY_ACCOUNT,
        "suggest": ANY_ACCOUNT,
    },
    "moderation": {
        "countCases": ANY_ACCOUNT,
        "countCommunityCases": KNOW,
        "decideCase": CASES,
        "getCase": CASES,
        "listCaseReports": CASES,
        "listCases": ADMINISTER,
        "listCommunityCases": RUN,
        "listDecisionsAboutMe": ANY_ACCOUNT,
        "listMyReports": ANY_ACCOUNT,
        "readAroundMessage": CASE_OF_SOME,
        "reportComment": {"another's": READ_POST, "their own": NOT_THEIRS},
        "reportMessage": MESSAGES,
        "reportPageComment": READ_POST,
        "reportPost": {"another's": READ_POST, "their own": NOT_THEIRS},
        "showAgain": CASE_OF_A_MEMBER,
    },
}
"""Area of the token's scope, operation, rule: by the object it is asked of, where they differ."""

# --- with what --------------------------------------------------------------------------------------------------------

IN_BROWSER = frozenset(
    {
        "changeCalendarFeed",
        "renewCalendarFeed",
        "askForExport",
        "authorizeClient",
        "deleteMyExport",
        "downloadMyExport",
        "getDeletionOutlook",
        "getMyExport",
        "listMyExports",
        "requestDeletion",
    }
)
"""Asked in a browser alone: what a token was given is not its own to give."""
GUARD_THE_DOOR = frozenset(
    {
        "addAddress",
        "addPasskey",
        "applyImport",
        "cancelGraduation",
        "confirmTotp",
        "createAccessToken",
        "endOtherSessions",
        "endSession",
        "graduateCohort",
        "grantRole",
        "joinRecord",
        "linkUniversityIdentity",
        "makeAddressPrimary",
        "offerRecovery",
        "preparePasskey",
        "prepareTotp",
        "prepareUniversityIdentity",
        "removeAddress",
        "removePasskey",
        "removePassword",
        "renewRecoveryCodes",
        "restorePerson",
        "revokeRole",
        "setPassword",
        "suspendPerson",
        "turnTotpOff",
    }
)
"""Change who gets in: not by a personal access token, and after a proof of the last ten minutes."""
IN_PERSON = GUARD_THE_DOOR | {
    "confirmAddress",
    "getMyCredentials",
    "getProof",
    "listMyPasskeys",
    "prepareProof",
    "prepareUniversityProof",
    "prove",
    "proveByUniversity",
    "renamePasskey",
}
"""Not by a personal access token."""
WITH_POSTS = {"publishPage"}
"""Not by a token that may not post too."""
WITH_WHAT_IS_FOUND = {"previewFound"}
"""Nothing is there for a token that may search, and read nothing."""
PROVED = GUARD_THE_DOOR | {"askForExport", "authorizeClient", "downloadMyExport", "requestDeletion"}
"""After a proof of the last ten minutes."""
