import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { formErrors, messageOf } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Form } from '@/components/forms/Form'
import { FormError } from '@/components/forms/FormError'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { type Person, PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useInvitePeople } from '../mutations'
import { peopleToInviteQuery } from '../queries'
import styles from './community.module.css'

const MOST = 50

/** Invites members of the organisation by name; each gets a mail, and finds the invitation waiting. */
export function InvitePeople({ communityId }: { communityId: string }) {
  const t = useText(texts)
  const once = useOnce()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const [message, setMessage] = useState('')
  const found = useQuery(peopleToInviteQuery(useDeferredValue(words.trim())))
  const invite = useInvitePeople(communityId)
  const errors = formErrors(invite.error, ['message'])
  const draft = { member_ids: chosen.map((person) => person.id), message: message.trim() }
  const left = found.data?.filter((person) => !chosen.some((one) => one.id === person.id)) ?? []
  const empty = () => {
    setChosen([])
    setMessage('')
  }
  const send = () =>
    chosen.length === 0 || invite.isPending || invite.mutate({ draft, once: once(draft) }, { onSuccess: empty })
  return (
    <Form error={errors.form} failure={invite.error} onSubmit={send}>
      <div className={styles.stack}>
        <h3>{t('byName')}</h3>
        <p>{t('byNameText')}</p>
        <TextField
          type="search"
          label={t('personToInvite')}
          value={words}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
        <FormError>{found.error && messageOf(found.error)}</FormError>
        <ul className={styles.found} aria-label={t('peopleFound')}>
          {left.map((person) => (
            <li key={person.id}>
              <PersonChip person={person} size={32} />
              <Button
                size="small"
                look="secondary"
                aria-label={t('chooseName', { name: person.name })}
                disabled={chosen.length >= MOST}
                onClick={() => {
                  setChosen([...chosen, person])
                  setWords('')
                }}
              >
                {t('choose')}
              </Button>
            </li>
          ))}
        </ul>
        {found.isSuccess && words.trim() !== '' && left.length === 0 && <p role="status">{t('nobodyFound')}</p>}
        {chosen.length > 0 && (
          <>
            <ul className={styles.found} aria-label={t('peopleChosen')}>
              {chosen.map((person) => (
                <li key={person.id}>
                  <PersonChip person={person} size={32} />
                  <IconButton
                    icon={IconX}
                    label={t('doNotInvite', { name: person.name })}
                    onClick={() => setChosen(chosen.filter((one) => one.id !== person.id))}
                  />
                </li>
              ))}
            </ul>
            <TextArea
              label={t('inviteMessage')}
              optional
              value={message}
              error={errors.fields.message}
              maxLength={500}
              onChange={(event) => setMessage(event.target.value)}
            />
            <p className={styles.buttons}>
              <Button type="submit" busy={invite.isPending}>
                {t('invitePeople', { count: chosen.length })}
              </Button>
            </p>
          </>
        )}
        {invite.data && chosen.length === 0 && (
          <p role="status">
            {invite.data.member_ids.length > 0
              ? t('peopleInvited', { count: invite.data.member_ids.length })
              : t('nobodyInvited')}
          </p>
        )}
      </div>
    </Form>
  )
}
