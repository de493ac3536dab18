import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useProvedMutation } from '@/entities/session/proof'
import { useText } from '@/lib/i18n'
import { type AuthorizationQuery, authorizationRequest, authorize } from '../consent'
import { texts } from '../consent.texts'
import styles from './account.module.css'
import { DoorClosed } from './DoorStates'

interface ConsentProps {
  /** The query of this page's address, as the application wrote it. */
  request: AuthorizationQuery
  memberName: string
  homeAddress: string
  /** Sends the browser out of here. */
  onLeave: (url: string) => void
}

/** Where a member lets an application act in his name, or not. */
export function Consent({ request, memberName, homeAddress, onLeave }: ConsentProps) {
  const t = useText(texts)
  const { data: asked, error } = useQuery(authorizationRequest(request))
  const allow = useProvedMutation({ mutationFn: () => authorize(request), onSuccess: (to) => onLeave(to.redirect_url) })
  const deny = useMutation({ mutationFn: async (url: string) => onLeave(url) })

  // The server gives an address for a refusal only when it knows both the application and the address as its own.
  const refusedAt = asked?.status === 'refused' ? asked.redirect_url : null
  useEffect(() => {
    if (refusedAt !== null) onLeave(refusedAt)
  }, [refusedAt, onLeave])

  if (error) {
    return (
      <DoorClosed title={t('wrongTitle')} way={{ to: homeAddress, label: t('toHome') }}>
        {`${messageOf(error)} ${t('wrongText')}`}
      </DoorClosed>
    )
  }
  if (!asked) return <LoadingSlab />
  if (asked.status === 'refused' || allow.isSuccess || deny.isSuccess) {
    return <EntranceTitle>{t('leaving')}</EntranceTitle>
  }
  return (
    <>
      <EntranceTitle
        lead={
          <>
            {t('lead', { client: asked.client.name })} {t.rich('asker', { name: <b>{memberName}</b> })}
          </>
        }
      >
        {t('title', { client: asked.client.name })}
      </EntranceTitle>
      <FormError>{allow.error && messageOf(allow.error)}</FormError>
      <h2 className={styles.label}>{t('may')}</h2>
      <ul className={styles.scopes}>
        {asked.scopes.map(({ name, description }) => (
          <li key={name}>
            <Icon as={IconCheck} />
            {description}
          </li>
        ))}
      </ul>
      <div className={styles.pair}>
        <Button size="large" busy={allow.isPending} onClick={() => allow.mutate()}>
          {t('allow')}
        </Button>
        <Button size="large" look="secondary" onClick={() => deny.mutate(asked.denied_url)}>
          {t('deny')}
        </Button>
      </div>
      <p className={styles.aside}>{t('later')}</p>
    </>
  )
}
