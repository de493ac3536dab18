import { memo, useEffect, useRef } from 'react'
import styles from './log.module.css'

interface MessageTextProps {
  /** HTML that the server rendered and sanitised; never anything else. */
  html: string
  viewerId: string
}

const NAMED = /\/people\/([0-9a-f-]{36})$/

/** What was said: those who are named stand out, the reader most; code takes its colours once it is painted. */
export const MessageText = memo(function MessageText({ html, viewerId }: MessageTextProps) {
  const text = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other names and other code.
  useEffect(() => {
    for (const link of text.current?.querySelectorAll('a') ?? []) name(link, viewerId)
    const code = [...(text.current?.querySelectorAll<HTMLElement>('pre code[class*="language-"]') ?? [])]
    if (code.length > 0) void import('@/lib/highlight').then(({ highlight }) => code.forEach(highlight))
  }, [html, viewerId])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's sanitiser is the one place that makes HTML.
  return <div ref={text} className={styles.text} dangerouslySetInnerHTML={{ __html: html }} />
})

/** « @ » and the name after it are one sign. */
function name(link: HTMLAnchorElement, viewerId: string) {
  const id = NAMED.exec(link.getAttribute('href') ?? '')?.[1]
  const before = link.previousSibling
  if (id === undefined || !before?.nodeValue?.endsWith('@')) return
  before.nodeValue = before.nodeValue.slice(0, -1)
  link.prepend('@')
  link.dataset.named = id === viewerId ? 'me' : 'other'
}
