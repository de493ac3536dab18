import { EntranceTitle } from '@/components/EntranceTitle'
import { useText } from '@/lib/i18n'
import { texts } from '../signIn.texts'
import styles from './account.module.css'

/** A link opened elsewhere than where it was asked for: its code is carried by hand. */
export function OtherBrowserCode({ code }: { code: string }) {
  const t = useText(texts)
  return (
    <>
      <EntranceTitle lead={t('otherLead')}>{t('otherTitle')}</EntranceTitle>
      <p className={styles.code} role="status" aria-label={`${t('otherCode')} ${[...code].join(' ')}`}>
        {code}
      </p>
      <p className={styles.note}>{t('otherWarning')}</p>
    </>
  )
}
