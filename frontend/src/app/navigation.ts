import {
  IconAddressBook,
  IconArrowLeft,
  IconBell,
  IconBuildingBank,
  IconCalendarEvent,
  IconFileText,
  IconFlag,
  IconFolders,
  IconHeartbeat,
  IconHome,
  IconLayoutDashboard,
  IconListSearch,
  IconMail,
  IconMailPlus,
  IconMessageCircle,
  IconSettings,
  IconShieldCog,
  IconSitemap,
  IconSpeakerphone,
  IconUsers,
  IconUsersGroup,
  IconUsersPlus,
} from '@tabler/icons-react'
import type { IconType } from '@/components/Icon'
import type { Organisation } from '@/entities/organisation/queries'
import { type Ability, may, mayOpen, type SessionMember } from '@/entities/session/queries'
import { paths } from './paths'

export interface Place {
  label:
    | 'home'
    | 'communities'
    | 'messages'
    | 'documents'
    | 'directory'
    | 'agenda'
    | 'notifications'
    | 'settings'
    | 'administration'
    | 'mailTray'
    | 'overview'
    | 'people'
    | 'structure'
    | 'invitations'
    | 'organisation'
    | 'pages'
    | 'reports'
    | 'announcements'
    | 'audiences'
    | 'audit'
    | 'health'
    | 'backToParvis'
  /** Where there is little room: under the thumb. */
  short?: 'groups' | 'alerts'
  icon: IconType
  to: string
  /** Only the page itself is current, not those below it. */
  exact?: boolean
  /** What is unread there is counted beside it. */
  counted?: 'messages' | 'notifications'
  /** It stands under the thumb on small screens, before the others. */
  first?: boolean
  /** What the member must be able to do. */
  ability?: Ability
  /** Only for who may not do this, and finds the place elsewhere if he may. */
  unless?: Ability
  shown?: (organisation: Organisation | undefined) => boolean
}

/** The places of the product, in order. Only what exists is here. */
const places: readonly Place[] = [
  { label: 'home', icon: IconHome, to: paths.home, exact: true, first: true },
  { label: 'communities', short: 'groups', icon: IconUsersGroup, to: paths.communities, first: true },
  { label: 'messages', icon: IconMessageCircle, to: paths.messages, counted: 'messages', first: true },
  { label: 'documents', icon: IconFolders, to: paths.documents },
  { label: 'directory', icon: IconAddressBook, to: paths.directory, ability: 'read_directory' },
  {
    label: 'notifications',
    short: 'alerts',
    icon: IconBell,
    to: paths.notifications,
    counted: 'notifications',
    first: true,
  },
  { label: 'agenda', icon: IconCalendarEvent, to: paths.agenda },
  { label: 'settings', icon: IconSettings, to: paths.settings },
  { label: 'reports', icon: IconFlag, to: paths.adminReports, ability: 'moderate', unless: 'administer' },
  {
    label: 'announcements',
    icon: IconSpeakerphone,
    to: paths.adminAnnouncements,
    ability: 'announce',
    unless: 'administer',
  },
  { label: 'audiences', icon: IconUsersPlus, to: paths.adminAudiences, ability: 'announce', unless: 'administer' },
  { label: 'administration', icon: IconShieldCog, to: paths.administration, ability: 'administer' },
  { label: 'mailTray', icon: IconMail, to: paths.mailTray, shown: (organisation) => organisation?.mail_tray === true },
]

/** The places of the administration, each for who may use it. */
export const administrationParts = [
  { label: 'people', icon: IconUsers, to: paths.adminPeople, ability: 'manage_people' },
  { label: 'structure', icon: IconSitemap, to: paths.adminStructure, ability: 'manage_people' },
  { label: 'invitations', icon: IconMailPlus, to: paths.adminInvitations, ability: 'manage_people' },
  { label: 'reports', icon: IconFlag, to: paths.adminReports, ability: 'moderate' },
  { label: 'announcements', icon: IconSpeakerphone, to: paths.adminAnnouncements, ability: 'announce' },
  { label: 'audiences', icon: IconUsersPlus, to: paths.adminAudiences, ability: 'announce' },
  { label: 'organisation', icon: IconBuildingBank, to: paths.adminOrganisation, ability: 'change_organisation' },
  { label: 'pages', icon: IconFileText, to: paths.adminPages, ability: 'change_organisation' },
  { label: 'audit', icon: IconListSearch, to: paths.adminAudit, ability: 'read_audit' },
  { label: 'health', icon: IconHeartbeat, to: paths.adminHealth, ability: 'read_audit' },
] as const satisfies Place[]

const administration: readonly Place[] = [
  { label: 'overview', icon: IconLayoutDashboard, to: paths.administration, exact: true },
  ...administrationParts,
  { label: 'backToParvis', icon: IconArrowLeft, to: paths.home, exact: true },
]

export const placesFor = (member: SessionMember, organisation?: Organisation) =>
  allowed(places, member).filter(({ shown }) => shown?.(organisation) ?? true)

/** In the administration the sidebar is its own, as on wide screens there is room for it nowhere else. */
export const isAdministration = (pathname: string, member: SessionMember) =>
  may(member, 'administer') && `${pathname}/`.startsWith(`${paths.administration}/`)

export const administrationPlacesFor = (member: SessionMember) => allowed(administration, member)

export const allowed = <Kind extends Place>(among: readonly Kind[], member: SessionMember): Kind[] =>
  among.filter(
    ({ ability, unless }) =>
      (ability === undefined || mayOpen(member, ability)) && (unless === undefined || !mayOpen(member, unless)),
  )

/** Where one reads and writes all along: a narrow rail beside it, and nothing below. */
export const isFocused = (pathname: string) => `${pathname}/`.startsWith(`${paths.messages}/`)
/** On small screens a conversation takes the place of the bars. */
export const isDeep = (pathname: string) => pathname.startsWith(`${paths.messages}/`)
