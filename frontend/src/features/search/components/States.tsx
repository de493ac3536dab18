import { IconCloudOff } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EmptyState } from '@/components/states/EmptyState'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { Sign, StateSlab } from '@/components/states/StateSlab'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { useOnline } from '@/lib/online'
import { countOf, type Scope } from '../found'
import { texts } from '../i18n'
import type { Found } from '../useFound'
import styles from './palette.module.css'

/** How much was found, said once it is known and not at each letter. */
export function Said({ found, words, scope }: { found: Found; words: string; scope: Scope }) {
  const t = useText(texts)
  const { count, is_limited } = countOf(found.answer?.counts ?? [], scope)
  const said = () => {
    if (words === '' || !found.isSettled || found.error) return ''
    if (count === 0) return t('none')
    return is_limited ? t('foundAtLeast', { most: count }) : t('found', { count })
  }
  return (
    <VisuallyHidden>
      <span role="status">{said()}</span>
    </VisuallyHidden>
  )
}

interface StateProps {
  found: Found
  words: string
  /** A kind or a place is kept to. */
  isNarrowed: boolean
  onWiden: () => void
}

/** What stands in place of results, or is to be known of them. */
export function State({ found, words, isNarrowed, onWiden }: StateProps) {
  const t = useText(texts)
  const isOnline = useOnline()
  const { answer, groups, error, isSettled, retry } = found
  if (!isOnline && (error || !isSettled)) {
    return (
      <div className={styles.state} role="status">
        <StateSlab sign={<Sign as={IconCloudOff} />} title={t('offlineTitle')}>
          {t('offlineText')}
        </StateSlab>
      </div>
    )
  }
  if (error && isSettled) {
    return (
      <div className={styles.state}>
        <ErrorState title={t('errorTitle')} onRetry={retry}>
          {messageOf(error)}
        </ErrorState>
      </div>
    )
  }
  if (answer?.corrected && groups.length > 0) {
    return <p className={styles.note}>{t('corrected', { words, corrected: answer.corrected })}</p>
  }
  if (groups.length > 0) return null
  if (!isSettled) return <LoadingSlab lines={5} />
  return (
    <div className={styles.state}>
      <EmptyState
        title={t(isNarrowed ? 'noneHere' : 'noneFor', { words })}
        action={
          isNarrowed && (
            <Button look="secondary" size="small" onClick={onWiden}>
              {t('everywhere')}
            </Button>
          )
        }
      >
        {t('noneText')}
      </EmptyState>
    </div>
  )
}
