import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { FormError } from '@/components/forms/FormError'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { type Address, addressesQuery } from '@/entities/address/queries'
import { useText } from '@/lib/i18n'
import { Rows } from '../Rows'
import styles from '../settings.module.css'
import { AddAddress } from './AddAddress'
import { AddressRow } from './AddressRow'
import { texts } from './i18n'
import { useAddAddress, useMakePrimary, useRemoveAddress } from './mutations'

/** The university's address and those that outlive it. */
export function Addresses() {
  const t = useText(texts)
  const addresses = useQuery(addressesQuery)
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const removal = useRemoval<Address>(place)
  const resending = useAddAddress()
  const makingPrimary = useMakePrimary()
  const removing = useRemoveAddress()
  const failure = resending.error ?? makingPrimary.error

  const hasPersonal = addresses.data?.some(({ kind, verified_at }) => kind === 'personal' && verified_at !== null)
  const resend = ({ email }: Address) => resending.mutate(email, { onSuccess: () => setResult(t('resent', { email })) })
  const makePrimary = (address: Address) =>
    makingPrimary.mutate(address, { onSuccess: () => setResult(t('madePrimary', { email: address.email })) })
  const remove = async (address: Address) => {
    await removing.mutateAsync(address)
    removal.done()
    setResult(t('removed'))
  }

  return (
    <Slab title={t('addresses')}>
      <p className={styles.lead}>{hasPersonal ? t('hasPersonal') : t('addPersonal')}</p>
      <FormError>{failure && messageOf(failure)}</FormError>
      <Loaded query={addresses}>
        {(items) => (
          <Rows label={t('addresses')}>
            {items.map((address) => (
              <AddressRow
                key={address.id}
                address={address}
                busy={
                  (resending.isPending && resending.variables === address.email) ||
                  (makingPrimary.isPending && makingPrimary.variables.id === address.id)
                }
                onResend={() => resend(address)}
                onMakePrimary={() => makePrimary(address)}
                onRemove={() => removal.ask(address)}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      <Result ref={place}>{result}</Result>
      <AddAddress />
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('removeTitle')}
        confirm={t('remove')}
        danger
        onConfirm={async () => removal.item && remove(removal.item)}
      >
        {removal.item &&
          t(removal.item.verified_at ? 'removeText' : 'removeUnconfirmedText', { email: removal.item.email })}
      </ConfirmDialog>
    </Slab>
  )
}
