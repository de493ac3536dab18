import { IconMailCheck, IconMailX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isProblem, messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Sign, StateSlab } from '@/components/states/StateSlab'
import { useText } from '@/lib/i18n'
import { useLinkToken } from '@/lib/linkToken'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useConfirmAddress } from './mutations'

/** Where the link sent to an added address leads. Opening it does nothing: programs that read mail open links too. */
export function AddressConfirmation({ toAccount }: { toAccount: (words: string) => ReactNode }) {
  const t = useText(texts)
  const token = useLinkToken()
  const confirming = useConfirmAddress()
  const { data: address, error } = confirming
  if (token === '') {
    return (
      <Slab>
        <StateSlab sign={<Sign as={IconMailX} />} title={t('noToken')} action={toAccount(t('toAccount'))}>
          {t('noTokenText')}
        </StateSlab>
      </Slab>
    )
  }
  if (address) {
    return (
      <Slab>
        <div role="status">
          <StateSlab sign={<Sign as={IconMailCheck} />} title={t('confirmed')} action={toAccount(t('toAccount'))}>
            {t('confirmedText', { email: address.email })}
          </StateSlab>
        </div>
      </Slab>
    )
  }
  const spent = isProblem(error) && error.status === 410
  return (
    <Slab>
      <FormError>{error && `${messageOf(error)} ${spent ? t('askAgain') : ''}`.trim()}</FormError>
      <p className={styles.lead}>{t('confirmationText')}</p>
      {spent ? (
        toAccount(t('toAccount'))
      ) : (
        <Button busy={confirming.isPending} onClick={() => confirming.mutate(token)}>
          {t('confirmationGo')}
        </Button>
      )}
    </Slab>
  )
}
