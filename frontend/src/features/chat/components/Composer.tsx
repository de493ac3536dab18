import { Popover } from '@mantine/core'
import {
  IconAt,
  IconBlockquote,
  IconBold,
  IconCode,
  IconFolder,
  IconItalic,
  IconLink,
  IconList,
  IconMoodSmile,
  IconPaperclip,
  IconSend,
  IconSourceCode,
  IconTextSize,
  IconX,
} from '@tabler/icons-react'
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  lazy,
  type Ref,
  Suspense,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Menu } from '@/components/overlays/Menu'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { Attached } from '@/entities/attachment/Attaching'
import type { AttachedDraft } from '@/entities/attachment/types'
import type { Attachments } from '@/entities/attachment/useAttachments'
import { Offered } from '@/entities/mention/Offered'
import { useMentioning } from '@/entities/mention/useMentioning'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Mark, marked } from '../marks'
import { namedQuery } from '../queries'
import type { Message } from '../types'
import type { Writing } from '../useWriting'
import styles from './composer.module.css'

export interface ComposerHandle {
  focus: () => void
}

interface ComposerProps {
  ref?: Ref<ComposerHandle>
  conversationId: string
  /** Read by readers, and what stands in the empty field. */
  label: string
  placeholder: string
  writing: Writing
  attachments: Attachments
  quoting?: Message | undefined
  /** In a thread there is less room. */
  small?: boolean
  enterSends: boolean
  viewerId: string
  onSend: (markdown: string, attached: AttachedDraft) => void
  onDropQuote?: () => void
  onTyping: () => void
  /** The arrow up in an empty field: the last own message is changed. */
  onEditLast: () => void
}

const LONGEST = 10_000

/** Where one writes: plain words, in which Markdown, names and emoji may stand. */
export function Composer({ ref, writing, attachments, small = false, quoting, ...props }: ComposerProps) {
  const t = useText(texts)
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, people, write } = writing
  const mentioning = useMentioning({
    ...{ field, text, people },
    onChange: write,
    suggestions: (words) => namedQuery(props.conversationId, words),
    enabled: true,
  })
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }))
  const send = () => {
    const markdown = writing.markdown().trim()
    const isEmpty = markdown === '' && attachments.items.length === 0
    if (isEmpty || markdown.length > LONGEST || !attachments.check()) return
    props.onSend(markdown, attachments.draft())
    attachments.clear()
    writing.clear()
    field.current?.focus()
  }
  const take = (event: { preventDefault: () => void }, files: FileList) => {
    if (files.length === 0) return
    event.preventDefault()
    attachments.add(files)
  }
  const insert = (what: string) => {
    const area = field.current
    if (!area) return
    area.focus()
    area.setRangeText(what, area.selectionStart, area.selectionEnd, 'end')
    write(area.value, people)
    mentioning.look(area)
  }
  const mark = (as: Mark) => {
    const area = field.current
    if (!area) return
    const next = marked(area.value, area.selectionStart, area.selectionEnd, as)
    write(next.text, people)
    area.focus()
    requestAnimationFrame(() => area.setSelectionRange(next.start, next.end))
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || mentioning.press(event)) return
    const wantsToSend = props.enterSends ? !event.shiftKey : event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && wantsToSend) {
      event.preventDefault()
      send()
    } else if (event.key === 'ArrowUp' && text === '' && !event.altKey) {
      event.preventDefault()
      props.onEditLast()
    } else if (event.key === 'Escape' && quoting) props.onDropQuote?.()
  }
  return (
    <form
      className={`${styles.composer} ${small ? styles.small : ''}`}
      onPaste={(event: ClipboardEvent) => take(event, event.clipboardData.files)}
      onDragOver={(event: DragEvent) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={(event: DragEvent) => take(event, event.dataTransfer.files)}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className={styles.offered}>
        <Offered label={t('peopleOffered')} {...mentioning.list} />
      </div>
      {quoting && (
        <div className={styles.quoting}>
          <p>
            {t('quoting', {
              name: quoting.author?.id === props.viewerId ? t('you') : (quoting.author?.name ?? t('somebody')),
            })}
          </p>
          <IconButton icon={IconX} label={t('dropQuote')} onClick={props.onDropQuote} />
        </div>
      )}
      <div className={styles.attached}>
        <Attached attachments={attachments} />
      </div>
      <div className={styles.row}>
        <textarea
          {...mentioning.area}
          ref={field}
          aria-label={props.label}
          placeholder={props.placeholder}
          rows={1}
          maxLength={LONGEST}
          value={text}
          onChange={({ target }) => {
            write(target.value, people)
            mentioning.look(target)
            if (target.value !== '') props.onTyping()
          }}
          onKeyDown={press}
          onBlur={mentioning.close}
        />
        <div className={styles.bar}>
          <Attach attachments={attachments} />
          <IconButton icon={IconAt} label={t('mention')} className={styles.extra} onClick={() => insert('@')} />
          <Emoji onChoose={insert} />
          {!small && <Format onChoose={mark} />}
          {small ? (
            <IconButton icon={IconSend} type="submit" label={t('sendReply')} className={styles.send} />
          ) : (
            <Button type="submit" icon={IconSend} className={styles.send}>
              <span>{t('send')}</span>
            </Button>
          )}
        </div>
      </div>
      {text.length >= LONGEST && (
        <p role="alert" className={styles.fault}>
          {t('tooLong')}
        </p>
      )}
      <VisuallyHidden>{t(props.enterSends ? 'enterSendsNote' : 'enterBreaksNote')}</VisuallyHidden>
    </form>
  )
}

function Attach({ attachments }: { attachments: Attachments }) {
  const t = useText(texts)
  const [choosing, setChoosing] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton icon={IconPaperclip} label={t('attach')} onClick={() => field.current?.click()} />
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={t('attach')}
        onChange={({ target }) => {
          attachments.add([...(target.files ?? [])])
          target.value = ''
        }}
      />
      <IconButton
        icon={IconFolder}
        label={t('attachDocument')}
        className={styles.extra}
        onClick={() => setChoosing(true)}
      />
      {choosing && (
        <Suspense fallback={null}>
          <DocumentPicker open onClose={() => setChoosing(false)} onChoose={attachments.refer} />
        </Suspense>
      )}
    </>
  )
}

const DocumentPicker = lazy(async () => ({
  default: (await import('@/entities/attachment/DocumentPicker')).DocumentPicker,
}))

const EMOJI = [
  ...'😀😄😂🙂😉😊😍🤔😅😢😭😮😴🤯🥳😎👍👎👏🙏💪🤝👋✌️❤️💛💚💙🎉🎓📚✏️💡🔬🧪💻📎📅✅❌⚠️❓🔥⭐☕🍕🌍🚲',
].filter((sign) => sign !== '\ufe0f')

function Emoji({ onChoose }: { onChoose: (sign: string) => void }) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="top-start"
      trapFocus
      returnFocus
      transitionProps={{ duration: 120 }}
      classNames={{ dropdown: styles.popover ?? '' }}
    >
      <Popover.Target>
        <IconButton icon={IconMoodSmile} label={t('emoji')} className={styles.extra} onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.emoji} role="group" aria-label={t('emoji')}>
          {EMOJI.map((sign) => (
            <button
              key={sign}
              type="button"
              onClick={() => {
                setOpen(false)
                onChoose(sign)
              }}
            >
              {sign}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function Format({ onChoose }: { onChoose: (mark: Mark) => void }) {
  const t = useText(texts)
  const marks = [
    ['bold', IconBold],
    ['italic', IconItalic],
    ['code', IconCode],
    ['codeBlock', IconSourceCode],
    ['list', IconList],
    ['quoted', IconBlockquote],
    ['link', IconLink],
  ] as const
  return (
    <Menu
      position="top-start"
      items={marks.map(([mark, icon]) => ({ label: t(mark), icon, onSelect: () => onChoose(mark) }))}
    >
      <IconButton icon={IconTextSize} label={t('format')} className={styles.extra} />
    </Menu>
  )
}
