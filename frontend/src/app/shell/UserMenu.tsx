import {
  IconAddressBook,
  IconBookmark,
  IconBrightnessHalf,
  IconKeyboard,
  IconLifebuoy,
  IconLogout,
  IconSettings,
  IconUser,
} from '@tabler/icons-react'
import { Menu } from '@/components/overlays/Menu'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { useChoose } from '@/entities/session/choices'
import { type SessionMember, useSignOut } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { useShownTheme } from '@/lib/theme'
import { paths, personAddress } from '../paths'
import { texts } from '../texts'
import { shortcutTexts } from './shortcuts.texts'
import styles from './sidebar.module.css'

interface UserMenuProps {
  member: SessionMember
  /** Pixels of the avatar. */
  avatar: number
  position: 'top-start' | 'bottom-end'
  withName?: boolean
  onShortcuts: () => void
}

/** The person who is signed in, and what concerns only that person. */
export function UserMenu({ member, avatar, position, withName = false, onShortcuts }: UserMenuProps) {
  const t = useText(texts)
  const tk = useText(shortcutTexts)
  const dark = useShownTheme() === 'dark'
  const choose = useChoose()
  const signOut = useSignOut()
  return (
    <Menu
      position={position}
      items={[
        { label: t('yourProfile'), icon: IconUser, to: personAddress(member.id) },
        { label: t('contacts'), icon: IconAddressBook, to: paths.contacts },
        { label: t('mentoring'), icon: IconLifebuoy, to: paths.mentoring },
        { label: t('bookmarks'), icon: IconBookmark, to: paths.bookmarks },
        { label: t('settings'), icon: IconSettings, to: paths.settings },
        {
          label: dark ? t('toLight') : t('toDark'),
          icon: IconBrightnessHalf,
          onSelect: () => choose.mutate({ appearance: dark ? 'light' : 'dark' }),
        },
        { label: tk('shortcuts'), icon: IconKeyboard, onSelect: onShortcuts },
        { label: t('signOut'), icon: IconLogout, onSelect: () => signOut.mutate(), apart: true },
      ]}
    >
      <button type="button" className={styles.me} aria-label={t('you', { name: member.name })}>
        <PersonAvatar
          id={member.id}
          name={member.name}
          public={member.public}
          size={avatar}
          photo={member.avatar?.small}
        />
        {withName && (
          <span className={styles.name}>
            <b>{member.name}</b>
            {member.affiliation && <small>{member.affiliation}</small>}
          </span>
        )}
      </button>
    </Menu>
  )
}
