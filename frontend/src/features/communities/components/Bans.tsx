import { useInfiniteQuery } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useLiftBan } from '../mutations'
import { type Ban, bansQuery, type Community } from '../queries'
import styles from './community.module.css'

/** Who is kept out of a community, for those who run it: nothing when nobody is. */
export function Bans({ community }: { community: Community }) {
  const t = useText(texts)
  const list = useInfiniteQuery(bansQuery(community.id))
  if (list.error) return <FormError>{messageOf(list.error)}</FormError>
  if (!list.data?.length) return null
  return (
    <Slab title={t('bans')}>
      <p className={styles.lead}>{t('bansText')}</p>
      <ul className={styles.rows}>
        {list.data.map((ban) => (
          <BanRow key={ban.id} communityId={community.id} ban={ban} />
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

function BanRow({ communityId, ban: { id, name, reason, at } }: { communityId: string; ban: Ban }) {
  const t = useText(texts)
  const language = useLanguage()
  const lift = useLiftBan(communityId)
  return (
    <li>
      <b>{name}</b>
      <small>{t('bannedOn', { date: formatDate(at, language) })}</small>
      <span className={styles.buttons}>
        <Button
          look="secondary"
          size="small"
          aria-label={t('liftBanOf', { name })}
          busy={lift.isPending}
          onClick={() => lift.mutate(id)}
        >
          {t('liftBan')}
        </Button>
      </span>
      {reason && <p className={styles.words}>{reason}</p>}
      <FormError>{lift.error && messageOf(lift.error)}</FormError>
    </li>
  )
}
