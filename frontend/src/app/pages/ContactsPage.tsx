import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { TextField } from '@/components/forms/TextField'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { Pills } from '@/components/Tabs'
import { useReading } from '@/entities/notification/useReading'
import { useMember } from '@/entities/session/queries'
import { Blocks, Contacts, Requests } from '@/features/ties/components/Lists'
import styles from '@/features/ties/components/ties.module.css'
import { texts as tieTexts } from '@/features/ties/i18n'
import { requestsCountQuery } from '@/features/ties/queries'
import { useText } from '@/lib/i18n'
import { paths, personAddress } from '../paths'
import { texts } from '../texts'
import pages from './pages.module.css'

const lists = ['contacts', 'received', 'sent', 'blocked'] as const
type List = (typeof lists)[number]

/** Whom one knows, who asks, whom one asked and whom one blocks; the list stands in the address. */
export function Page() {
  const t = useText(texts)
  const tt = useText(tieTexts)
  const navigate = useNavigate()
  const { list: given } = useSearch({ strict: false }) as { list?: string }
  const list = lists.find((one) => one === given) ?? 'contacts'
  const [q, setQ] = useState('')
  useReading(useMember()?.id ?? '', 'contacts', true)
  const waiting = useQuery(requestsCountQuery).data?.received ?? 0
  const label = (one: List) => (one === 'received' && waiting > 0 ? `${tt(one)} (${waiting})` : tt(one))
  return (
    <div className={pages.one}>
      <PageTitle lead={t('contactsLead')}>{t('contacts')}</PageTitle>
      <Slab>
        <div className={styles.filters}>
          <Pills<List>
            label={tt('lists')}
            options={lists.map((value) => ({ value, label: label(value) }))}
            value={list}
            onChange={(next) =>
              navigate({ to: paths.contacts, search: { list: next === 'contacts' ? undefined : next } as never })
            }
          />
          {list === 'contacts' && (
            <TextField
              type="search"
              label={tt('search')}
              value={q}
              onChange={(event) => setQ(event.target.value)}
              maxLength={100}
              autoComplete="off"
            />
          )}
        </div>
        {list === 'contacts' && <Contacts q={q.trim()} addressOf={personAddress} />}
        {(list === 'received' || list === 'sent') && <Requests direction={list} addressOf={personAddress} />}
        {list === 'blocked' && <Blocks />}
      </Slab>
    </div>
  )
}
