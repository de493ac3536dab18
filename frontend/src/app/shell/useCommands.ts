import {
  IconAddressBook,
  IconBookmark,
  IconLifebuoy,
  IconPencil,
  IconShare3,
  IconTrash,
  IconUser,
  IconUsersPlus,
} from '@tabler/icons-react'
import { may, type SessionMember } from '@/entities/session/queries'
import type { Command } from '@/features/search/options'
import { useText } from '@/lib/i18n'
import { writeSearch } from '@/lib/search'
import { administrationParts, allowed, type Place } from '../navigation'
import { places as settingsPlaces } from '../pages/settings/places'
import { texts as settingsTexts } from '../pages/settings/texts'
import { paths, personAddress } from '../paths'
import { texts } from '../texts'
import { commandTexts } from './commands.texts'

/** What may be done and where one may go, by name: only what the member may. */
export function useCommands(member: SessionMember, places: readonly Place[]): Command[] {
  const t = useText(commandTexts)
  const tp = useText(texts)
  const ts = useText(settingsTexts)
  const go = t('go')
  const post = `${paths.home}${writeSearch({ write: 'message' })}`
  return [
    { key: 'post', title: t('post'), words: t('postWords'), icon: IconPencil, to: post, first: true },
    ...(may(member, 'create_community')
      ? [{ key: 'community', title: t('community'), icon: IconUsersPlus, to: paths.newCommunity, first: true }]
      : []),
    ...places.map(({ label, icon, to }) => ({
      key: to,
      title: label === 'agenda' ? t('agenda') : tp(label),
      detail: label === 'agenda' ? t('agendaText') : go,
      words: label === 'settings' ? t('settingsWords') : tp(label),
      icon,
      to,
      first: label === 'agenda',
    })),
    { key: 'profile', title: tp('yourProfile'), detail: go, icon: IconUser, to: personAddress(member.id) },
    { key: 'contacts', title: tp('contacts'), detail: go, icon: IconAddressBook, to: paths.contacts },
    { key: 'mentoring', title: tp('mentoring'), detail: go, icon: IconLifebuoy, to: paths.mentoring },
    { key: 'bookmarks', title: tp('bookmarks'), detail: go, icon: IconBookmark, to: paths.bookmarks },
    { key: 'shared', title: t('shared'), detail: go, icon: IconShare3, to: paths.documentsShared },
    { key: 'trash', title: t('trash'), detail: go, icon: IconTrash, to: paths.documentsTrash },
    ...settingsPlaces.map(({ key, icon, to }) => ({
      key: to,
      title: ts(key),
      detail: ts('settings'),
      words: `${ts('settings')} ${t('settingsWords')} ${ts(`${key}Lead`)}`,
      icon,
      to,
    })),
    ...(may(member, 'administer')
      ? allowed(administrationParts, member).map(({ label, icon, to }) => ({
          key: to,
          title: tp(label),
          detail: tp('administration'),
          words: tp('administration'),
          icon,
          to,
        }))
      : []),
  ]
}
