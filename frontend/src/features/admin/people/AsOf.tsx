import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { FormError } from '@/components/forms/FormError'
import { TextField } from '@/components/forms/TextField'
import { Affiliation } from '@/components/people/Affiliation'
import { Slab } from '@/components/Slab'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { shapeOf } from '../kinds'
import { kindNames } from '../words.texts'
import { texts } from './i18n'
import styles from './people.module.css'
import { personOnQuery } from './queries'
import { affiliationWords } from './words'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What somebody was to the institution on another day, from which rights and publics followed. */
export function AsOf({ id }: { id: string }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const language = useLanguage()
  const [on, setOn] = useState('')
  const person = useQuery({ ...personOnQuery(id, on), enabled: DAY.test(on) })
  const held = person.data?.affiliations.filter(({ current }) => current)
  return (
    <Slab title={t('asOf')}>
      <div className={admin.form}>
        <TextField label={t('day')} type="date" value={on} onChange={(event) => setOn(event.target.value)} />
      </div>
      <FormError>{person.error && messageOf(person.error)}</FormError>
      <div role="status">
        {held && (
          <>
            <p className={admin.lead}>
              {t(held.length > 0 ? 'heldOn' : 'nothingHeldOn', { date: formatDate(`${on}T12:00:00`, language) })}
            </p>
            <ul className={styles.rows}>
              {held.map((affiliation) => (
                <li key={affiliation.id}>
                  <Affiliation public={shapeOf(affiliation.kind)}>{affiliationWords(affiliation, tk)}</Affiliation>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Slab>
  )
}
