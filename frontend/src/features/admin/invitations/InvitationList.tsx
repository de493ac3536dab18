import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Result } from '@/components/states/Result'
import { Pills } from '@/components/Tabs'
import { useRemoval } from '@/components/useRemoval'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { InvitationTable } from './InvitationTable'
import { texts } from './i18n'
import { type Invitation, invitationsQuery, useRevokeInvitation } from './queries'

export function InvitationList() {
  const t = useText(texts)
  const [shown, setShown] = useState<'open' | 'closed'>('open')
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const removal = useRemoval<Invitation>(place)
  const invitations = useInfiniteQuery(invitationsQuery(shown === 'open'))
  const revoking = useRevokeInvitation()

  const revoke = async () => {
    if (!removal.item) return
    await revoking.mutateAsync(removal.item)
    removal.done()
    setResult(t('revoked'))
  }

  return (
    <Slab title={t('invitations')}>
      <div className={admin.tools}>
        <Pills
          label={t('which')}
          options={[
            { value: 'open', label: t('open') },
            { value: 'closed', label: t('closed') },
          ]}
          value={shown}
          onChange={setShown}
        />
      </div>
      <div className={admin.said}>
        <Result ref={place}>{result}</Result>
      </div>
      <Loaded query={invitations}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('none')}>{t(shown === 'open' ? 'noneOpen' : 'noneClosed')}</EmptyState>
          ) : (
            <InvitationTable invitations={found} onRevoke={removal.ask} />
          )
        }
      </Loaded>
      <LoadMore
        more={invitations.hasNextPage}
        busy={invitations.isFetchingNextPage}
        error={invitations.data && invitations.error && messageOf(invitations.error)}
        onMore={() => void invitations.fetchNextPage()}
      />
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('revokeTitle')}
        confirm={t('revokeGo')}
        danger
        onConfirm={revoke}
      >
        {t('revokeText')}
      </ConfirmDialog>
    </Slab>
  )
}
