import { IconHome, IconSettings, IconShieldCog } from '@tabler/icons-react'
import type { IconType } from '@/components/Icon'
import { may, type SessionMember } from '@/entities/session/queries'
import { paths } from './paths'

export interface Place {
  label: 'home' | 'settings' | 'administration'
  icon: IconType
  to: string
  /** Only the page itself is current, not those below it. */
  exact?: boolean
  shown?: (member: SessionMember) => boolean
}

/** The places of the product, in order. Only what exists is here. */
const places: readonly Place[] = [
  { label: 'home', icon: IconHome, to: paths.home, exact: true },
  { label: 'settings', icon: IconSettings, to: paths.settings },
  {
    label: 'administration',
    icon: IconShieldCog,
    to: paths.administration,
    shown: (member) => may(member, 'administer'),
  },
]

export const placesFor = (member: SessionMember) => places.filter(({ shown }) => shown?.(member) ?? true)
