import { useInfiniteQuery } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { useReading } from '@/entities/notification/useReading'
import { PersonChip } from '@/entities/person/PersonChip'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useAnswerRequest } from '../mutations'
import { type Community, type JoinRequest, requestsQuery } from '../queries'
import styles from './community.module.css'

/** Who asks to be let in, for those who run the community: nothing when nobody does. */
export function Requests({ community, addressOf }: { community: Community; addressOf: (id: string) => string }) {
  const t = useText(texts)
  const list = useInfiniteQuery(requestsQuery(community.id))
  useReading(community.id, 'requests', list.isSuccess)
  if (list.error) return <FormError>{messageOf(list.error)}</FormError>
  if (!list.data?.length) return null
  return (
    <Slab title={t('requests')}>
      <ul className={styles.rows}>
        {list.data.map((request) => (
          <RequestRow
            key={request.person.id}
            communityId={community.id}
            request={request}
            to={addressOf(request.person.id)}
          />
        ))}
      </ul>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={null}
        onMore={() => void list.fetchNextPage()}
      />
    </Slab>
  )
}

function RequestRow({ communityId, request, to }: { communityId: string; request: JoinRequest; to: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const answer = useAnswerRequest(communityId)
  const { id, name } = request.person
  const give = (accepted: boolean) => answer.isPending || answer.mutate({ memberId: id, accepted })
  return (
    <li>
      <PersonChip person={request.person} to={to} />
      <small>{t('askedOn', { date: formatDate(request.created_at, language) })}</small>
      <span className={styles.buttons}>
        <Button size="small" aria-label={t('letInName', { name })} busy={answer.isPending} onClick={() => give(true)}>
          {t('letIn')}
        </Button>
        <Button
          look="secondary"
          size="small"
          aria-label={t('leaveOutName', { name })}
          disabled={answer.isPending}
          onClick={() => give(false)}
        >
          {t('leaveOut')}
        </Button>
      </span>
      {request.message && <p className={styles.words}>{request.message}</p>}
      <FormError>{answer.error && messageOf(answer.error)}</FormError>
    </li>
  )
}
