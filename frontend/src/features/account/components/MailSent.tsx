import type { ReactNode } from 'react'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { useText } from '@/lib/i18n'
import { texts } from '../join.texts'
import styles from './account.module.css'

interface MailSentProps {
  title: string
  /** Where it went and what it does: the same words whoever lives there. */
  children: ReactNode
  onOtherAddress: () => void
}

/** A mail is on its way, if it may be. */
export function MailSent({ title, children, onOtherAddress }: MailSentProps) {
  const t = useText(texts)
  return (
    <>
      <EntranceTitle lead={children}>{title}</EntranceTitle>
      <p className={styles.note} role="status">
        {t('nothingCame')}
      </p>
      <div className={styles.links}>
        <Button look="soft" onClick={onOtherAddress}>
          {t('otherAddress')}
        </Button>
      </div>
    </>
  )
}
