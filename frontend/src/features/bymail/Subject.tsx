import { formatMomentWithin } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './bymail.module.css'
import type { MailLink } from './links'
import { texts } from './texts'

/** What a link is about, in a few words. */
export function Subject({ link }: { link: MailLink }) {
  const t = useText(texts)
  const language = useLanguage()
  return (
    <section className={styles.about} aria-label={t('about')}>
      <h2>{link.title}</h2>
      {link.starts_at && <p>{t('when', { at: formatMomentWithin(link.starts_at, language) })}</p>}
      {link.words && link.deed === 'reply' && (
        <blockquote className={styles.words} aria-label={t('replyText')}>
          {link.words}
        </blockquote>
      )}
      {link.words && link.deed !== 'reply' && <p>{link.words}</p>}
    </section>
  )
}
