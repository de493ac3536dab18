import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useStartConversation } from '../mutations'
import type { Person } from '../types'
import { PeopleField } from './PeopleField'
import styles from './panels.module.css'

interface NewConversationProps {
  open: boolean
  onClose: () => void
  onStarted: (id: string) => void
}

/** With whom one begins to talk: one person, or some together. */
export function NewConversation({ open, onClose, onStarted }: NewConversationProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('newConversation')}>
      <Starting onStarted={onStarted} />
    </Dialog>
  )
}

function Starting({ onStarted }: Pick<NewConversationProps, 'onStarted'>) {
  const t = useText(texts)
  const [kind, setKind] = useState<'direct' | 'group'>('direct')
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const [lacks, setLacks] = useState(false)
  const start = useStartConversation()
  const errors = formErrors(start.error, ['member_id', 'member_ids', 'name'])
  const send = (name: string) => {
    const [first] = chosen
    setLacks(first === undefined)
    if (first === undefined || start.isPending) return
    start.mutate(
      kind === 'direct'
        ? { kind, member_id: first.id, name: '', history: 'all' }
        : { kind, member_ids: chosen.map(({ id }) => id), name, history: 'all' },
      { onSuccess: ({ id }) => onStarted(id) },
    )
  }
  const error = errors.fields.member_id ?? errors.fields.member_ids
  return (
    <Form error={errors.form} failure={start.error} onSubmit={(values) => send(values('name').trim())}>
      <div className={styles.form}>
        <Pills
          label={t('newConversation')}
          options={[
            { value: 'direct', label: t('toPerson') },
            { value: 'group', label: t('toGroup') },
          ]}
          value={kind}
          onChange={(next) => {
            setKind(next)
            setChosen((now) => (next === 'direct' ? now.slice(0, 1) : now))
          }}
        />
        <PeopleField
          label={t('whom')}
          chosen={chosen}
          onChange={setChosen}
          single={kind === 'direct'}
          error={lacks && chosen.length === 0 ? t('chooseSomebody') : error}
        />
        {kind === 'group' && (
          <TextField label={t('groupName')} name="name" maxLength={80} optional error={errors.fields.name} />
        )}
        <div className={styles.buttons}>
          <Button type="submit" busy={start.isPending}>
            {t('start')}
          </Button>
        </div>
      </div>
    </Form>
  )
}
