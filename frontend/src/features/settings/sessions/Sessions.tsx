import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Button } from '@/components/buttons/Button'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { useText } from '@/lib/i18n'
import { Rows } from '../Rows'
import styles from '../settings.module.css'
import { deviceName } from './devices'
import { texts } from './i18n'
import { useEndOtherSessions, useEndSession } from './mutations'
import { type OpenSession, sessionsQuery } from './queries'
import { SessionRow } from './SessionRow'

/** Where the member is signed in; this device first. */
export function Sessions() {
  const t = useText(texts)
  const sessions = useInfiniteQuery(sessionsQuery)
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const one = useRemoval<OpenSession>(place)
  const others = useRemoval<true>(place)
  const ending = useEndSession()
  const endingOthers = useEndOtherSessions()
  const all = sessions.data?.pages.flatMap(({ items }) => items) ?? []
  const shown = [...all.filter(({ is_current }) => is_current), ...all.filter(({ is_current }) => !is_current)]

  const end = async (session: OpenSession) => {
    await ending.mutateAsync(session)
    one.done()
    setResult(t('ended'))
  }
  const endOthers = async () => {
    await endingOthers.mutateAsync()
    others.done()
    setResult(t('othersEnded'))
  }

  return (
    <Slab title={t('sessions')}>
      <p className={styles.lead}>{t('sessionsLead')}</p>
      <Loaded query={sessions} lines={4}>
        {() => (
          <Rows label={t('sessions')}>
            {shown.map((session) => (
              <SessionRow key={session.id} session={session} onEnd={() => one.ask(session)} />
            ))}
          </Rows>
        )}
      </Loaded>
      {sessions.isSuccess && shown.length === 1 && <p className={styles.muted}>{t('onlyHere')}</p>}
      <div className={styles.end}>
        {sessions.hasNextPage && (
          <Button look="secondary" busy={sessions.isFetchingNextPage} onClick={() => void sessions.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
        {shown.length > 1 && (
          <Button look="danger" onClick={() => others.ask(true)}>
            {t('endOthers')}
          </Button>
        )}
        <Result ref={place}>{result}</Result>
      </div>
      <ConfirmDialog
        open={one.open}
        onClose={one.close}
        title={t('endTitle')}
        confirm={t('end')}
        danger
        onConfirm={async () => one.item && end(one.item)}
      >
        {one.item && t('endText', { device: deviceName(one.item, t) })}
      </ConfirmDialog>
      <ConfirmDialog
        open={others.open}
        onClose={others.close}
        title={t('endOthersTitle')}
        confirm={t('endOthers')}
        danger
        onConfirm={endOthers}
      >
        {t('endOthersText')}
      </ConfirmDialog>
    </Slab>
  )
}
