import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useShowAgain } from '../mutations'
import type { Case, Decision } from '../queries'
import styles from './moderation.module.css'
import { useDecisionWords } from './words'

/** What was decided, by whom and why, and the way back from hiding. */
export function Decided({ of, decision }: { of: Case; decision: Decision }) {
  const t = useText(texts)
  const words = useDecisionWords()
  const [asking, setAsking] = useState(false)
  const showAgain = useShowAgain(of)
  return (
    <div className={styles.decision}>
      <p className={styles.facts}>
        <b>{words(decision)}</b>
        {decision.restored_at && <Chip look="soft">{t('shownAgain')}</Chip>}
        <small className={styles.muted}>
          {decision.by ? t('by', { name: decision.by.name }) : t('byNobody')}, <Moment at={decision.at} />
        </small>
        {decision.decided_as === 'organisation' && <Chip look="line">{t('byOrganisation')}</Chip>}
      </p>
      <p>{decision.reason ? t('whyIs', { reason: decision.reason }) : t('noReason')}</p>
      {of.abilities.includes('restore') && (
        <Button look="secondary" size="small" onClick={() => setAsking(true)}>
          {t('showAgain')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('showAgainTitle')}
        confirm={t('showAgain')}
        onConfirm={() => showAgain.mutateAsync()}
      >
        {t('showAgainText')}
      </ConfirmDialog>
    </div>
  )
}
