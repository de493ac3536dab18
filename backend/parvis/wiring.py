"""The tables: which routers are served, who listens to which facts, who runs which job, who fills which port.

Read it to know every side effect in the product.
"""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter

from .accounts import events as accounts_events
from .accounts import live as accounts_live
from .accounts import personal_data as accounts_data
from .accounts import routes as accounts
from .accounts.access import SECURITY_SCHEMES as SECURITY_SCHEMES
from .accounts.access import describe_access
from .accounts.actor import Actors
from .accounts.headcount import Headcount
from .accounts.jwt import AccessTokens
from .accounts.oidc import Providers
from .accounts.passwords import Passwords
from .accounts.presentation import Presentations
from .accounts.refresh import RefreshTokens
from .accounts.schemas.session import ViewerOut
from .accounts.service.graduation.operation import GRADUATE, UNDO, graduate_cohorts, undo_graduations
from .accounts.service.graduation.reminder import REMIND, remind_students
from .accounts.service.knocks import KNOCK, answer_knocks
from .accounts.service.leaving import ERASE
from .accounts.service.tickets import PURGE as PURGE_TICKETS
from .accounts.service.tickets import purge_tickets
from .accounts.service.totp import TotpVault
from .admin import personal_data as admin_data
from .admin import routes as admin
from .admin.logo import KIND as LOGO
from .agenda import events as agenda_events
from .agenda import personal_data as agenda_data
from .agenda import routes as agenda
from .announcements import events as announcements_events
from .announcements import personal_data as announcements_data
from .announcements import routes as announcements
from .announcements.service.drafting import SEND, send_scheduled
from .announcements.service.reminding import REMIND as REMIND_OF_ANNOUNCEMENT
from .announcements.service.reminding import remind_recipients
from .announcements.service.writing import WRITE, write_recipients
from .audiences import events as audiences_events
from .audiences import personal_data as audiences_data
from .audiences import routes as audiences
from .audiences import subscribers as audience_subscribers
from .audiences.service.automatic import SETTLE, settle_community, turn_day
from .audiences.service.keeping import KEEP, keep_audiences
from .audiences.service.keeping import TURN as TURN_AUDIENCES
from .audiences.service.saving import FREEZE, freeze_audiences
from .chat import attached as chat_attached
from .chat import events as chat_events
from .chat import live as chat_live
from .chat import personal_data as chat_data
from .chat import routes as chat
from .chat import subscribers as chat_subscribers
from .chat import unfurled as chat_unfurled
from .chat.attached import ATTACHED as MESSAGE_FILE
from .chat.attached import PICTURE as CONVERSATION_PICTURE
from .chat.meeting import Meetings
from .chat.queries.people import Faces
from .chat.schemas.conversations import ChatUnreadOut
from .chat.service.forgetting import FORGET as FORGET_CONVERSATION
from .chat.service.forgetting import forget_conversations
from .chat.service.unfurling import UNFURL as UNFURL_MESSAGE
from .chat.service.unfurling import unfurl_messages
from .choices import events as choices_events
from .choices import personal_data as choices_data
from .choices import routes as choices
from .circles import events as circles_events
from .circles import personal_data as circles_data
from .communities import events as communities_events
from .communities import live as communities_live
from .communities import personal_data as communities_data
from .communities import queries as communities_queries
from .communities import routes as communities
from .communities import subscribers as community_subscribers
from .communities.presence import Presences
from .communities.service.people import EXPIRE
from .communities.service.pictures import KIND as COMMUNITY_PICTURE
from .communities.service.upkeep import take_out_expired
from .documents import events as documents_events
from .documents import live as documents_live
from .documents import personal_data as documents_data
from .documents import routes as documents
from .documents import subscribers as document_subscribers
from .documents.queries import referred as documents_referred
from .documents.queries.documents import KIND as DOCUMENT_VERSION
from .documents.queries.documents import may_read_version
from .documents.queries.spaces import Quotas, filled
from .documents.service.copying import COPY, copy_on
from .documents.service.keeping import destination
from .documents.service.noting import FORGET_ACTS, TELL_FOLLOWERS, forget_acts
from .documents.service.placing import PLACE, place_documents
from .documents.service.trash import EMPTY as EMPTY_TRASH
from .documents.service.trash import FORGET as FORGET_FOLDER
from .documents.service.trash import empty_trash, forget_folders
from .documents.sharing import routes as document_sharing
from .documents.sharing.tickets import Tickets
from .documents.written import PAGE_PICTURE, PAGES
from .engagement import events as engagement_events
from .engagement import personal_data as engagement_data
from .files import personal_data as files_data
from .files import referred as files_referred
from .files import routes as files
from .files.cards import LINK_IMAGE
from .files.destinations import Destinations
from .files.looking import routes as files_looking
from .files.looking.service import LOOK, forget_pages, look_into_files
from .files.pictures import PictureMaker
from .files.places import PLACES
from .files.readers import Readers, everybody
from .files.scanning import SCAN, SCAN_WAITING, enqueue_received, scan_files, scan_waiting
from .files.scanning import is_on as is_scanned
from .files.tidying import FIND_ORPHANS, TIDY, find_orphans, tidy_files
from .files.uploads.receiving import finish_uploads
from .files.uploads.routes import router as uploads_router
from .files.uploads.service import EXPIRE as EXPIRE_UPLOADS
from .files.uploads.service import FINISH as FINISH_UPLOAD
from .files.uploads.upkeep import expire_uploads
from .imports import personal_data as imports_data
from .imports import routes as imports_routes
from .imports import running as imports
from .imports.service.imports import APPLY, FORGET, READ
from .kernel.config import Settings
from .kernel.events import Event
from .kernel.idempotency import PURGE as PURGE_ANSWERS
from .kernel.idempotency import purge_answers
from .kernel.jobs import Handler
from .kernel.listeners import Listener
from .kernel.mail import MAIL_JOB
from .kernel.openapi import Describe
from .kernel.personal_data import Part, PersonalData
from .kernel.presence import Connected
from .kernel.pruning import PRUNE, prune_log
from .kernel.runtime import Parvis
from .kernel.statistics import GATHER, gather_statistics
from .moderation import events as moderation_events
from .moderation import personal_data as moderation_data
from .moderation import routes as moderation
from .moderation import subscribers as moderation_subscribers
from .moderation.reading import may_read_reported
from .moderation.service.reports import LEFT
from .moderation.service.upkeep import tell_of_left
from .notifications import events as notifications_events
from .notifications import live as notifications_live
from .notifications import personal_data as notifications_data
from .notifications import routes as notifications
from .notifications import subscribers as notification_subscribers
from .notifications.push import following as push_following
from .notifications.push import routes as push
from .notifications.push.delivery import PushServices
from .notifications.push.following import PUSH, SPREAD
from .notifications.push.sending import push_devices, spread_messages
from .notifications.schemas import NotificationsCountOut
from .notifications.service.calling import CALL, FOLLOW, call_everybody, mail_followers
from .notifications.service.coming import TELL_COMING, remind_those_coming, tell_those_coming
from .notifications.service.digests import DIGEST, send_digests
from .notifications.service.following import tell_followers
from .notifications.service.forgetting import FORGET as FORGET_NOTIFICATIONS
from .notifications.service.forgetting import forget_old
from .notifications.service.mailing import MAIL, mail_due
from .pages import events as pages_events
from .pages import personal_data as pages_data
from .pages import routes as pages
from .pages import subscribers as page_subscribers
from .pages.exports import routes as page_exports
from .pages.imports import routes as page_imports
from .pages.imports.reading import Importer
from .pages.publishing import routes as page_publications
from .pages.service.making import Keeper as PageKeeper
from .pages.service.picturing import TIDY as TIDY_PICTURES
from .pages.service.picturing import tidy_pictures
from .pages.service.settling import KEEP as KEEP_PAGE_VERSION
from .pages.service.settling import SETTLE as SETTLE_PAGE
from .pages.service.settling import settle_pages
from .pages.service.versions import keep_versions
from .pages.tasks import routes as page_tasks
from .pages.tasks.keeping import REMIND as REMIND_OF_TASK
from .pages.tasks.keeping import TELL as TELL_NAMED
from .pages.tasks.keeping import remind_of_tasks, tell_named
from .pages.threads import routes as page_threads
from .pages.together.rooms import Rooms
from .personal_data import events as own_data_events
from .personal_data import personal_data as own_data
from .personal_data import routes as personal_data
from .personal_data.service.erasure import erase_members
from .personal_data.service.exports import FORGET as FORGET_EXPORTS
from .personal_data.service.exports import MAKE as MAKE_EXPORT
from .personal_data.service.exports import forget_exports, make_exports
from .postbox import personal_data as postbox_data
from .postbox import routes as postbox
from .postbox.links import Links
from .postbox.postman import Postman
from .postbox.service.upkeep import TIDY as TIDY_POSTBOX
from .postbox.service.upkeep import tidy_postbox
from .posts import events as posts_events
from .posts import personal_data as posts_data
from .posts import routes as posts
from .posts import subscribers as post_subscribers
from .posts.attached import ATTACHED, may_read_attached
from .posts.service.gathering import REMIND as REMIND_OF_EVENT
from .posts.service.gathering import SEAT, seat_waiting
from .posts.service.recipients import TELL, tell_recipients
from .posts.service.scheduling import PUBLISH, publish_scheduled
from .posts.service.unfurling import UNFURL, unfurl_posts
from .posts.service.viewing import FORGET as FORGET_VIEWS
from .posts.service.viewing import forget_views
from .posts.unfurled import may_read_card
from .profiles import events as profiles_events
from .profiles import personal_data as profiles_data
from .profiles import routes as profiles
from .profiles.directory import routes as directory_routes
from .profiles.directory import upkeep as directory
from .profiles.queries.presentation import presentation
from .profiles.ties import events as ties_events
from .profiles.ties import live as ties_live
from .profiles.ties import routes as ties
from .profiles.ties.schemas.contacts import RequestsCountOut
from .realtime import routes as realtime
from .realtime.hub import Hub
from .realtime.schemas import Shapes
from .realtime.snapshot import SyncPart
from .realtime.sockets import Sockets
from .realtime.topics import Topics, TopicSource
from .search import personal_data as search_data
from .search import routes as search
from .search.rebuilding import REBUILD as REBUILD_ENTRIES
from .search.rebuilding import rebuild_entries

LISTENERS: Sequence[Listener] = (
    directory.listener,
    community_subscribers.listener,
    audience_subscribers.listener,
    post_subscribers.listener,
    notification_subscribers.listener,
    push_following.listener,
    moderation_subscribers.listener,
    chat_subscribers.listener,
    document_subscribers.listener,
    page_subscribers.listener,
)
PRESENTATIONS = Presentations(presentation)
files_referred.DOCUMENTS.answered_by(documents_referred.cards)
PAGES.kept_by(PageKeeper())
PLACES.counted_by(filled)
TOLD: Sequence[type[Event]] = (
    circles_events.AccessGained,
    circles_events.AccessLost,
    circles_events.AccessChanged,
    accounts_events.MemberUpdated,
    accounts_events.RolesChanged,
    accounts_events.CredentialsChanged,
    accounts_events.SessionOpened,
    accounts_events.SessionRevoked,
    accounts_events.TokenCreated,
    accounts_events.TokenRevoked,
    accounts_events.OrganisationChanged,
    accounts_events.StructureChanged,
    profiles_events.ProfileChanged,
    profiles_events.InterestsChosen,
    ties_events.ContactsChanged,
    ties_events.BlocksChanged,
    ties_events.MentorshipChanged,
    communities_events.CommunityCreated,
    communities_events.CommunityChanged,
    communities_events.CommunityPeopleChanged,
    communities_events.CommunityDoorChanged,
    posts_events.PostPublished,
    posts_events.PostChanged,
    posts_events.PostDeleted,
    posts_events.PostUnfurled,
    posts_events.PostPinChanged,
    posts_events.AnswerAccepted,
    posts_events.PostReactionsChanged,
    posts_events.PollVoted,
    posts_events.IdeaChanged,
    posts_events.EventAnswered,
    posts_events.SeatGiven,
    posts_events.MyPostChanged,
    posts_events.ScheduledPostChanged,
    posts_events.AnnouncementTold,
    announcements_events.AnnouncementDraftChanged,
    posts_events.CommentAdded,
    posts_events.CommentChanged,
    posts_events.CommentDeleted,
    posts_events.CommentReactionsChanged,
    chat_events.ConversationChanged,
    chat_events.MessagePosted,
    chat_events.MessageChanged,
    chat_events.MessageUnfurled,
    chat_events.MessageDeleted,
    chat_events.MessageReactionsChanged,
    chat_events.MessagePinChanged,
    chat_events.MyConversationChanged,
    chat_events.MyThreadChanged,
    chat_events.MyChatChosen,
    documents_events.FolderFollowed,
    documents_events.FolderChanged,
    documents_events.DocumentChanged,
    pages_events.PageThreadChanged,
    engagement_events.MyReactionChanged,
    engagement_events.MyBookmarkChanged,
    engagement_events.Mentioned,
    engagement_events.Answered,
    communities_events.CommunityInvitationsChanged,
    audiences_events.AudienceChanged,
    agenda_events.CalendarFeedChanged,
    audiences_events.AutomaticMembershipChanged,
    notifications_events.NotificationsChanged,
    choices_events.ChoicesChanged,
    moderation_events.MyReportSent,
    moderation_events.ReportReceived,
    moderation_events.CaseDecided,
    moderation_events.ReportDecided,
    moderation_events.Moderated,
    own_data_events.ExportAsked,
    own_data_events.ExportReady,
    own_data_events.ExportDeleted,
)
"""What clients are told of as it happens, each with the fields that its class says."""
SHAPES = Shapes(TOLD)
TOPICS: Sequence[TopicSource] = (accounts_live.topics, communities_live.TOPICS, chat_live.TOPICS, documents_live.TOPICS)
"""Who says which topics somebody reads."""
SNAPSHOT: Sequence[SyncPart] = (
    SyncPart("viewer", "account:read", ViewerOut, accounts_live.viewer_now(PRESENTATIONS)),
    SyncPart("contact_requests", "contacts:read", RequestsCountOut, ties_live.requests_now),
    SyncPart("chat", "chat:read", ChatUnreadOut, chat_live.unread_now),
    SyncPart("notifications", "notifications:read", NotificationsCountOut, notifications_live.count_now),
)
"""Parts of `GET /sync`: what a client that just arrived, or was away too long, holds before it follows the stream."""
DESCRIBERS: Sequence[Describe] = (describe_access,)
"""Who completes the published description of each operation."""
PERSONAL_DATA: Sequence[Part] = (
    *accounts_data.PARTS,
    *profiles_data.PARTS,
    *circles_data.PARTS,
    *communities_data.PARTS,
    *audiences_data.PARTS,
    *posts_data.PARTS,
    *chat_data.PARTS,
    *documents_data.PARTS,
    *pages_data.PARTS,
    *engagement_data.PARTS,
    *agenda_data.PARTS,
    *search_data.PARTS,
    *choices_data.PARTS,
    *notifications_data.PARTS,
    *moderation_data.PARTS,
    *announcements_data.PARTS,
    *postbox_data.PARTS,
    *files_data.PARTS,
    *imports_data.PARTS,
    *admin_data.PARTS,
    *own_data.PARTS,
)
"""What is held of members, in the order in which they are given it; erased from the last to the first."""
TAGS: Mapping[str, str] = {
    "session": "Who is asking, and signing out.",
    "door": "Coming in: registration, invitations, every way to sign in, and recovery. Open to everybody.",
    "account": "What is one’s own: profile, addresses, credentials, sessions and tokens.",
    "oauth": "OAuth 2 for the mobile client, and the scopes that tokens may have.",
    "organisation": "What is said of the organisation, its settings and its legal pages.",
    "people": "Managing people: invitations, suspension, affiliations and roles.",
    "structure": "What the institution is made of: units, programmes and cohorts.",
    "files": "Files: uploading and downloading.",
    "profiles": "What members say of themselves, each field to whom they choose.",
    "directory": "Finding people by what they show.",
    "contacts": "Whom members know, and whom they block.",
    "mentoring": "Who accompanies whom.",
    "communities": "Places where members meet, their rules and their people.",
    "posts": "What is said in communities, and what is added to it.",
    "chat": "Conversations of two, of a group, in channels of communities.",
    "documents": "Spaces of communities and members: folders, files with versions, and who may do what with them.",
    "audiences": "Whom something is for, said by what people are, and how many they are.",
    "announcements": "What those in charge of communication tell, and how far it was read.",
    "agenda": "What takes place when, and calendars that follow it.",
    "mail-links": "Answering by links of mails, without signing in.",
    "notifications": "What one is told: who named, answered, invited or accepted one.",
    "moderation": "Reports of what is said, and what moderators decide.",
    "search": "Finding everything that one may read, by its words.",
    "interests": "What members are interested in.",
    "events": "What happens, as it happens, and the snapshot to begin from.",
    "audit": "The audit log, and the proof that nobody altered it.",
    "mail-tray": "The mails of a demonstration, which are sent nowhere. Absent elsewhere.",
}
"""Sections of the API's reference, in order. An operation stands in that of its first tag, which names its scopes."""


def routers() -> Sequence[APIRouter]:
    """Every feature's routes. A request is held against each route before its own: those asked most come first."""
    return (
        *chat.routers,
        *accounts.routers,
        *profiles.routers,
        directory_routes.router,
        *ties.routers,
        *communities.routers,
        *audiences.routers,
        *posts.routers,
        *documents.routers,
        document_sharing.router,
        pages.router,
        page_exports.router,
        page_imports.router,
        page_publications.router,
        page_threads.router,
        page_tasks.router,
        *announcements.routers,
        *postbox.routers,
        agenda.router,
        search.router,
        choices.router,
        *notifications.routers,
        push.router,
        *moderation.routers,
        files_looking.router,
        files.router,
        uploads_router,
        *personal_data.routers,
        imports_routes.router,
        realtime.router(SHAPES, SNAPSHOT),
        *admin.routers,
    )


def root_routers() -> Sequence[APIRouter]:
    """What standards want at the root of the site."""
    return (*accounts.root_routers, choices.one_click)


LONG_JOBS = frozenset({LOOK, SCAN, SCAN_WAITING})
"""Jobs that wait for other programs, and come by the folder: a worker does them beside the others."""


def handlers(parvis: Parvis) -> Mapping[str, Handler]:
    """Job name -> who runs it."""
    return {
        MAIL_JOB: parvis.mailer.deliver,
        KNOCK: answer_knocks(parvis.database),
        GRADUATE: graduate_cohorts(parvis.database),
        UNDO: undo_graduations(parvis.database),
        REMIND: remind_students(parvis.database),
        PURGE_ANSWERS: purge_answers(parvis.database),
        TIDY: tidy_files(parvis, forget_pages),
        LOOK: look_into_files(parvis),
        SCAN: scan_files(parvis),
        SCAN_WAITING: scan_waiting(parvis),
        FIND_ORPHANS: find_orphans(parvis),
        FINISH_UPLOAD: finish_uploads(parvis),
        EXPIRE_UPLOADS: expire_uploads(parvis),
        PRUNE: prune_log(parvis),
        GATHER: gather_statistics(parvis.database),
        PURGE_TICKETS: purge_tickets(parvis.database),
        directory.TURN: directory.turn_day(parvis.database),
        directory.PLACE: directory.renew_place(parvis.database),
        EXPIRE: take_out_expired(parvis.database),
        FREEZE: freeze_audiences(parvis.database),
        TELL: tell_recipients(parvis.database),
        SEND: send_scheduled(parvis.database),
        WRITE: write_recipients(parvis.database),
        REMIND_OF_ANNOUNCEMENT: remind_recipients(parvis.database),
        SETTLE: settle_community(parvis.database),
        TURN_AUDIENCES: turn_day(parvis.database),
        KEEP: keep_audiences(parvis.database),
        FORGET_ACTS: forget_acts(parvis.database),
        EMPTY_TRASH: empty_trash(parvis.database, parvis.settings.trash_days),
        FORGET_FOLDER: forget_folders(parvis.database),
        PLACE: place_documents(parvis.database),
        COPY: copy_on(parvis.database, _quotas(parvis.settings)),
        KEEP_PAGE_VERSION: keep_versions(parvis, _quotas(parvis.settings)),
        SETTLE_PAGE: settle_pages(parvis.database),
        TIDY_PICTURES: tidy_pictures(parvis),
        TELL_NAMED: tell_named(parvis.database),
        REMIND_OF_TASK: remind_of_tasks(parvis.database),
        PUBLISH: publish_scheduled(parvis.database),
        CALL: call_everybody(parvis.database),
        FOLLOW: mail_followers(parvis.database),
        MAIL: mail_due(parvis.database),
        DIGEST: send_digests(parvis.database),
        TELL_COMING: tell_those_coming(parvis.database),
        REMIND_OF_EVENT: remind_those_coming(parvis.database),
        SEAT: seat_waiting(parvis.database),
        FORGET_NOTIFICATIONS: forget_old(parvis.database),
        SPREAD: spread_messages(parvis),
        PUSH: push_devices(parvis),
        TELL_FOLLOWERS: tell_followers(parvis.database),
        LEFT: tell_of_left(parvis.database),
        FORGET_CONVERSATION: forget_conversations(parvis.database),
        UNFURL: unfurl_posts(parvis),
        FORGET_VIEWS: forget_views(parvis.database),
        UNFURL_MESSAGE: unfurl_messages(parvis),
        MAKE_EXPORT: make_exports(parvis),
        FORGET_EXPORTS: forget_exports(parvis),
        ERASE: erase_members(parvis),
        TIDY_POSTBOX: tidy_postbox(parvis.database),
        REBUILD_ENTRIES: rebuild_entries(parvis.database),
        READ: imports.read_import(parvis),
        APPLY: imports.apply_import(parvis),
        FORGET: imports.forget_import(parvis),
    }


def add_hooks(parvis: Parvis) -> None:
    """What servers and workers alike do with each unit of work, and with each mail."""
    parvis.mailer.postman = Postman(parvis)
    if is_scanned(parvis.settings):
        parvis.database.before_commit.append(enqueue_received)


def fill_ports(parvis: Parvis) -> None:
    """What one package asks of another through the kernel, and what features keep per process."""
    settings = parvis.settings
    access_tokens = AccessTokens(settings.secret, settings.public_url)
    actors = Actors(parvis.database, settings.secret, access_tokens, settings.second_factor_roles)
    parvis.add_part(actors)
    parvis.add_part(access_tokens)
    parvis.add_part(RefreshTokens(settings.secret))
    parvis.add_part(Passwords())
    parvis.add_part(Providers(settings))
    parvis.add_part(PushServices(settings))
    parvis.add_part(Headcount())
    parvis.add_part(TotpVault(settings.secret))
    parvis.add_part(Tickets(settings.secret))
    parvis.add_part(Links(settings.secret))
    parvis.add_part(PictureMaker())
    parvis.add_part(Importer.new())
    parvis.add_part(PRESENTATIONS)
    parvis.add_part(_readers(settings))
    quotas = _quotas(settings)
    parvis.add_part(quotas)
    parvis.add_part(_destinations(parvis, quotas))
    parvis.add_part(PersonalData(PERSONAL_DATA))
    parvis.add_part(Topics(TOPICS))
    faces = Faces()
    parvis.add_part(faces)
    parvis.add_part(Meetings(settings))
    hub, sockets, rooms = Hub(), Sockets(parvis, SHAPES), Rooms(parvis)
    parvis.add_part(hub)
    parvis.add_part(sockets)
    parvis.add_part(rooms)
    parvis.on_facts += [actors.committed, faces.committed, sockets.committed, rooms.committed]
    # First those who keep what it makes others read.
    for follower in (actors.told, faces.told, hub.told, sockets.told, rooms.told):
        parvis.tail.follow(follower)
    parvis.on_passing += [sockets.presence.told, rooms.passed]
    parvis.add_part(Presences(Connected(sockets.presence.online.among)))
    parvis.on_drain += [hub.close, sockets.close, rooms.close]
    parvis.on_stop += [sockets.stopped, rooms.stopped]


def _readers(settings: Settings) -> Readers:
    """Who reads the files that features claimed."""
    readers = Readers(scanned=is_scanned(settings))
    readers.register(LOGO, everybody)
    readers.register(ATTACHED, may_read_attached)
    readers.register(LINK_IMAGE, may_read_card)
    readers.register(LINK_IMAGE, chat_unfurled.may_read_card)
    readers.register(MESSAGE_FILE, chat_attached.may_read_attached)
    readers.register(MESSAGE_FILE, may_read_reported)
    readers.register(CONVERSATION_PICTURE, chat_attached.may_read_picture)
    readers.register(DOCUMENT_VERSION, may_read_version)
    readers.register(PAGE_PICTURE, may_read_version)
    readers.register(COMMUNITY_PICTURE, communities_queries.may_read_picture)
    return readers


def _quotas(settings: Settings) -> Quotas:
    return Quotas(member=settings.member_quota, community=settings.community_quota)


def _destinations(parvis: Parvis, quotas: Quotas) -> Destinations:
    """Where uploads may go beside who sends them."""
    destinations = Destinations(parvis.settings.member_quota)
    destinations.register("folder", destination(quotas))
    return destinations
