import { IconEdit } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { EmptyState } from '@/components/states/EmptyState'
import { conversationsQuery } from '@/entities/conversation/queries'
import { useText } from '@/lib/i18n'
import { useSoon } from '@/lib/soon'
import { useTitle } from '@/lib/title'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { ordered } from '../list'
import { nameOf } from '../names'
import { ConversationList } from './ConversationList'
import styles from './chat.module.css'
import { NewConversation } from './NewConversation'

interface MessagesProps {
  /** The conversation that is open beside the list. */
  openId: string | undefined
  to: Addresses
  onOpen: (id: string) => void
  children: ReactNode
}

/** The list, and beside it the conversation that is open, which is drawn first. Alt and the arrows go from one to the next. */
export function Messages({ openId, to, onOpen, children }: MessagesProps) {
  const t = useText(texts)
  useTitle(t('messages'))
  const [starting, setStarting] = useState(false)
  const isSoon = useSoon()
  useNeighbours(openId, onOpen)
  return (
    <div className={styles.chat} data-in-room={openId !== undefined || undefined}>
      {openId === undefined || isSoon ? (
        <ConversationList to={to} isPage={openId === undefined} onNew={() => setStarting(true)} />
      ) : (
        <div className={styles.list} />
      )}
      {openId === undefined ? (
        <div className={styles.empty}>
          <EmptyState
            title={t('choose')}
            action={
              <Button look="secondary" icon={IconEdit} onClick={() => setStarting(true)}>
                {t('newConversation')}
              </Button>
            }
          >
            {t('chooseText')}
          </EmptyState>
        </div>
      ) : (
        children
      )}
      <NewConversation
        open={starting}
        onClose={() => setStarting(false)}
        onStarted={(id) => {
          setStarting(false)
          onOpen(id)
        }}
      />
    </div>
  )
}

function useNeighbours(openId: string | undefined, onOpen: (id: string) => void) {
  const t = useText(texts)
  const list = useInfiniteQuery(conversationsQuery()).data
  const go = useRef<(by: number) => void>(undefined)
  go.current = (by) => {
    const { rooms, people } = ordered(list ?? [], '', (one) => nameOf(one, t))
    const ids = [...rooms, ...people].map(({ id }) => id)
    const at = openId === undefined ? (by > 0 ? -1 : ids.length) : ids.indexOf(openId)
    const next = ids[at + by]
    if (next !== undefined) onOpen(next)
  }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (by === undefined || !event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      go.current?.(by)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
