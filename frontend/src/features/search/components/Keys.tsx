import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './palette.module.css'

/** What the keys do, for who sees the screen; readers say it by the roles. */
export function Keys({ forgets, filters }: { forgets: boolean; filters: boolean }) {
  const t = useText(texts)
  return (
    <div className={styles.keys} aria-hidden="true">
      <span>
        <kbd>↑</kbd>
        <kbd>↓</kbd>
        {t('browse')}
      </span>
      <span>
        <kbd>{t('enter')}</kbd>
        {t('open')}
      </span>
      {forgets && (
        <span>
          <kbd>{t('delete')}</kbd>
          {t('forget')}
        </span>
      )}
      {filters && (
        <span>
          <kbd>Tab</kbd>
          {t('filter')}
        </span>
      )}
      <span>
        <kbd>{t('escape')}</kbd>
        {t('close')}
      </span>
    </div>
  )
}
