import { IconCalendar, IconClock, IconLanguage } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon, type IconType } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useAskMentoring } from '../mutations'
import type { Offer, Ties } from '../queries'
import styles from './ties.module.css'
import { WordsDialog } from './WordsDialog'

interface MentoringOfferProps {
  id: string
  givenName: string
  ties: Ties & { mentoring: Offer }
  own: boolean
  /** A link to the reader's exchanges. */
  toExchanges: (words: string) => ReactNode
}

/** What a mentor offers, in the one slab that is all light, and the way to ask for it. */
export function MentoringOffer({ id, givenName, ties, own, toExchanges }: MentoringOfferProps) {
  const t = useText(texts)
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const { text, minutes, formats, languages, free_places } = ties.mentoring
  const names = new Intl.DisplayNames([language], { type: 'language' })
  return (
    <section className={styles.offer} aria-labelledby="mentoring">
      <div className={styles.offered}>
        <div>
          <h2 id="mentoring">{own ? t('youOffer') : t('offers', { name: givenName })}</h2>
          <p>{t('quoted', { text })}</p>
        </div>
        {ties.abilities.includes('ask_mentoring') && (
          <Button onClick={() => setOpen(true)} className={styles.ask}>
            {t('askExchange')}
          </Button>
        )}
      </div>
      {ties.mentorship && (
        <p role="status" className={styles.state}>
          {t(ties.mentorship.state === 'asked' ? 'exchangeAsked' : 'exchangeOn')} {toExchanges(t('seeExchanges'))}
        </p>
      )}
      <ul className={styles.facts}>
        <Fact icon={IconClock}>{[t('minutes', { count: minutes }), ...formats.map((one) => t(one))].join(', ')}</Fact>
        <Fact icon={IconCalendar}>{free_places > 0 ? t('places', { count: free_places }) : t('noPlace')}</Fact>
        {languages.length > 0 && (
          <Fact icon={IconLanguage}>{languages.map((code) => names.of(code) ?? code).join(', ')}</Fact>
        )}
      </ul>
      <AskMentoring id={id} name={givenName} open={open} onClose={() => setOpen(false)} />
    </section>
  )
}

function Fact({ icon, children }: { icon: IconType; children: ReactNode }) {
  return (
    <li>
      <Icon as={icon} size={17} />
      {children}
    </li>
  )
}

function AskMentoring({ id, name, open, onClose }: { id: string; name: string; open: boolean; onClose: () => void }) {
  const t = useText(texts)
  const ask = useAskMentoring(id)
  const sending = useRef({ words: '', once: '' })
  const send = (message: string) => {
    if (sending.current.words !== message) sending.current = { words: message, once: crypto.randomUUID() }
    ask.mutate({ message, once: sending.current.once }, { onSuccess: onClose })
  }
  return (
    <WordsDialog
      open={open}
      onClose={onClose}
      title={t('askTitle', { name })}
      label={t('askMessage')}
      confirm={t('askSend')}
      longest={1000}
      field="message"
      busy={ask.isPending}
      failure={ask.error}
      onSend={send}
    />
  )
}
