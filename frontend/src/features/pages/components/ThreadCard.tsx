import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { useText } from '@/lib/i18n'
import { answersQuery, type Thread, useAnswer, useResolve } from '../threads'
import { texts } from '../threadTexts'
import { ThreadForm } from './ThreadForm'
import { ThreadSaid } from './ThreadSaid'
import styles from './threads.module.css'

interface ThreadCardProps {
  pageId: string
  thread: Thread
  active: boolean
  /** Its words are there no more. */
  textGone: boolean
  isPrivate: boolean
  onChoose: () => void
}

/** What is said of some words, and the line to answer. */
export function ThreadCard({ pageId, thread, active, textGone, isPrivate, onChoose }: ThreadCardProps) {
  const t = useText(texts)
  const [answering, setAnswering] = useState(false)
  const answer = useAnswer(pageId, thread.id)
  const resolve = useResolve(pageId, thread.id)
  const { opening, abilities, quote, resolved_at, resolved_by } = thread
  const name = opening.author?.name ?? t('somebody')
  const may = (ability: Thread['abilities'][number]) => abilities.includes(ability)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same.
    <article
      className={styles.card}
      aria-label={t('saidBy', { name })}
      tabIndex={-1}
      data-card={thread.id}
      data-active={active || undefined}
      onClick={onChoose}
      onFocus={onChoose}
    >
      <p className={styles.quote}>
        <span>{quote}</span>
        {textGone && <small>{t('textGone')}</small>}
      </p>
      <ThreadSaid pageId={pageId} said={opening} isPrivate={isPrivate} />
      <Answers pageId={pageId} thread={thread} isPrivate={isPrivate} />
      {resolved_at && (
        <p className={styles.state}>{resolved_by ? t('resolvedBy', { name: resolved_by.name }) : t('resolved')}</p>
      )}
      {answering ? (
        <ThreadForm
          label={t('yourAnswer', { name })}
          action={t('send')}
          sending={answer}
          onSend={(said, once) => answer.mutate({ said, once }, { onSuccess: () => setAnswering(false) })}
          onCancel={() => setAnswering(false)}
        />
      ) : (
        <p className={styles.buttons}>
          {may('answer') && (
            <Button look="secondary" size="small" onClick={() => setAnswering(true)}>
              {t('answer')}
            </Button>
          )}
          {may('resolve') && (
            <Button
              look="quiet"
              size="small"
              icon={IconCheck}
              busy={resolve.isPending}
              onClick={() => resolve.mutate(true)}
            >
              {t('resolve')}
            </Button>
          )}
          {may('reopen') && (
            <Button
              look="quiet"
              size="small"
              icon={IconArrowBackUp}
              busy={resolve.isPending}
              onClick={() => resolve.mutate(false)}
            >
              {t('reopen')}
            </Button>
          )}
        </p>
      )}
    </article>
  )
}

/** The first came with the thread; asked for, all of them are read. */
function Answers({ pageId, thread, isPrivate }: Pick<ThreadCardProps, 'pageId' | 'thread' | 'isPrivate'>) {
  const t = useText(texts)
  const [all, setAll] = useState(false)
  const list = useInfiniteQuery({ ...answersQuery(pageId, thread.id), enabled: all })
  const { replies, reply_count } = thread.opening
  const shown = (all && list.data) || replies
  const left = reply_count - shown.length
  if (shown.length === 0) return null
  return (
    <>
      <ul className={styles.answers}>
        {shown.map((said) => (
          <li key={said.id}>
            <ThreadSaid pageId={pageId} said={said} isPrivate={isPrivate} />
          </li>
        ))}
      </ul>
      {left > 0 && !list.data && (
        <Button look="quiet" size="small" busy={list.isFetching} onClick={() => setAll(true)}>
          {t('moreAnswers', { count: left })}
        </Button>
      )}
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}
