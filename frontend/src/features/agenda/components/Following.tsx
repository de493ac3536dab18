import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { FormError } from '@/components/forms/FormError'
import { TextField } from '@/components/forms/TextField'
import { formatMoment } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useChangeFeed, useRenewFeed, useRevokeFeed } from '../mutations'
import { type CalendarFeed, feedQuery, type Holds } from '../queries'
import styles from './agenda.module.css'

/** The address by which one's own calendar follows one's events: made, renewed, revoked. */
export function Following() {
  const t = useText(texts)
  const feed = useQuery(feedQuery)
  return (
    <>
      <p>{t('followText')}</p>
      <Loaded query={feed}>{(known) => <Address feed={known} />}</Loaded>
    </>
  )
}

function Address({ feed }: { feed: CalendarFeed | null }) {
  const t = useText(texts)
  const [holds, setHolds] = useState<Holds>(feed?.holds ?? 'answered')
  const renew = useRenewFeed()
  const change = useChangeFeed()
  const revoke = useRevokeFeed()
  const address = renew.data?.url
  const choose = (value: Holds) => {
    setHolds(value)
    if (feed) change.mutate({ holds: value, version: feed.version })
  }
  const failed = renew.error ?? change.error ?? revoke.error
  return (
    <div className={styles.following}>
      <ChoiceGroup
        legend={t('holds')}
        options={(['answered', 'communities'] as const).map((value) => ({ value, label: t(value) }))}
        value={holds}
        onChange={choose}
      />
      <FormError>{failed && messageOf(failed)}</FormError>
      {address && feed && (
        <div className={styles.secret}>
          <TextField label={t('address')} value={address} readOnly onFocus={({ target }) => target.select()} />
          <p>{t('secretText')}</p>
          <CopyButton text={address}>{t('copy')}</CopyButton>
        </div>
      )}
      {feed && <Known feed={feed} />}
      <p className={styles.buttons}>
        <Button
          look={feed ? 'secondary' : 'primary'}
          busy={renew.isPending}
          onClick={() => renew.mutate({ holds, once: crypto.randomUUID() })}
        >
          {t(feed ? 'renew' : 'create')}
        </Button>
        {feed && (
          <Button
            look="danger"
            busy={revoke.isPending}
            onClick={() => revoke.mutate(undefined, { onSuccess: renew.reset })}
          >
            {t('revoke')}
          </Button>
        )}
      </p>
      {feed && <p className={styles.hint}>{t('renewHint')}</p>}
    </div>
  )
}

function Known({ feed }: { feed: CalendarFeed }) {
  const t = useText(texts)
  const language = useLanguage()
  return (
    <p className={styles.hint}>
      {t('created', { at: formatMoment(feed.created_at, language) })}
      <br />
      {feed.used_at ? t('used', { at: formatMoment(feed.used_at, language) }) : t('neverUsed')}
    </p>
  )
}
