import { IconMailX } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { Icon } from '@/components/Icon'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './overview.module.css'

const deliveriesQuery = queryOptions({
  queryKey: ['admin', 'mail-deliveries'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/mail-deliveries', { signal })),
})

/** That mails do not leave, where some do not. */
export function MailTrouble() {
  const t = useText(texts)
  const { data } = useQuery({ ...deliveriesQuery, enabled: useMember().abilities.includes('administer') })
  if (data === undefined || (data.put_off === 0 && data.given_up === 0)) return null
  return (
    <section className={styles.trouble} aria-label={t('mail')}>
      <Icon as={IconMailX} size={24} />
      <div>
        {data.put_off > 0 && <p>{t('putOff', { count: data.put_off })}</p>}
        {data.given_up > 0 && <p>{t('givenUp', { count: data.given_up })}</p>}
        <p>{t('mailWhy')}</p>
      </div>
    </section>
  )
}
