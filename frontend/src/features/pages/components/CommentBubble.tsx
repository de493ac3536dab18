import { IconMessagePlus } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { useText } from '@/lib/i18n'
import { texts } from '../threadTexts'
import { useOf } from '../useEditor'
import styles from './threads.module.css'

interface CommentBubbleProps {
  editor: Editor
  /** Nothing is being said yet. */
  isFree: boolean
  onComment: () => void
}

/** Below what is chosen, the way to comment it; and by `Ctrl Alt M`. */
export function CommentBubble({ editor, isFree, onComment }: CommentBubbleProps) {
  const t = useText(texts)
  const chosen = useOf(editor, ({ state: { selection } }) => (selection.empty ? null : [selection.from, selection.to]))
  const [, setScrolled] = useState(0)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== 'KeyM') return
    event.preventDefault()
    onComment()
  })
  useEffect(() => {
    const scrolled = () => setScrolled((times) => times + 1)
    document.addEventListener('keydown', press)
    document.addEventListener('scroll', scrolled, { capture: true, passive: true })
    return () => {
      document.removeEventListener('keydown', press)
      document.removeEventListener('scroll', scrolled, { capture: true })
    }
  }, [])
  if (!isFree || !chosen) return null
  const { left, bottom } = editor.view.coordsAtPos(chosen[1] ?? 0)
  return (
    <div
      className={styles.bubble}
      style={{ left: Math.max(8, Math.min(left - 40, innerWidth - 160)), top: bottom + 6 }}
    >
      <Button
        look="secondary"
        size="small"
        icon={IconMessagePlus}
        title="Ctrl Alt M"
        onMouseDown={(event) => event.preventDefault()}
        onClick={onComment}
      >
        {t('comment')}
      </Button>
    </div>
  )
}
