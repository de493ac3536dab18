import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Dialog } from '@/components/overlays/Dialog'
import { showToast } from '@/components/toast/toasts'
import { CONVERSATIONS, conversationsQuery } from '@/entities/conversation/queries'
import { ReportDialog } from '@/entities/report/ReportDialog'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useDeleteMessage, useForward } from '../mutations'
import { nameOf } from '../names'
import { revisionsQuery } from '../queries'
import type { Message } from '../types'
import logs from './log.module.css'
import { MessageText } from './MessageText'
import styles from './panels.module.css'

/** What is asked before something is done with a message. */
export interface Question {
  what: 'delete' | 'forward' | 'history' | 'report'
  message: Message
}

interface AskedProps {
  question: Question | undefined
  isChannel: boolean
  onClose: () => void
}

/** The dialogs of one message. */
export function Asked({ question, isChannel, onClose }: AskedProps) {
  const t = useText(texts)
  const remove = useDeleteMessage()
  if (question === undefined) return null
  const { what, message } = question
  if (what === 'forward') return <Forwarding message={message} onClose={onClose} />
  if (what === 'history') return <History message={message} onClose={onClose} />
  if (what === 'report') return <ReportDialog open onClose={onClose} messageId={message.id} isPrivate={!isChannel} />
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('deleteTitle')}
      confirm={t('delete')}
      danger
      onConfirm={() => remove.mutateAsync(message)}
    >
      {t('deleteText')}
    </ConfirmDialog>
  )
}

const MOST = 10

function Forwarding({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText(texts)
  const cache = useQueryClient()
  const list = useInfiniteQuery(conversationsQuery())
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [clients] = useState(() => new Map<string, string>())
  const forward = useForward(message)
  const send = () => {
    if (chosen.length === 0 || forward.isPending) return
    const idOf = (id: string) => clients.get(id) ?? (clients.set(id, crypto.randomUUID()).get(id) as string)
    forward.mutate(
      { conversation_ids: [...chosen], client_ids: chosen.map(idOf) },
      {
        onSuccess: () => {
          void cache.invalidateQueries({ queryKey: CONVERSATIONS })
          showToast({ text: t('forwarded') })
          onClose()
        },
      },
    )
  }
  const turn = (id: string, on: boolean) =>
    setChosen((now) => (on ? [...now, id].slice(0, MOST) : now.filter((one) => one !== id)))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('forwardTitle')}
      width={440}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={forward.isPending} onClick={send}>
            {t('forward')}
          </Button>
        </>
      }
    >
      <FormError>{forward.error && messageOf(forward.error)}</FormError>
      <Loaded query={list}>
        {(all) => (
          <fieldset className={styles.choices}>
            <legend>{t('forwardTo')}</legend>
            {all
              .filter(({ abilities }) => abilities.includes('post'))
              .map((one) => (
                <Checkbox
                  key={one.id}
                  label={nameOf(one, t)}
                  checked={chosen.includes(one.id)}
                  onChange={({ target }) => turn(one.id, target.checked)}
                />
              ))}
          </fieldset>
        )}
      </Loaded>
    </Dialog>
  )
}

function History({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText(texts)
  const member = useMember()
  const list = useQuery(revisionsQuery(message.id))
  return (
    <Dialog open onClose={onClose} title={t('history')} width={640}>
      <Loaded query={list}>
        {(revisions) => (
          <ol className={styles.revisions}>
            {revisions.map((one) => (
              <li key={one.version}>
                <p className={logs.told}>
                  {t('until')} <Moment at={one.until} />
                </p>
                <MessageText html={one.html} viewerId={member.id} />
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  )
}
