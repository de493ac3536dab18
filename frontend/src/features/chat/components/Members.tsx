import { IconUserMinus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import { FormError } from '@/components/forms/FormError'
import { LoadMore } from '@/components/LoadMore'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { PersonChip } from '@/entities/person/PersonChip'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { useAddPeople, useRemovePerson } from '../mutations'
import { membersQuery } from '../queries'
import type { Conversation, Person } from '../types'
import { PeopleField } from './PeopleField'
import styles from './panels.module.css'

interface MembersProps {
  conversation: Conversation
  here: ReadonlySet<string>
  to: Addresses
}

/** Who is in a conversation; who may adds and removes. */
export function Members({ conversation, here, to }: MembersProps) {
  const t = useText(texts)
  const member = useMember()
  const { id, people, abilities } = conversation
  const list = useInfiniteQuery(membersQuery(id))
  const [leaving, setLeaving] = useState<Person>()
  const remove = useRemovePerson(id)
  return (
    <section aria-label={t('membersTitle')}>
      <h3>{t('members', { count: people })}</h3>
      {abilities.includes('add') && <Adding conversationId={id} />}
      <Loaded query={list}>
        {(members) => (
          <ul className={styles.plain}>
            {members.map(({ person, runs }) => (
              <li key={person.id} className={styles.person}>
                <PersonChip person={person} to={to.person(person.id)} size={34} />
                {here.has(person.id) && <small className={styles.muted}>{t('hereNow')}</small>}
                {runs && <Chip look="line">{t('runs')}</Chip>}
                {abilities.includes('remove') && person.id !== member.id && (
                  <IconButton
                    icon={IconUserMinus}
                    label={t('removePerson', { name: person.name })}
                    onClick={() => setLeaving(person)}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
      <ConfirmDialog
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('removeTitle', { name: leaving?.name ?? '' })}
        confirm={t('remove')}
        danger
        onConfirm={async () => leaving && remove.mutateAsync(leaving.id)}
      >
        {t('removeText')}
      </ConfirmDialog>
    </section>
  )
}

function Adding({ conversationId }: { conversationId: string }) {
  const t = useText(texts)
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const add = useAddPeople(conversationId)
  const send = () => {
    if (chosen.length > 0 && !add.isPending)
      add.mutate(
        chosen.map(({ id }) => id),
        { onSuccess: () => setChosen([]) },
      )
  }
  return (
    <div className={styles.form}>
      <FormError>{add.error && messageOf(add.error)}</FormError>
      <PeopleField label={t('add')} chosen={chosen} onChange={setChosen} />
      {chosen.length > 0 && (
        <Button size="small" busy={add.isPending} onClick={send}>
          {t('addGo')}
        </Button>
      )}
    </div>
  )
}
