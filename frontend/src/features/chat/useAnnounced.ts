import { useEffect, useRef, useState } from 'react'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import { type Log, tail } from './log'

const TOGETHER = 800
const LONGEST = 300

/** What readers hear of what others say while the room is open: one message in its words, a burst as a number. */
export function useAnnounced(log: Log | undefined, viewerId: string): string {
  const t = useText(texts)
  const heard = useRef<number>(undefined)
  const waiting = useRef<{ from: number; timer: ReturnType<typeof setTimeout> }>(undefined)
  const [announced, setAnnounced] = useState('')
  const latest = useRef(log)
  latest.current = log
  const end = log && log.items.length > 0 && tail(log) === log.last ? log.last : undefined
  useEffect(() => {
    if (end === undefined) return
    const before = heard.current
    heard.current = Math.max(before ?? 0, end)
    if (before === undefined || end <= before || waiting.current) return
    const say = () => {
      const from = waiting.current?.from ?? before
      waiting.current = undefined
      const news = (latest.current?.items ?? []).filter(
        (one) => one.number > from && one.kind === 'said' && one.author?.id !== viewerId,
      )
      const [only] = news
      if (only === undefined) return
      const name = only.author?.name ?? t('somebody')
      setAnnounced(
        news.length > 1
          ? t('heardMany', { count: news.length })
          : t('heard', { name, text: only.text.replace(/@\[([^\]]*)\]\([^)]*\)/g, '@$1').slice(0, LONGEST) }),
      )
    }
    waiting.current = { from: before, timer: setTimeout(say, TOGETHER) }
  }, [end, t, viewerId])
  useEffect(() => () => clearTimeout(waiting.current?.timer), [])
  return announced
}
