import {
  IconAlertCircle,
  IconCheck,
  IconChevronDown,
  IconChevronUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon } from '@/components/Icon'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { texts as common } from '../i18n'
import { type Item, type Uploads, useUploadItems, useUploads } from '../uploads'
import { texts } from '../uploads.texts'
import styles from './tray.module.css'
import { UploadQuestions } from './UploadQuestions'

const SHOWN = 200

/** What is on its way to Documents, over whatever page one is on: how far, and what it waits for. */
export function UploadTray({ documentAddress }: { documentAddress: (id: string) => string }) {
  const t = useText(texts)
  const tc = useText(common)
  const uploads = useUploads()
  const items = useUploadItems(uploads)
  const [open, setOpen] = useState(true)
  const lost = items.filter(({ stage }) => stage === 'lost').length
  if (items.length === 0) return null
  const done = items.filter(({ stage }) => stage === 'done').length
  const isOver = done === items.length
  const title = isOver ? t('uploadsDone', { count: done }) : t('uploading', { done, count: items.length })
  return (
    <section className={styles.tray} aria-label={t('uploads')}>
      <header>
        <h2>{title}</h2>
        <IconButton
          icon={open ? IconChevronDown : IconChevronUp}
          label={t(open ? 'fold' : 'unfold')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
        {isOver && <IconButton icon={IconX} label={tc('close')} onClick={uploads.clear} />}
      </header>
      <span role="status">
        <VisuallyHidden>{isOver ? title : ''}</VisuallyHidden>
      </span>
      {!isOver && <progress className={styles.whole} value={partOf(items)} max={1} aria-label={title} />}
      {open && (
        <>
          {lost > 0 && <Lost count={lost} uploads={uploads} />}
          <ul>
            {shownOf(items).map((item) => (
              <Row key={item.key} item={item} uploads={uploads} documentAddress={documentAddress} />
            ))}
          </ul>
        </>
      )}
      <UploadQuestions items={items} uploads={uploads} />
    </section>
  )
}

/** What an earlier page did not finish: a page cannot open files by itself, so that they are chosen again. */
function Lost({ count, uploads }: { count: number; uploads: Uploads }) {
  const t = useText(texts)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.lost}>
      <p>{t('unfinished', { count })}</p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('chooseAgain')}
        onChange={(event) => {
          uploads.giveAgain(event.target.files ?? [])
          event.target.value = ''
        }}
      />
      <Button size="small" onClick={() => input.current?.click()}>
        {t('chooseAgain')}
      </Button>
    </div>
  )
}

interface RowProps {
  item: Item
  uploads: Uploads
  documentAddress: (id: string) => string
}

function Row({ item, uploads, documentAddress }: RowProps) {
  const t = useText(texts)
  const language = useLanguage()
  const { key, name, size, stage, sent, failure, documentId, address } = item
  const percent = Math.round(sent * 100)
  const isMoving = stage === 'sending' || stage === 'filing'
  const words = {
    waiting: t('stageWaiting'),
    located: t('stageLocated'),
    sending: t('stageSending', { percent, size: formatSize(size, language) }),
    paused: t('stagePaused', { percent }),
    taken: t('stageTaken'),
    filing: t('stageFiling'),
    done: formatSize(size, language),
    failed: failure ?? '',
    lost: t('stageLost', { percent }),
  }[stage]
  return (
    <li data-stage={stage}>
      <span className={styles.words}>
        {documentId ? (
          <Link to={documentAddress(documentId)} title={name}>
            {name}
          </Link>
        ) : (
          <b title={name}>{name}</b>
        )}
        <span className={styles.said} role={stage === 'failed' ? 'alert' : undefined}>
          {stage === 'failed' && <Icon as={IconAlertCircle} size={15} />}
          {words}
        </span>
        {(isMoving || stage === 'paused') && <progress value={sent} max={1} aria-label={words} />}
      </span>
      {stage === 'sending' && (
        <IconButton icon={IconPlayerPause} label={t('pause', { name })} onClick={() => uploads.pause(key)} />
      )}
      {stage === 'paused' && (
        <IconButton icon={IconPlayerPlay} label={t('resume', { name })} onClick={() => uploads.resume(key)} />
      )}
      {stage === 'failed' && (
        <IconButton
          icon={IconRefresh}
          label={t(address ? 'resume' : 'retry', { name })}
          onClick={() => uploads.resume(key)}
        />
      )}
      {stage === 'done' ? (
        <span className={styles.done}>
          <Icon as={IconCheck} />
          <VisuallyHidden>{t('stageDone')}</VisuallyHidden>
        </span>
      ) : (
        stage !== 'filing' && (
          <IconButton icon={IconX} label={t('cancelUpload', { name })} onClick={() => uploads.cancel(key)} />
        )
      )}
    </li>
  )
}

/** What waits for somebody stands first, then what moves; what is done, last. */
function shownOf(items: readonly Item[]) {
  const rank = ({ stage }: Item) =>
    ['failed', 'lost', 'located', 'taken', 'sending', 'filing', 'paused', 'waiting', 'done'].indexOf(stage)
  return [...items].sort((one, other) => rank(one) - rank(other)).slice(0, SHOWN)
}

/** Of all the bytes, how many are there. */
function partOf(items: readonly Item[]): number {
  const all = items.reduce((sum, { size }) => sum + Math.max(size, 1), 0)
  const there = items.reduce((sum, { size, sent, stage }) => sum + Math.max(size, 1) * (stage === 'done' ? 1 : sent), 0)
  return all > 0 ? there / all : 0
}
