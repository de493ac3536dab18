import { writeSearch } from '@/lib/search'

/** Every address of the application, once. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  join: '/join',
  reset: '/reset',
  welcome: '/welcome',
  consent: '/oauth/authorize',
  /** Opened by links in mails; what stands after `#` is their secret. */
  doorVerify: '/door/verify',
  doorSignIn: '/door/sign-in',
  doorReset: '/door/reset',
  doorInvitation: '/door/invitation',
  doorActivate: '/door/activate',
  doorRecovery: '/door/recovery',
  doorAddressReversal: '/door/address-reversal',
  /** The same, to answer without signing in. */
  byMail: '/by-mail',
  directory: '/directory',
  /** Where universities send people back to. */
  doorUniversity: '/door/university/$provider',
  person: '/people/$personId',
  communities: '/communities',
  newCommunity: '/communities/new',
  joinByLink: '/communities/join',
  community: '/communities/$communityId',
  communityMembers: '/communities/$communityId/members',
  communityEvents: '/communities/$communityId/events',
  communityAbout: '/communities/$communityId/about',
  communityModeration: '/communities/$communityId/moderation',
  communitySettings: '/communities/$communityId/settings',
  communityRooms: '/communities/$communityId/rooms',
  communityDocuments: '/communities/$communityId/documents',
  documents: '/documents',
  documentsShared: '/documents/shared',
  documentsTrash: '/documents/trash',
  folder: '/documents/folders/$folderId',
  document: '/documents/$documentId',
  sharedByLink: '/shared',
  messages: '/messages',
  conversation: '/messages/$conversationId',
  post: '/posts/$postId',
  /** The same, where one of its comments is spoken of. */
  postComment: '/posts/$postId/comments/$commentId',
  bookmarks: '/bookmarks',
  /** Where other applications of the device share to (`worker/sw.ts`). */
  share: '/share',
  search: '/search',
  agenda: '/agenda',
  notifications: '/notifications',
  contacts: '/contacts',
  mentoring: '/mentoring',
  settings: '/settings',
  settingsProfile: '/settings/profile',
  settingsAccount: '/settings/account',
  settingsAddressConfirmation: '/settings/addresses/confirmation',
  settingsSecurity: '/settings/security',
  settingsSessions: '/settings/sessions',
  settingsLanguage: '/settings/language',
  settingsAppearance: '/settings/appearance',
  settingsInterests: '/settings/interests',
  unsubscribe: '/unsubscribe/$token',
  settingsNotifications: '/settings/notifications',
  settingsMessages: '/settings/messages',
  settingsCalendar: '/settings/calendar',
  settingsReports: '/settings/reports',
  settingsData: '/settings/data',
  administration: '/admin',
  adminPeople: '/admin/people',
  adminNewPerson: '/admin/people/new',
  adminPerson: '/admin/people/$personId',
  adminStructure: '/admin/structure',
  adminUnit: '/admin/structure/units/$unitId',
  adminProgramme: '/admin/structure/programmes/$programmeId',
  adminCohort: '/admin/structure/cohorts/$cohortId',
  adminImports: '/admin/imports',
  adminImport: '/admin/imports/$importId',
  adminInvitations: '/admin/invitations',
  adminOrganisation: '/admin/organisation',
  adminPages: '/admin/pages',
  adminPage: '/admin/pages/$slug',
  adminReports: '/admin/reports',
  adminAudiences: '/admin/audiences',
  adminAnnouncements: '/admin/announcements',
  adminAnnouncement: '/admin/announcements/$postId',
  adminAudit: '/admin/audit',
  adminHealth: '/admin/health',
  legal: '/pages/legal',
  privacy: '/pages/privacy',
  accessibility: '/pages/accessibility',
  /** In a demonstration only. */
  mailTray: '/mail-tray',
  mail: '/mail-tray/$mailId',
  /** The board of components, in development only. */
  kitchen: '/components',
} as const

/** Of a member's profile, for everybody who may find him. */
export const personAddress = (id: string) => paths.person.replace('$personId', encodeURIComponent(id))
export const announcementReportAddress = (id: string) =>
  paths.adminAnnouncement.replace('$postId', encodeURIComponent(id))
export const communityAddress = (id: string) => paths.community.replace('$communityId', encodeURIComponent(id))
export const communityMembersAddress = (id: string) =>
  paths.communityMembers.replace('$communityId', encodeURIComponent(id))
export const communityModerationAddress = (id: string) =>
  paths.communityModeration.replace('$communityId', encodeURIComponent(id))
export const conversationAddress = (id: string) => paths.conversation.replace('$conversationId', encodeURIComponent(id))
export const folderAddress = (id: string) => paths.folder.replace('$folderId', encodeURIComponent(id))
export const documentAddress = (id: string) => paths.document.replace('$documentId', encodeURIComponent(id))
/** A page, where one of its discussions is spoken of. */
export const pageThreadAddress = (pageId: string, threadId?: string) =>
  `${documentAddress(pageId)}${writeSearch({ fil: threadId })}`
export const postAddress = (id: string, commentId?: string) =>
  (commentId ? paths.postComment.replace('$commentId', encodeURIComponent(commentId)) : paths.post).replace(
    '$postId',
    encodeURIComponent(id),
  )
/** A reply is read in its thread, which its first message names. */
export const messageAddress = (conversationId: string, number: number | null, thread: number | null) =>
  `${conversationAddress(conversationId)}${writeSearch({ m: thread === null ? (number ?? undefined) : undefined, fil: thread ?? undefined })}`
/** Of a member, as those who administer people see him. */
export const managedPersonAddress = (id: string) => paths.adminPerson.replace('$personId', encodeURIComponent(id))
export const unitAddress = (id: string) => paths.adminUnit.replace('$unitId', encodeURIComponent(id))
export const programmeAddress = (id: string) => paths.adminProgramme.replace('$programmeId', encodeURIComponent(id))
export const cohortAddress = (id: string) => paths.adminCohort.replace('$cohortId', encodeURIComponent(id))
export const importAddress = (id: string) => paths.adminImport.replace('$importId', encodeURIComponent(id))
export const mailAddress = (id: string) => paths.mail.replace('$mailId', encodeURIComponent(id))
