import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type ButtonLook, buttonLook } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { Prose } from '@/components/Prose'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { texts as common } from '../i18n'
import { texts } from '../preview.texts'
import { previewQuery } from '../queries'
import { tableOf } from '../tables'
import type { Group, Preview as Look } from '../types'
import { KindTile } from './KindTile'
import styles from './preview.module.css'

export interface Shown {
  file_id: string
  url: string
  name: string
  group: Group
  size: number
}

interface PreviewProps {
  shown: Shown
  /** A glance beside a list, or all that can be shown. */
  small?: boolean
}

/** What is in a file, without opening it elsewhere. */
export function Preview({ shown, small = false }: PreviewProps) {
  const t = useText(texts)
  const look = useQuery(previewQuery(shown.file_id))
  if (shown.group === 'audio' || shown.group === 'video') return <Player shown={shown} />
  if (look.data === undefined && !look.error)
    return (
      <div className={styles.place}>
        <LoadingSlab lines={4} />
      </div>
    )
  const { data } = look
  if (data?.state === 'waiting') {
    return (
      <div className={styles.place} role="status">
        <p>{t('previewComing')}</p>
      </div>
    )
  }
  if (data?.state !== 'ready') return <NoPreview shown={shown} reason={data?.reason ?? null} small={small} />
  return small ? <Glance look={data} shown={shown} /> : <Whole look={data} shown={shown} />
}

function Glance({ look, shown }: { look: Look; shown: Shown }) {
  const t = useText(texts)
  const page = look.pages[0]
  if (page) {
    return (
      <div className={styles.glance} data-paper={look.kind === 'picture' ? undefined : true}>
        <img src={page.small_url} width={page.width} height={page.height} alt={t('firstPage', { name: shown.name })} />
      </div>
    )
  }
  if (look.text === '') return <NoPreview shown={shown} reason={null} small />
  return (
    <div className={styles.glance} data-paper>
      <div className={styles.sheet} aria-hidden="true">
        {look.text.slice(0, 900)}
      </div>
    </div>
  )
}

function Whole({ look, shown }: { look: Look; shown: Shown }) {
  const t = useText(texts)
  const language = useLanguage()
  if (look.pages.length > 0) return <Pages look={look} shown={shown} />
  if (look.kind === 'archive') {
    return (
      <div className={styles.text}>
        <p>{t('entries', { count: look.entry_count })}</p>
        <ul className={styles.entries}>
          {look.entries.map(({ name, size }) => (
            <li key={name}>
              <span>{name}</span>
              <span>{formatSize(size, language)}</span>
            </li>
          ))}
        </ul>
      </div>
    )
  }
  if (look.text === '') return <NoPreview shown={shown} reason={look.reason} />
  return (
    <div className={styles.text}>
      {look.kind === 'table' ? (
        <Table text={look.text} />
      ) : look.html !== '' ? (
        <Prose html={look.html} />
      ) : (
        <Code text={look.text} language={look.kind === 'code' ? look.language : null} />
      )}
      {look.text_is_cut && <p className={styles.cut}>{t('textIsCut')}</p>}
    </div>
  )
}

/** Pages as they are drawn, and their text for who reads otherwise. */
function Pages({ look, shown }: { look: Look; shown: Shown }) {
  const t = useText(texts)
  const tc = useText(common)
  const isPicture = look.kind === 'picture'
  const rest = look.page_count - look.pages.length
  return (
    <div className={styles.pages} data-paper={isPicture ? undefined : true}>
      {look.pages.map(({ number, width, height, url }) => (
        <figure key={number}>
          <img
            src={url}
            width={width}
            height={height}
            loading={number > 2 ? 'lazy' : 'eager'}
            alt={isPicture ? shown.name : tc('page', { number, name: shown.name })}
          />
          {look.pages.length > 1 && <figcaption>{tc('pageOf', { number, count: look.page_count })}</figcaption>}
        </figure>
      ))}
      {rest > 0 && <p className={styles.cut}>{t('morePages', { count: rest })}</p>}
      {look.text.trim() !== '' && !isPicture && (
        <details className={styles.asText}>
          <summary>{t('asText')}</summary>
          <p>{look.text}</p>
        </details>
      )}
    </div>
  )
}

function Code({ text, language }: { text: string; language: string | null }) {
  const code = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is coloured anew.
  useEffect(() => {
    const block = code.current
    if (block && language) void import('@/lib/highlight').then(({ highlight }) => highlight(block))
  }, [text, language])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is too wide scrolls sideways, so the keyboard must be able to stand on it.
    <pre className={styles.code} tabIndex={0}>
      <code key={text} ref={code} className={language ? `language-${language}` : undefined}>
        {text}
      </code>
    </pre>
  )
}

function Table({ text }: { text: string }) {
  const t = useText(texts)
  const [head, ...rows] = tableOf(text)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the same.
    <section className={styles.sheets} tabIndex={0} aria-label={t('content')}>
      <table>
        <thead>
          <tr>
            {head?.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells are told by their place alone.
              <th key={index} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same.
            <tr key={line}>
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same.
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Player({ shown: { group, url, name } }: { shown: Shown }) {
  return (
    <div className={styles.player}>
      {group === 'audio' ? (
        // biome-ignore lint/a11y/useMediaCaption: what a member puts there has the captions that it came with.
        <audio controls preload="metadata" src={url} aria-label={name} />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: the same.
        <video controls preload="metadata" src={url} aria-label={name} />
      )}
    </div>
  )
}

function NoPreview({ shown, reason, small = false }: { shown: Shown; reason: string | null; small?: boolean }) {
  const t = useText(texts)
  const tc = useText(common)
  const language = useLanguage()
  return (
    <div className={styles.place}>
      <KindTile group={shown.group} />
      <p>{reason ?? t('noPreview')}</p>
      {!small && (
        <a href={shown.url} download {...buttonLook(SECONDARY)}>
          <Icon as={IconDownload} size={17} />
          {tc('downloadSize', { size: formatSize(shown.size, language) })}
        </a>
      )}
    </div>
  )
}

const SECONDARY: ButtonLook = { look: 'secondary' }
