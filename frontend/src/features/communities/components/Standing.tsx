import { IconBell, IconCheck, IconLogout } from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Menu } from '@/components/overlays/Menu'
import type { Role } from '@/entities/community/queries'
import { texts as words } from '@/entities/community/texts'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useLeave } from '../mutations'
import type { Community } from '../queries'
import { LevelDialog } from './LevelDialog'

const after = { open: 'leaveOpenText', on_request: 'leaveOnRequestText', secret: 'leaveSecretText' } as const

interface StandingProps {
  community: Community
  /** What one is there. */
  as: Role
  /** Once one has left: goes elsewhere if what one left is no longer there. */
  onLeft: () => Promise<void>
}

/** What one is there, of what one is told, and the way out. */
export function Standing({ community, as: role, onLeft }: StandingProps) {
  const t = useText(texts)
  const tw = useText(words)
  const [leaving, setLeaving] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const leave = useLeave(community.id, onLeft)
  return (
    <>
      <Menu
        items={[
          { label: t('levelOpen'), icon: IconBell, onSelect: () => setChoosing(true) },
          { label: t('leave'), icon: IconLogout, onSelect: () => setLeaving(true) },
        ]}
      >
        <Button look="secondary" icon={IconCheck} data-autofocus aria-label={t('standing', { role: tw(role) })}>
          {tw(role)}
        </Button>
      </Menu>
      <LevelDialog community={community} open={choosing} onClose={() => setChoosing(false)} />
      <ConfirmDialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title={t('leaveTitle', { name: community.name })}
        confirm={t('leaveGo')}
        danger
        onConfirm={() => leave.mutateAsync()}
      >
        {t(after[community.access])}
      </ConfirmDialog>
    </>
  )
}
