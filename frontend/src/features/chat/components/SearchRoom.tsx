import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { LoadMore } from '@/components/LoadMore'
import { toWriting } from '@/entities/mention/mentions'
import { formatMoment } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { searchQuery } from '../queries'
import type { Conversation } from '../types'
import styles from './panels.module.css'

interface SearchRoomProps {
  conversation: Conversation
  onGo: (number: number) => void
  onDate: (at: string) => void
}

/** Messages of a conversation, found by words, and the way to a date. */
export function SearchRoom({ conversation, onGo, onDate }: SearchRoomProps) {
  const t = useText(texts)
  const language = useLanguage()
  const [words, setWords] = useState('')
  const list = useInfiniteQuery({ ...searchQuery(conversation.id, words), enabled: words !== '' })
  return (
    <div className={styles.body}>
      <Form onSubmit={(values) => setWords(values('words').trim())}>
        <div className={styles.form}>
          <TextField label={t('words')} name="words" type="search" autoComplete="off" data-autofocus />
          <Button type="submit" look="secondary" size="small">
            {t('searchShort')}
          </Button>
        </div>
      </Form>
      {words !== '' && (
        <div>
          <Loaded query={list}>
            {(found) => (
              <>
                <p role="status" className={styles.muted}>
                  {found.length === 0 && t('noResult')}
                </p>
                <ul className={styles.plain}>
                  {found.map((one) => (
                    <li key={one.id}>
                      <button type="button" className={styles.found} onClick={() => onGo(one.number)}>
                        <small>
                          {one.author?.name ?? t('somebody')}, {formatMoment(one.created_at, language)}
                        </small>
                        {toWriting(one.text).text}
                      </button>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </Loaded>
          <LoadMore
            more={list.hasNextPage}
            busy={list.isFetchingNextPage}
            error={list.data && list.error && messageOf(list.error)}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      )}
      <Form
        onSubmit={(values) => {
          const day = values('day')
          if (day) onDate(new Date(`${day}T00:00`).toISOString())
        }}
      >
        <div className={styles.form}>
          <TextField label={t('goToDate')} name="day" type="date" />
          <Button type="submit" look="secondary" size="small">
            {t('go')}
          </Button>
        </div>
      </Form>
    </div>
  )
}
