import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/api/Loaded'
import type { Listed } from '@/api/listing'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { EmptyState } from '@/components/states/EmptyState'
import { PersonChip } from '@/entities/person/PersonChip'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useAcceptContact, useDropRequest, useRemoveContact, useUnblock } from '../mutations'
import { blocksQuery, contactsQuery, type Direction, requestsQuery } from '../queries'
import styles from './ties.module.css'

type AddressOf = (id: string) => string

/** Whom the reader knows, by name. */
export function Contacts({ q, addressOf }: { q: string; addressOf: AddressOf }) {
  const t = useText(texts)
  const language = useLanguage()
  const list = useInfiniteQuery(contactsQuery(q))
  const remove = useRemoveContact()
  return (
    <Rows
      list={list}
      empty={<EmptyState title={t(q ? 'nobodyFound' : 'noContacts')}>{t('noContactsText')}</EmptyState>}
    >
      {({ person, since }) => (
        <li key={person.id}>
          <PersonChip person={person} to={addressOf(person.id)} />
          <small>{t('since', { date: formatDate(since, language) })}</small>
          <Button
            look="quiet"
            size="small"
            aria-label={t('removeOne', { name: person.name })}
            onClick={() => remove.mutate(person.id)}
          >
            {t('removeGo')}
          </Button>
        </li>
      )}
    </Rows>
  )
}

/** Requests that wait: to be answered, or for an answer. */
export function Requests({ direction, addressOf }: { direction: Direction; addressOf: AddressOf }) {
  const t = useText(texts)
  const language = useLanguage()
  const list = useInfiniteQuery(requestsQuery(direction))
  const accept = useAcceptContact()
  const drop = useDropRequest()
  const received = direction === 'received'
  const empty = (
    <EmptyState title={t(received ? 'noReceived' : 'noSent')}>
      {t(received ? 'noReceivedText' : 'noSentText')}
    </EmptyState>
  )
  return (
    <Rows list={list} empty={empty}>
      {({ person, message, created_at }) => (
        <li key={person.id}>
          <PersonChip person={person} to={addressOf(person.id)} />
          <small>{t('askedOn', { date: formatDate(created_at, language) })}</small>
          <span className={styles.acts}>
            {received && (
              <Button
                size="small"
                aria-label={t('acceptOne', { name: person.name })}
                onClick={() => accept.mutate(person.id)}
              >
                {t('accept')}
              </Button>
            )}
            <Button
              look="secondary"
              size="small"
              aria-label={t(received ? 'declineOne' : 'cancelOne', { name: person.name })}
              onClick={() => drop.mutate(person.id)}
            >
              {t(received ? 'decline' : 'cancelRequest')}
            </Button>
          </span>
          {message && <p>{message}</p>}
        </li>
      )}
    </Rows>
  )
}

/** Whom the reader blocks. */
export function Blocks() {
  const t = useText(texts)
  const language = useLanguage()
  const list = useInfiniteQuery(blocksQuery)
  const unblock = useUnblock()
  return (
    <Rows list={list} empty={<EmptyState title={t('noBlocked')}>{t('noBlockedText')}</EmptyState>}>
      {({ id, name, since }) => (
        <li key={id}>
          <b>{name}</b>
          <small>{t('blockedOn', { date: formatDate(since, language) })}</small>
          <Button
            look="secondary"
            size="small"
            aria-label={t('unblockOne', { name })}
            onClick={() => unblock.mutate(id)}
          >
            {t('unblock')}
          </Button>
        </li>
      )}
    </Rows>
  )
}

interface RowsProps<Item> {
  list: Listed<Item>
  empty: ReactNode
  children: (item: Item) => ReactNode
}

/** A list as far as it was read, and its next page. */
export function Rows<Item>({ list, empty, children }: RowsProps<Item>) {
  return (
    <>
      <Loaded query={list} lines={4}>
        {(items) => (items.length === 0 ? empty : <ul className={styles.rows}>{items.map(children)}</ul>)}
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}
