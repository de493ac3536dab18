import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer, api } from '@/api/client'
import { Loaded } from '@/api/Loaded'
import { isProblem, messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './notifications.module.css'

const unsubscriptionQuery = (token: string) =>
  queryOptions({
    queryKey: ['unsubscription', token],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/unsubscriptions/{token}', { params: { path: { token } }, signal })),
    retry: false,
  })

interface UnsubscribingProps {
  token: string
  settingsAddress: string
}

/** From the foot of a mail: what it is about, and a click that ends it. Opening it changes nothing. */
export function Unsubscribing({ token, settingsAddress }: UnsubscribingProps) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const found = useQuery(unsubscriptionQuery(token))
  const leave = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/unsubscriptions/{token}', { params: { path: { token } } })),
    onSuccess: (left) => queryClient.setQueryData(unsubscriptionQuery(token).queryKey, left),
  })
  useFocusOnStep(found.data?.left)
  if (isProblem(found.error) && found.error.status === 404)
    return (
      <>
        <PageTitle>{t('unknownTitle')}</PageTitle>
        <Slab>
          <p className={styles.lead}>{t('unknown')}</p>
          <Link to={settingsAddress}>{t('leftChoose')}</Link>
        </Slab>
      </>
    )
  return (
    <Loaded query={found}>
      {({ list, left, kinds }) => (
        <>
          <PageTitle>{t(left ? 'leftTitle' : 'leaveTitle')}</PageTitle>
          <Slab>
            {left ? (
              <>
                <p className={styles.lead}>{t('left')}</p>
                <Link to={settingsAddress}>{t('leftChoose')}</Link>
              </>
            ) : (
              <>
                <FormError>{leave.error && messageOf(leave.error)}</FormError>
                <p className={styles.lead}>
                  {list === 'daily'
                    ? t('leaveDaily')
                    : list === 'weekly'
                      ? t('leaveWeekly')
                      : t('leaveKind', { kind: t(list) })}
                </p>
                {(list === 'daily' || list === 'weekly') && (
                  <>
                    <p>{t('leaveHolds')}</p>
                    <ul>
                      {kinds.map((kind) => (
                        <li key={kind}>{t(kind)}</li>
                      ))}
                    </ul>
                    <p>{t('leaveRest')}</p>
                  </>
                )}
                <Button busy={leave.isPending} onClick={() => leave.mutate()}>
                  {t('leaveGo')}
                </Button>
              </>
            )}
          </Slab>
        </>
      )}
    </Loaded>
  )
}
