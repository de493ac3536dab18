import type { Editor } from '@tiptap/core'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import { createRelativePositionFromJSON } from 'yjs'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { useText } from '@/lib/i18n'
import type { Pointed } from '../carets'
import { titleAt, titlesOf } from '../headings'
import { texts } from '../i18n'
import type { PageSession } from '../session'
import type { Person } from '../types'
import { useOf } from '../useEditor'
import styles from './page.module.css'

interface OutlineProps {
  editor: Editor
  session: PageSession
  people: readonly Person[]
  memberId: string
  /** Somewhere was gone to. */
  onGone?: () => void
}

/** The titles of the page, and who is where. */
export function Outline({ editor, session, people, memberId, onGone }: OutlineProps) {
  const t = useText(texts)
  const titles = useOf(editor, ({ state }) => titlesOf(state.doc))
  const current = useOf(editor, ({ state }) => titleAt(titlesOf(state.doc), state.selection.head + 1)?.position)
  const pointed = useOf(editor, () => whereabouts(editor, session))
  const go = (position: number) => {
    editor.commands.focus(position + 1, { scrollIntoView: false })
    const title = editor.view.nodeDOM(position)
    if (title instanceof HTMLElement) title.scrollIntoView({ block: 'start', behavior: 'smooth' })
    onGone?.()
  }
  const ordered = [...people.filter(({ id }) => id !== memberId), ...people.filter(({ id }) => id === memberId)]
  return (
    <div className={styles.outline}>
      <nav aria-label={t('outlineOf')}>
        <h2>{t('outline')}</h2>
        {titles.length === 0 && <p>{t('noTitles')}</p>}
        <ul>
          {titles.map(({ text, level, position }) => (
            <li key={position}>
              <button
                type="button"
                data-level={level}
                aria-current={position === current || undefined}
                onClick={() => go(position)}
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {ordered.length > 0 && (
        <section aria-label={t('now')}>
          <h2>{t('now')}</h2>
          <ul>
            {ordered.map((person) => {
              const mine = person.id === memberId
              const place = mine ? { title: titles.find((one) => one.position === current)?.text } : pointed[person.id]
              return (
                <li key={person.id}>
                  <PersonAvatar {...person} size={34} photo={person.avatar?.small} presence="online" />
                  <span>
                    {mine ? t('you') : person.name}
                    <small>{place ? (place.title ?? t('atTop')) : t('reading')}</small>
                  </span>
                  <i data-colour={mine ? 'mine' : pointed[person.id]?.colour} aria-hidden="true" />
                </li>
              )
            })}
          </ul>
        </section>
      )}
    </div>
  )
}

/** Under which title each of the others writes, by member. */
function whereabouts({ state }: Editor, { awareness, document }: PageSession) {
  const sync = ySyncPluginKey.getState(state)
  const titles = titlesOf(state.doc)
  const places: Record<string, { title: string | undefined; colour: number }> = {}
  for (const [clientId, said] of awareness.getStates()) {
    const { member_id, cursor, color } = said as Partial<Pointed>
    if (clientId === document.clientID || !member_id || !cursor || !sync?.binding) continue
    const head = createRelativePositionFromJSON(cursor.head)
    const at = relativePositionToAbsolutePosition(document, sync.type, head, sync.binding.mapping)
    if (at !== null) places[member_id] = { title: titleAt(titles, at)?.text, colour: color ?? 0 }
  }
  return places
}
