import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { FormError } from '@/components/forms/FormError'
import { EmptyState } from '@/components/states/EmptyState'
import { PersonChip } from '@/entities/person/PersonChip'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useMentorshipAct } from '../mutations'
import { type Mentorship, mentorshipsQuery, type Side } from '../queries'
import { Rows } from './Lists'
import styles from './ties.module.css'
import { WordsDialog } from './WordsDialog'

/** The reader's exchanges, as mentor or as mentee. */
export function Mentorships({ side, addressOf }: { side: Side; addressOf: (id: string) => string }) {
  const t = useText(texts)
  const list = useInfiniteQuery(mentorshipsQuery(side))
  const mentors = side === 'mentor'
  const empty = (
    <EmptyState title={t(mentors ? 'noMentor' : 'noMentee')}>{t(mentors ? 'noMentorText' : 'noMenteeText')}</EmptyState>
  )
  return (
    <Rows list={list} empty={empty}>
      {(mentorship) => <Row key={mentorship.id} mentorship={mentorship} addressOf={addressOf} />}
    </Rows>
  )
}

function Row({ mentorship, addressOf }: { mentorship: Mentorship; addressOf: (id: string) => string }) {
  const t = useText(texts)
  const language = useLanguage()
  const act = useMentorshipAct()
  const [answering, setAnswering] = useState<'accept' | 'decline'>()
  const { id, version, person, abilities, side, state, message, answer, asked_at } = mentorship
  const name = person?.name ?? t('somebody')
  const mentors = side === 'mentor'
  return (
    <li>
      {person ? <PersonChip person={person} to={addressOf(person.id)} /> : <b>{name}</b>}
      <small>
        {t('askedOn', { date: formatDate(asked_at, language) })}{' '}
        <Chip look={state === 'asked' ? 'soft' : 'line'}>{t(`state_${state}`)}</Chip>
      </small>
      <span className={styles.acts}>
        {abilities.includes('accept') && (
          <Button size="small" aria-label={t('acceptOne', { name })} onClick={() => setAnswering('accept')}>
            {t('accept')}
          </Button>
        )}
        {abilities.includes('decline') && (
          <Button
            look="secondary"
            size="small"
            aria-label={t('declineOne', { name })}
            onClick={() => setAnswering('decline')}
          >
            {t('decline')}
          </Button>
        )}
        {(['withdraw', 'end'] as const)
          .filter((one) => abilities.includes(one))
          .map((one) => (
            <Button
              key={one}
              look="secondary"
              size="small"
              aria-label={t(`${one}One`, { name })}
              busy={act.isPending}
              onClick={() => act.mutate({ id, version, act: one })}
            >
              {t(one)}
            </Button>
          ))}
      </span>
      <dl className={styles.words}>
        <dt>{t(mentors ? 'theirWords' : 'yourWords')}</dt>
        <dd>{message}</dd>
        {answer && (
          <>
            <dt>{t(mentors ? 'yourAnswer' : 'theirAnswer')}</dt>
            <dd>{answer}</dd>
          </>
        )}
      </dl>
      {!answering && act.error && <FormError>{messageOf(act.error)}</FormError>}
      <WordsDialog
        open={answering !== undefined}
        onClose={() => setAnswering(undefined)}
        title={t('answerTitle', { name })}
        label={t('answerWords')}
        confirm={t(answering ?? 'accept')}
        optional
        longest={1000}
        field="answer"
        busy={act.isPending}
        failure={act.error}
        onSend={(words) =>
          answering && act.mutate({ id, version, act: answering, words }, { onSuccess: () => setAnswering(undefined) })
        }
      />
    </li>
  )
}
