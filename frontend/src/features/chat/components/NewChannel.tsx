import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useCreateChannel } from '../mutations'
import type { Conversation, Person } from '../types'
import { PeopleField } from './PeopleField'
import styles from './panels.module.css'

interface NewChannelProps {
  open: boolean
  onClose: () => void
  communityId: string
  onCreated: (id: string) => void
}

/** A new room of a community: what it is called, who may enter, what newcomers read. */
export function NewChannel({ open, onClose, communityId, onCreated }: NewChannelProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('newChannel')}>
      <Creating communityId={communityId} onCreated={onCreated} />
    </Dialog>
  )
}

function Creating({ communityId, onCreated }: Pick<NewChannelProps, 'communityId' | 'onCreated'>) {
  const t = useText(texts)
  const [access, setAccess] = useState<Conversation['access']>('community')
  const [history, setHistory] = useState<Conversation['history']>('all')
  const [people, setPeople] = useState<readonly Person[]>([])
  const once = useOnce()
  const create = useCreateChannel(communityId)
  const errors = formErrors(create.error, ['name', 'about', 'member_ids'])
  const send = (name: string, about: string) => {
    if (create.isPending) return
    const draft = {
      name,
      about,
      access,
      history: access === 'community' ? ('all' as const) : history,
      member_ids: access === 'community' ? [] : people.map(({ id }) => id),
    }
    create.mutate({ ...draft, once: once(draft) }, { onSuccess: ({ id }) => onCreated(id) })
  }
  return (
    <Form
      error={errors.form}
      failure={create.error}
      onSubmit={(values) => send(values('name').trim(), values('about').trim())}
    >
      <div className={styles.form}>
        <TextField label={t('name')} name="name" maxLength={80} error={errors.fields.name} data-autofocus />
        <TextArea label={t('aboutField')} name="about" rows={2} maxLength={1000} optional error={errors.fields.about} />
        <ChoiceGroup
          legend={t('access')}
          options={[
            { value: 'community', label: t('accessCommunity') },
            { value: 'invited', label: t('accessInvited') },
          ]}
          value={access}
          onChange={setAccess}
        />
        {access === 'invited' && (
          <>
            <PeopleField label={t('add')} chosen={people} onChange={setPeople} error={errors.fields.member_ids} />
            <SelectField
              label={t('historyChoice')}
              options={[
                { value: 'all', label: t('historyAll') },
                { value: 'since_joined', label: t('historySince') },
              ]}
              value={history}
              onChange={setHistory}
            />
          </>
        )}
        <div className={styles.buttons}>
          <Button type="submit" busy={create.isPending}>
            {t('newChannel')}
          </Button>
        </div>
      </div>
    </Form>
  )
}
