import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Moment } from '@/components/Moment'
import { Slab } from '@/components/Slab'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import { cutAtLinks } from './links'
import styles from './mailtray.module.css'
import { documentAddress, mailQuery, type TrayMail } from './queries'

/** One mail, as its reader would see it or as plain text; its links can be followed in both. */
export function MailView({ id }: { id: string }) {
  const mail = useQuery(mailQuery(id))
  return (
    <Slab>
      <Loaded query={mail} lines={8}>
        {(found) => <Opened mail={found} />}
      </Loaded>
    </Slab>
  )
}

function Opened({ mail }: { mail: TrayMail }) {
  const t = useText(texts)
  const [view, setView] = useState<'html' | 'text'>('html')
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <article className={styles.opened}>
      <h2 ref={title} tabIndex={-1}>
        {mail.subject}
      </h2>
      <p className={styles.facts}>
        <span>{t('to', { address: mail.to })}</span>
        <Moment at={mail.at} />
      </p>
      <div className={styles.views}>
        <Pills
          label={t('views')}
          options={[
            { value: 'html', label: t('html') },
            { value: 'text', label: t('text') },
          ]}
          value={view}
          onChange={setView}
        />
        <small>{t('newTab')}</small>
      </div>
      {view === 'html' ? (
        <iframe
          className={styles.frame}
          src={documentAddress(mail.id)}
          title={t('frame', { subject: mail.subject })}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      ) : (
        <pre className={styles.text}>
          {cutAtLinks(mail.text, mail.links).map((part, index) =>
            'link' in part ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
              <a key={index} href={part.link} target="_blank" rel="noreferrer">
                {part.link}
              </a>
            ) : (
              part.text
            ),
          )}
        </pre>
      )}
    </article>
  )
}
