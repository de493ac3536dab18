import { IconArrowDown } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Button } from '@/components/buttons/Button'
import type { SessionMember } from '@/entities/session/queries'
import { formatDay, formatMomentWithin, formatTime } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { hasAfter, hasBefore, head, type Log, tail } from '../log'
import { toldOf } from '../names'
import { type Row, rowOf, rowsOf } from '../rows'
import type { Pending } from '../sending'
import type { Start } from '../useLog'
import styles from './log.module.css'
import { MessageRow } from './MessageRow'
import { PendingRow } from './PendingRow'
import type { MessageActs } from './useMessageActions'

export interface LogHandle {
  /** The focus goes to the last message. */
  focus: () => void
}

interface MessageLogProps {
  ref?: Ref<LogHandle>
  label: string
  log: Log
  /** Another turn opens the log elsewhere. */
  opening: { turn: number; start: Start }
  pending: readonly Pending[]
  member: SessionMember
  /** Up to which the reader had read when it was opened. */
  readNumber?: number | undefined
  /** Where the address leads. */
  pointed?: number | undefined
  here?: ReadonlySet<string> | undefined
  avatar?: number
  editing: number | undefined
  personAddress: (id: string) => string
  acts: MessageActs
  /** Before the first message of all. */
  beginning: ReactNode
  /** After the last. */
  end?: ReactNode
  onGrow: (way: 'before' | 'after') => void
  onGo: (number: number) => void
  onEnd: () => void
  /** The last message that was on the screen. */
  onSeen: (number: number) => void
  onEdited: () => void
  onRetry: (clientId: string) => void
  onTakeBack: (pending: Pending) => void
  onKey?: (event: KeyboardEvent, number: number) => void
}

/** How near an edge must be for what is beyond it to be read, in pixels. */
const NEAR = 900
const AT_END = 48

/**
 * Messages, of which only those on the screen and about it are drawn. What is read before stays where it is when older ones
 * come above it; at the end it follows what is said. Nothing here is announced: the room says what is new in words.
 */
export function MessageLog(props: MessageLogProps) {
  const { log, opening, pending, member, readNumber, editing } = props
  const t = useText(texts)
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [active, setActive] = useState<number>()
  const [focused, setFocused] = useState<number>()
  const [away, setAway] = useState(false)
  const [measured, setMeasured] = useState<number>()
  const sticks = useRef(true)
  const seen = useRef({ from: 0, whole: 0 })
  const atEnd = !hasAfter(log)
  const isWhole = !hasBefore(log)
  const rows = useMemo(
    () => rowsOf({ messages: log.items, pending: atEnd ? pending : [], viewerId: member.id, readNumber, isWhole }),
    [log.items, pending, member.id, readNumber, atEnd, isWhole],
  )
  const shift = useShift(log, opening.turn)
  const reached = focused !== undefined && rowOf(rows, focused) >= 0 ? focused : lastSaid(rows)
  const last = rows.length - 1

  const toEnd = useCallback(() => {
    list.current?.scrollToIndex(last, { align: 'end' })
    // What stands after the last line is seen too, once it is measured.
    requestAnimationFrame(() => sticks.current && scroller.current?.scrollTo({ top: scroller.current.scrollHeight }))
  }, [last])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening, when there is something to see.
  useLayoutEffect(() => {
    if (rows.length === 0) return
    const { start } = opening
    const index =
      start.at === 'new'
        ? rows.findIndex(({ is }) => is === 'new')
        : start.at === 'message'
          ? rowOf(rows, start.number)
          : -1
    sticks.current = index < 0
    if (index < 0) toEnd()
    else
      list.current?.scrollToIndex(index, {
        align: start.at === 'new' ? 'start' : 'center',
        offset: start.at === 'new' ? -60 : 0,
      })
  }, [opening.turn, rows.length === 0])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever comes below what is read at the end is followed.
  useLayoutEffect(() => {
    if (sticks.current && atEnd) toEnd()
  }, [rows, atEnd])

  const look = () => {
    const shown = list.current
    if (!shown) return
    const { scrollOffset: from, viewportSize: height, scrollSize: whole } = shown
    const left = whole - from - height
    if (left < AT_END && atEnd) sticks.current = true
    else if (from < seen.current.from && whole === seen.current.whole) sticks.current = false // Somebody scrolled up.
    seen.current = { from, whole }
    setAway(left > height || !atEnd)
    if (from < NEAR && hasBefore(log)) props.onGrow('before')
    if (left < NEAR && !atEnd) props.onGrow('after')
    const bottom = rows[shown.findItemIndex(from + height - 8)]
    if (bottom?.is === 'message' || bottom?.is === 'told') props.onSeen(bottom.message.number)
    else if (left < AT_END && atEnd) props.onSeen(tail(log) ?? 0)
  }
  const resized = () => {
    setMeasured(opening.turn)
    if (sticks.current && atEnd) toEnd()
    look()
  }

  const focusOn = (number: number | undefined) => {
    if (number === undefined || rowOf(rows, number) < 0) return
    setFocused(number)
    list.current?.scrollToIndex(rowOf(rows, number), { align: 'nearest' })
    requestAnimationFrame(() => find(scroller.current, number)?.focus({ preventScroll: true }))
  }
  useImperativeHandle(props.ref, () => ({ focus: () => focusOn(lastSaid(rows)) }))
  const press = (event: KeyboardEvent) => {
    const isOnMessage = event.target === scroller.current || (event.target as HTMLElement).tagName === 'ARTICLE'
    if (!isOnMessage || event.altKey || event.ctrlKey || event.metaKey) return
    const goal = beside(event.key)
    if (goal !== undefined) {
      event.preventDefault()
      focusOn(goal)
    } else if (reached !== undefined) props.onKey?.(event, reached)
  }
  /** Where a key leads among the messages that are held. */
  const beside = (key: string) => {
    const numbers = rows.flatMap((row) => (row.is === 'message' ? [row.message.number] : []))
    const at = reached === undefined ? -1 : numbers.indexOf(reached)
    const by = focused === undefined ? 0 : 1
    const goals: Record<string, number> = { ArrowUp: at - by, ArrowDown: at + by, Home: 0, End: numbers.length - 1 }
    const goal = goals[key]
    return goal === undefined ? undefined : numbers[Math.min(Math.max(goal, 0), numbers.length - 1)]
  }
  useEffect(() => {
    if (editing === undefined && focused !== undefined && document.activeElement === document.body)
      find(scroller.current, focused)?.focus({ preventScroll: true })
  }, [editing, focused])

  const drawn = (row: Row, index: number) => (
    <Drawn
      key={row.key}
      row={row}
      {...props}
      first={index === 0}
      active={row.is === 'message' && row.message.number === active}
      reached={row.is === 'message' && row.message.number === reached}
      onPoint={setActive}
      onFocus={(number) => {
        setFocused(number)
        setActive(number)
      }}
    />
  )
  const kept = focused === undefined ? -1 : rowOf(rows, focused)
  return (
    <div className={`${styles.place} ${props.avatar && props.avatar < 40 ? styles.small : ''}`}>
      <div
        ref={scroller}
        className={styles.log}
        role="log"
        aria-live="off"
        aria-label={props.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
        tabIndex={0}
        data-measuring={measured !== opening.turn || undefined}
        onKeyDown={press}
        onPointerLeave={() => setActive(undefined)}
      >
        <div className={styles.fill} />
        <Virtualizer
          key={opening.turn}
          ref={list}
          as="ol"
          item="li"
          scrollRef={scroller}
          shift={shift}
          data={rows}
          bufferSize={400}
          {...(kept >= 0 && { keepMounted: [kept] })}
          onScroll={look}
          onResize={resized}
        >
          {drawn}
        </Virtualizer>
        {atEnd && props.end}
      </div>
      {away && (
        <div className={styles.below}>
          <Button look="secondary" size="small" icon={IconArrowDown} onClick={props.onEnd}>
            {below(log, readNumber) > 0 ? t('newBelow', { count: below(log, readNumber) }) : t('latest')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface DrawnProps extends Omit<MessageLogProps, 'ref'> {
  row: Row
  first: boolean
  active: boolean
  reached: boolean
  onPoint: (number: number) => void
  onFocus: (number: number) => void
}

function Drawn({ row, first, active, reached, ...props }: DrawnProps) {
  const t = useText(texts)
  const language = useLanguage()
  switch (row.is) {
    case 'beginning':
      return <div>{props.beginning}</div>
    case 'day':
      return (
        <div className={styles.day}>
          <span>{formatDay(row.at, language)}</span>
        </div>
      )
    case 'new':
      return (
        <div className={styles.new}>
          <span>{row.since ? t('newSince', { time: since(row.since, language) }) : t('new')}</span>
        </div>
      )
    case 'told':
      return <p className={styles.told}>{toldOf(row.message, t)}</p>
    case 'pending':
      return (
        <PendingRow
          pending={row.pending}
          continues={row.continues}
          member={props.member}
          avatar={props.avatar ?? 40}
          onRetry={props.onRetry}
          onTakeBack={props.onTakeBack}
        />
      )
    case 'message': {
      const { message, continues } = row
      return (
        <div className={first ? styles.first : undefined}>
          <MessageRow
            message={message}
            continues={continues}
            viewerId={props.member.id}
            avatar={props.avatar ?? 40}
            presence={message.author && props.here?.has(message.author.id) ? 'online' : undefined}
            pointed={message.number === props.pointed}
            active={active}
            reached={reached}
            editing={message.number === props.editing}
            personAddress={props.personAddress}
            acts={props.acts}
            onPoint={props.onPoint}
            onFocus={props.onFocus}
            onEdited={props.onEdited}
            onGo={props.onGo}
          />
        </div>
      )
    }
  }
}

function lastSaid(rows: readonly Row[]) {
  const row = rows.findLast(({ is }) => is === 'message')
  return row?.is === 'message' ? row.message.number : undefined
}

/** « 9 h 20 » of today, the moment of another day. */
function since(at: string, language: Parameters<typeof formatTime>[1]) {
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return isToday ? formatTime(at, language) : formatMomentWithin(at, language)
}

const below = (log: Log, read: number | undefined) =>
  read === undefined ? 0 : Math.max(0, log.last - Math.max(read, tail(log) ?? 0))

const find = (log: HTMLElement | null, number: number) =>
  log?.querySelector<HTMLElement>(`article[data-number="${number}"]`)

/** Whether messages came above those that were drawn: then it is the end that stays where it is. */
function useShift(log: Log, turn: number): boolean {
  const drawn = useRef<{ turn: number; head: number | undefined }>(undefined)
  const first = head(log)
  const before = drawn.current
  useLayoutEffect(() => {
    drawn.current = { turn, head: first }
  })
  return before?.turn === turn && before.head !== undefined && first !== undefined && first < before.head
}
