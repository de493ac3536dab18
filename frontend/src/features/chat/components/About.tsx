import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formErrors, messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { FormError } from '@/components/forms/FormError'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { useChangeConversation, useDeleteConversation, useJoin } from '../mutations'
import type { Conversation } from '../types'
import styles from './panels.module.css'

interface AboutProps {
  conversation: Conversation
  to: Addresses
  onGone: () => void
}

/** What a conversation is about and where it belongs; who may changes it, closes it or ends it. */
export function About({ conversation, to, onGone }: AboutProps) {
  const t = useText(texts)
  const { id, about, community, abilities, archived_at: archived } = conversation
  const [asked, setAsked] = useState<'archive' | 'delete'>()
  const change = useChangeConversation(conversation)
  const remove = useDeleteConversation()
  const join = useJoin()
  const close = () => setAsked(undefined)
  if (!about && !community && !abilities.some((one) => one === 'edit' || one === 'archive' || one === 'join'))
    return null
  return (
    <section aria-label={t('about')} className={styles.form}>
      <h3>{t('about')}</h3>
      {community && <Link to={to.community(community.id)}>{community.name}</Link>}
      {about && !abilities.includes('edit') && <p>{about}</p>}
      {abilities.includes('edit') && <Editing key={conversation.version} conversation={conversation} />}
      <FormError>{change.error && messageOf(change.error)}</FormError>
      <div className={styles.buttons}>
        {abilities.includes('join') && (
          <Button size="small" busy={join.isPending} onClick={() => join.mutate(id)}>
            {t('join')}
          </Button>
        )}
        {abilities.includes('archive') && (
          <Button
            look="secondary"
            size="small"
            onClick={() => (archived ? change.mutate({ archived: false }) : setAsked('archive'))}
          >
            {t(archived ? 'unarchive' : 'archive')}
          </Button>
        )}
        {abilities.includes('delete') && (
          <Button look="danger" size="small" onClick={() => setAsked('delete')}>
            {t('deleteConversation')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asked === 'archive'}
        onClose={close}
        title={t('archiveTitle')}
        confirm={t('archive')}
        onConfirm={() => change.mutateAsync({ archived: true })}
      >
        {t('archiveText')}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'delete'}
        onClose={close}
        title={t('deleteConversationTitle')}
        confirm={t('deleteConversation')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync(id)
          onGone()
        }}
      >
        {t('deleteConversationText')}
      </ConfirmDialog>
    </section>
  )
}

function Editing({ conversation }: { conversation: Conversation }) {
  const t = useText(texts)
  const { name, about, history, kind, access } = conversation
  const [read, setRead] = useState(history)
  const change = useChangeConversation(conversation)
  const errors = formErrors(change.error, ['name', 'about'])
  return (
    <Form
      error={errors.form}
      failure={change.error}
      onSubmit={(values) =>
        change.isPending ||
        change.mutate({
          name: values('name').trim(),
          about: values('about').trim(),
          ...(read !== history && { history: read }),
        })
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('name')}
          name="name"
          defaultValue={name ?? ''}
          maxLength={80}
          optional={kind === 'group'}
          error={errors.fields.name}
        />
        <TextArea
          label={t('aboutField')}
          name="about"
          rows={2}
          defaultValue={about}
          maxLength={1000}
          optional
          error={errors.fields.about}
        />
        {access === 'invited' && (
          <SelectField
            label={t('historyChoice')}
            options={[
              { value: 'all', label: t('historyAll') },
              { value: 'since_joined', label: t('historySince') },
            ]}
            value={read}
            onChange={setRead}
          />
        )}
        <Result>{change.isSuccess && t('changed')}</Result>
        <Button type="submit" look="secondary" size="small" busy={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  )
}
