import { PermissionState } from '@/components/states/PermissionState'
import type { Ability } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { texts } from './i18n'

/** In place of a page that this member may not open: who may, and who can let him. */
export function Reserved({ to, title }: { to: Ability; title: string }) {
  const t = useText(texts)
  useTitle(title)
  return (
    <PermissionState
      heading="h1"
      title={t(to in reasons ? reasons[to as keyof typeof reasons] : 'reservedAdministrator')}
    >
      {t('whoCanOpen')}
    </PermissionState>
  )
}

const reasons = {
  manage_people: 'reservedPeople',
  administer: 'reservedPeople',
  moderate: 'reservedModeration',
  announce: 'reservedAnnouncing',
} as const
