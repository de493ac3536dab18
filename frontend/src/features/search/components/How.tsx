import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './preview.module.css'

/** How to say what one looks for, where there is nothing to be looked at. */
export function How() {
  const t = useText(texts)
  return (
    <section className={styles.preview} aria-label={t('howTitle')}>
      <div className={styles.how}>
        <h2>{t('howTitle')}</h2>
        <ul>
          <li>{t('howPhrase')}</li>
          <li>{t('howWithout')}</li>
          <li>{t('howBeginning')}</li>
        </ul>
      </div>
    </section>
  )
}
