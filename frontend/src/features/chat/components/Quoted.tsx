import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Message } from '../types'
import styles from './log.module.css'

interface QuotedProps {
  quote: NonNullable<Message['quote']>
  viewerId: string
  onGo: (number: number) => void
}

/** The beginning of what a message answers; it leads there. */
export function Quoted({ quote, viewerId, onGo }: QuotedProps) {
  const t = useText(texts)
  if (quote.gone) return <p className={styles.quote}>{t('quoteGone')}</p>
  const name = quote.author?.id === viewerId ? t('you') : (quote.author?.name ?? t('somebody'))
  return (
    <button type="button" className={styles.quote} onClick={() => onGo(quote.number)}>
      <b>{name}</b> {quote.text_start}
    </button>
  )
}
