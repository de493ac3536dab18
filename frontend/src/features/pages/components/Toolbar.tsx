import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconAt,
  IconBlockquote,
  IconBold,
  IconChevronDown,
  IconCircleCheck,
  IconCode,
  IconDots,
  IconFileDescription,
  IconInfoCircle,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconMessagePlus,
  IconPhoto,
  IconSeparatorHorizontal,
  IconSourceCode,
  IconStrikethrough,
  IconTable,
  IconUnderline,
} from '@tabler/icons-react'
import type { ChainedCommands, Editor } from '@tiptap/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon, type IconType } from '@/components/Icon'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import { DocumentPicker } from '@/entities/attachment/DocumentPicker'
import { useText } from '@/lib/i18n'
import { texts as fileTexts } from '../files.texts'
import { texts } from '../i18n'
import type { CalloutKind } from '../nodes'
import type { Addresses } from '../types'
import { useOf } from '../useEditor'
import { LinkDialog } from './LinkDialog'
import type { Pictured } from './PictureDialog'
import styles from './page.module.css'

type Words = ReturnType<typeof useText<(typeof texts)['fr']>>

interface ToolbarProps {
  editor: Editor
  to: Addresses
  /** A new picture of this machine, or what is known of the one that is chosen. */
  onPicture: (of: Pictured) => void
  onComment: () => void
}

/** How what is chosen is written. Arrows move, one stop for the tab key. */
export function Toolbar({ editor, onPicture, onComment }: ToolbarProps) {
  const t = useText(texts)
  const tf = useText(fileTexts)
  const photo = useRef<HTMLInputElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const [linking, setLinking] = useState(false)
  const [picking, setPicking] = useState(false)
  const now = useOf(editor, standing)
  const run = (act: (chain: ChainedCommands) => ChainedCommands) => () => void act(editor.chain().focus()).run()
  const move = (event: KeyboardEvent) => {
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (to === undefined || at < 0) return
    event.preventDefault()
    const next = buttons[(to + buttons.length) % buttons.length]
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1
    next?.focus()
  }
  const toggle = (
    icon: IconType,
    label: string,
    pressed: boolean,
    act: (chain: ChainedCommands) => ChainedCommands,
  ) => (
    <IconButton icon={icon} label={label} aria-pressed={pressed} tabIndex={-1} onMouseDown={keep} onClick={run(act)} />
  )
  return (
    <div ref={bar} role="toolbar" tabIndex={-1} aria-label={t('formatting')} className={styles.tools} onKeyDown={move}>
      <Menu position="bottom-start" items={styleItems(t, run)}>
        <button type="button" className={styles.style} aria-label={t('styleNow', { style: t(now.style) })}>
          {t(now.style)}
          <Icon as={IconChevronDown} size={17} />
        </button>
      </Menu>
      <i className={styles.apart} />
      {toggle(IconBold, t('bold'), now.bold, (chain) => chain.toggleBold())}
      {toggle(IconItalic, t('italic'), now.italic, (chain) => chain.toggleItalic())}
      <IconButton
        icon={IconLink}
        label={t('link')}
        aria-pressed={now.link !== null}
        tabIndex={-1}
        onClick={() => setLinking(true)}
      />
      {toggle(IconList, t('list'), now.list, (chain) => chain.toggleBulletList())}
      {toggle(IconListCheck, t('checklist'), now.checklist, (chain) => chain.toggleTaskList())}
      {now.table ? (
        <Menu position="bottom-start" items={tableItems(t, run)}>
          <IconButton icon={IconTable} label={t('table')} aria-pressed tabIndex={-1} />
        </Menu>
      ) : (
        <IconButton
          icon={IconTable}
          label={t('insertTable')}
          tabIndex={-1}
          onMouseDown={keep}
          onClick={run((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }))}
        />
      )}
      <input
        ref={photo}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={tf('choosePicture')}
        onChange={({ target }) => {
          if (target.files?.[0]) onPicture(target.files[0])
          target.value = ''
        }}
      />
      <IconButton
        icon={IconPhoto}
        label={tf(now.picture ? 'changePicture' : 'addPicture')}
        aria-pressed={now.picture !== null}
        tabIndex={-1}
        onClick={() => (now.picture ? onPicture(now.picture) : photo.current?.click())}
      />
      <IconButton
        icon={IconFileDescription}
        label={t('fromDocuments')}
        tabIndex={-1}
        onClick={() => setPicking(true)}
      />
      <IconButton
        icon={IconMessagePlus}
        label={t('commentChosen')}
        tabIndex={-1}
        onMouseDown={keep}
        onClick={onComment}
      />
      <Menu position="bottom-end" items={moreItems(t, run)}>
        <IconButton icon={IconDots} label={t('more')} tabIndex={-1} />
      </Menu>
      <i className={styles.apart} />
      <IconButton
        icon={IconArrowBackUp}
        label={t('undo')}
        tabIndex={-1}
        onMouseDown={keep}
        onClick={run((chain) => chain.undo())}
      />
      <IconButton
        icon={IconArrowForwardUp}
        label={t('redo')}
        tabIndex={-1}
        onMouseDown={keep}
        onClick={run((chain) => chain.redo())}
      />
      <LinkDialog open={linking} onClose={() => setLinking(false)} editor={editor} href={now.link} />
      <DocumentPicker
        open={picking}
        onClose={() => setPicking(false)}
        onChoose={({ id, name }) =>
          run((chain) => chain.insertContent({ type: 'fileEmbed', attrs: { document_id: id, name } }))()
        }
      />
    </div>
  )
}

/** What is chosen in the text stays chosen. */
const keep = (event: { preventDefault: () => void }) => event.preventDefault()

function standing(editor: Editor) {
  const level = [1, 2, 3].find((one) => editor.isActive('heading', { level: one }))
  const style = level
    ? (`heading${level}` as 'heading1' | 'heading2' | 'heading3')
    : editor.isActive('blockquote')
      ? 'quote'
      : editor.isActive('codeBlock')
        ? 'code'
        : 'text'
  return {
    style: style as 'text' | 'heading1' | 'heading2' | 'heading3' | 'quote' | 'code',
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    link: (editor.getAttributes('link').href as string | undefined) ?? null,
    list: editor.isActive('bulletList'),
    checklist: editor.isActive('taskList'),
    table: editor.isActive('table'),
    picture: editor.isActive('image') ? (editor.getAttributes('image') as { alt: string; width: number | null }) : null,
  }
}

type Run = (act: (chain: ChainedCommands) => ChainedCommands) => () => void

const styleItems = (t: Words, run: Run): MenuItem[] => [
  { label: t('text'), onSelect: run((chain) => chain.setParagraph()) },
  { label: t('heading1'), onSelect: run((chain) => chain.setHeading({ level: 1 })) },
  { label: t('heading2'), onSelect: run((chain) => chain.setHeading({ level: 2 })) },
  { label: t('heading3'), onSelect: run((chain) => chain.setHeading({ level: 3 })) },
  { label: t('quote'), icon: IconBlockquote, apart: true, onSelect: run((chain) => chain.toggleBlockquote()) },
  { label: t('code'), icon: IconSourceCode, onSelect: run((chain) => chain.toggleCodeBlock()) },
]

const tableItems = (t: Words, run: Run): MenuItem[] => [
  { label: t('rowAbove'), onSelect: run((chain) => chain.addRowBefore()) },
  { label: t('rowBelow'), onSelect: run((chain) => chain.addRowAfter()) },
  { label: t('columnBefore'), onSelect: run((chain) => chain.addColumnBefore()) },
  { label: t('columnAfter'), onSelect: run((chain) => chain.addColumnAfter()) },
  { label: t('headerRow'), onSelect: run((chain) => chain.toggleHeaderRow()) },
  { label: t('deleteRow'), apart: true, danger: true, onSelect: run((chain) => chain.deleteRow()) },
  { label: t('deleteColumn'), danger: true, onSelect: run((chain) => chain.deleteColumn()) },
  { label: t('deleteTable'), danger: true, onSelect: run((chain) => chain.deleteTable()) },
]

const callout = (kind: CalloutKind) => (chain: ChainedCommands) =>
  chain.insertContent({ type: 'callout', attrs: { kind }, content: [{ type: 'paragraph' }] })

const moreItems = (t: Words, run: Run): MenuItem[] => [
  { label: t('numbered'), icon: IconListNumbers, onSelect: run((chain) => chain.toggleOrderedList()) },
  { label: t('underline'), icon: IconUnderline, onSelect: run((chain) => chain.toggleUnderline()) },
  { label: t('strike'), icon: IconStrikethrough, onSelect: run((chain) => chain.toggleStrike()) },
  { label: t('inlineCode'), icon: IconCode, onSelect: run((chain) => chain.toggleCode()) },
  { label: t('calloutInfo'), icon: IconInfoCircle, apart: true, onSelect: run(callout('info')) },
  { label: t('calloutWarning'), icon: IconAlertTriangle, onSelect: run(callout('warning')) },
  { label: t('calloutSuccess'), icon: IconCircleCheck, onSelect: run(callout('success')) },
  { label: t('rule'), icon: IconSeparatorHorizontal, apart: true, onSelect: run((chain) => chain.setHorizontalRule()) },
  { label: t('mention'), icon: IconAt, onSelect: run((chain) => chain.insertContent('@')) },
]
