import { IconMailForward } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { useText } from '@/lib/i18n'
import { Row, Rows } from '../Rows'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { type ReplyAddress, replyAddressesQuery, useRevokeReplyAddress, useRevokeReplyAddresses } from './queries'

/** The addresses by which the member answers by mail, each to be taken back. */
export function ReplyByMail() {
  const t = useText(texts)
  const addresses = useInfiniteQuery(replyAddressesQuery)
  const [result, setResult] = useState<string>()
  const [askingAll, setAskingAll] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const removal = useRemoval<ReplyAddress>(place)
  const revoking = useRevokeReplyAddress()
  const revokingAll = useRevokeReplyAddresses()
  const items = addresses.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Slab title={t('title')}>
      <p className={styles.lead}>{t('lead')}</p>
      <Loaded query={addresses} lines={2}>
        {() =>
          items.length === 0 ? (
            <p className={styles.muted}>{t('none')}</p>
          ) : (
            <Rows label={t('title')}>
              {items.map((one) => (
                <AddressRow key={one.id} address={one} onRevoke={() => removal.ask(one)} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <LoadMore
        more={addresses.hasNextPage}
        busy={addresses.isFetchingNextPage}
        onMore={() => void addresses.fetchNextPage()}
      />
      {items.length > 1 && (
        <Button look="secondary" size="small" onClick={() => setAskingAll(true)}>
          {t('revokeAll')}
        </Button>
      )}
      <Result ref={place}>{result}</Result>
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('revokeTitle')}
        confirm={t('revoke')}
        danger
        onConfirm={async () => {
          if (!removal.item) return
          await revoking.mutateAsync(removal.item)
          removal.done()
          setResult(t('revoked'))
        }}
      >
        {t('revokeText')}
      </ConfirmDialog>
      <ConfirmDialog
        open={askingAll}
        onClose={() => setAskingAll(false)}
        title={t('revokeAllTitle')}
        confirm={t('revokeAll')}
        danger
        onConfirm={async () => {
          await revokingAll.mutateAsync()
          setResult(t('allRevoked'))
        }}
      >
        {t('revokeAllText')}
      </ConfirmDialog>
    </Slab>
  )
}

function AddressRow({ address, onRevoke }: { address: ReplyAddress; onRevoke: () => void }) {
  const t = useText(texts)
  const title = address.title ?? t('unnamed')
  return (
    <Row
      icon={IconMailForward}
      name={title}
      facts={
        <>
          <p>{t.rich('sent', { moment: <Moment at={address.created_at} /> })}</p>
          {address.used_at && <p>{t.rich('used', { moment: <Moment at={address.used_at} /> })}</p>}
        </>
      }
      actions={
        <Button look="secondary" size="small" aria-label={t('revokeOne', { title })} onClick={onRevoke}>
          {t('revoke')}
        </Button>
      }
    />
  )
}
