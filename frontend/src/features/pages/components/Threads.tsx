import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { LoadMore } from '@/components/LoadMore'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { rangeOf } from '../anchors'
import { rangesOf, showCommented, wordsOf } from '../highlights'
import { newsIn, type Thread, threadsQuery, useBegin, type Which } from '../threads'
import { texts } from '../threadTexts'
import { useBeside } from '../useBeside'
import { type Discussion, DRAFT } from '../useDiscussion'
import { useOf } from '../useEditor'
import { ThreadCard } from './ThreadCard'
import { ThreadForm } from './ThreadForm'
import styles from './threads.module.css'

const Drawer = lazy(async () => ({ default: (await import('@/components/overlays/Drawer')).Drawer }))
const NONE: readonly Thread[] = []

interface ThreadsProps {
  editor: Editor
  pageId: string
  memberId: string
  discussion: Discussion
  mayComment: boolean
  isPrivate: boolean
  /** There is room beside the text. */
  isBeside: boolean
}

/** What is said of the page: beside its words where there is room, else over them. */
export function Threads({ isBeside, ...props }: ThreadsProps) {
  const { editor, pageId, memberId, discussion } = props
  const t = useText(texts)
  const open = useInfiniteQuery(threadsQuery(pageId, 'open'))
  const threads = open.data ?? NONE
  const news = useNews(threads, memberId)
  useShown(editor, threads, discussion)
  useEffect(() => {
    if (open.hasNextPage && !open.isFetchingNextPage) void open.fetchNextPage()
  }, [open])
  const part = <Part {...props} open={open} isBeside={isBeside} />
  return (
    <>
      <VisuallyHidden>
        <span role="status">{news && t('newComment', { name: news })}</span>
      </VisuallyHidden>
      {isBeside ? (
        <aside className={styles.margin} aria-label={t('comments')}>
          {part}
        </aside>
      ) : (
        <Suspense>
          <Drawer
            open={discussion.listed}
            onClose={() => discussion.list(false)}
            label={t('comments')}
            width={420}
            overlay={undefined}
          >
            <div className={styles.panel}>
              {part}
              <p className={styles.buttons}>
                <Button look="secondary" onClick={() => discussion.list(false)}>
                  {t('close')}
                </Button>
              </p>
            </div>
          </Drawer>
        </Suspense>
      )}
    </>
  )
}

interface PartProps extends ThreadsProps {
  open: { data: Thread[] | undefined; isSuccess: boolean }
}

function Part({ editor, pageId, discussion, mayComment, isPrivate, isBeside, open }: PartProps) {
  const t = useText(texts)
  const { active, draft } = discussion
  const [which, setWhich] = useState<Which>('open')
  const resolved = useInfiniteQuery({ ...threadsQuery(pageId, 'resolved'), enabled: which === 'resolved' })
  const place = useRef<HTMLUListElement>(null)
  const there = useOf(editor, ({ state }) => [...rangesOf(state)].map(([id, { from }]) => [id, from] as const))
  const froms = new Map(there)
  const isOpen = which === 'open'
  const threads = [...((isOpen ? open.data : resolved.data) ?? NONE)].sort(
    (one, other) => (froms.get(one.id) ?? Infinity) - (froms.get(other.id) ?? Infinity),
  )
  // Words of what is resolved are not marked: where they are is asked of the page.
  const lost = useOf(editor, ({ state }) =>
    threads.filter((one) => (isOpen ? !froms.has(one.id) : !rangeOf(state, one))).map(({ id }) => id),
  )
  useBeside(editor, place, isBeside && isOpen, `${threads.map(({ version, id }) => `${id}${version}`)} ${active}`)
  // One that the address names may be resolved; one that is resolved while it is looked at changes nothing else.
  const pointed = useRef(active)
  useEffect(() => {
    if (!open.isSuccess || pointed.current === undefined) return
    const id = pointed.current
    pointed.current = undefined
    if (id !== DRAFT && !open.data?.some((one) => one.id === id)) setWhich('resolved')
  }, [open.isSuccess, open.data])
  const isAmongOpen = active === DRAFT || open.data?.some(({ id }) => id === active) === true
  useEffect(() => {
    if (isAmongOpen) setWhich('open')
  }, [isAmongOpen])
  const go = (by: number) => {
    const at = threads.findIndex(({ id }) => id === active)
    const next = threads[(at + by + (at < 0 && by < 0 ? 1 : 0) + threads.length) % threads.length]
    if (!next) return
    discussion.choose(next.id)
    wordsOf(editor, next.id)?.scrollIntoView({ block: 'center' })
    place.current?.querySelector<HTMLElement>(`[data-card="${next.id}"]`)?.focus()
  }
  const count = threads.length
  return (
    <>
      <header className={styles.top}>
        <h2>{t(isOpen ? 'openCount' : 'resolvedCount', { count })}</h2>
        {count > 1 && (
          <>
            <IconButton icon={IconChevronUp} label={t('previous')} onClick={() => go(-1)} />
            <IconButton icon={IconChevronDown} label={t('next')} onClick={() => go(1)} />
          </>
        )}
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            discussion.choose(undefined)
            setWhich(isOpen ? 'resolved' : 'open')
          }}
        >
          {t(isOpen ? 'showResolved' : 'showOpen')}
        </Button>
      </header>
      {count === 0 && !draft && (
        <p className={styles.none}>{t(isOpen ? (mayComment ? 'noneOpen' : 'noneOpenToRead') : 'noneResolved')}</p>
      )}
      <ul ref={place} className={styles.cards} data-beside={(isBeside && isOpen) || undefined}>
        {draft && isOpen && (
          <li data-place={DRAFT}>
            <NewThread pageId={pageId} discussion={discussion} />
          </li>
        )}
        {threads.map((thread) => (
          <li key={thread.id} data-place={thread.id}>
            <ThreadCard
              pageId={pageId}
              thread={thread}
              active={thread.id === active}
              textGone={lost.includes(thread.id)}
              isPrivate={isPrivate}
              onChoose={() => thread.id !== active && discussion.choose(thread.id)}
            />
          </li>
        ))}
      </ul>
      <LoadMore
        more={!isOpen && resolved.hasNextPage}
        busy={resolved.isFetchingNextPage}
        onMore={() => void resolved.fetchNextPage()}
      />
    </>
  )
}

function NewThread({ pageId, discussion }: Pick<ThreadsProps, 'pageId' | 'discussion'>) {
  const t = useText(texts)
  const begin = useBegin(pageId)
  const { draft, end } = discussion
  if (!draft) return null
  return (
    <section className={styles.card} data-card={DRAFT} data-active aria-label={t('yourComment')}>
      <p className={styles.quote}>
        <span>{draft.quote}</span>
      </p>
      <ThreadForm
        label={t('yourComment')}
        action={t('comment')}
        sending={begin}
        onSend={(said, once) =>
          begin.mutate({ draft: { ...draft, ...said }, once }, { onSuccess: ({ id }) => end(id) })
        }
        onCancel={() => end()}
      />
    </section>
  )
}

/** Marks the words of what is open, and of what is about to be said. */
function useShown(editor: Editor, threads: readonly Thread[], { draft, active }: Discussion) {
  useEffect(() => {
    const commented = threads.map(({ id, start, end }) => ({ id, start, end }))
    showCommented(editor, draft ? [...commented, { id: DRAFT, ...draft }] : commented, active)
  }, [editor, threads, draft, active])
  useEffect(() => {
    if (active !== undefined && active !== DRAFT) wordsOf(editor, active)?.scrollIntoView({ block: 'nearest' })
  }, [editor, active])
}

/** Who said something that was not there before. */
function useNews(threads: readonly Thread[], memberId: string): string | undefined {
  const t = useText(texts)
  const [news, setNews] = useState<string>()
  const known = useRef<ReadonlySet<string>>(undefined)
  useEffect(() => {
    if (threads === NONE) return
    const { ids, last } = newsIn(known.current, threads, memberId)
    known.current = ids
    if (last) setNews(last.author?.name ?? t('somebody'))
  }, [threads, memberId, t])
  return news
}
