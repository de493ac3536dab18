import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { messageOf } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Dialog } from '@/components/overlays/Dialog'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useText } from '@/lib/i18n'
import styles from './ProofDialog.module.css'
import { EmailCodeProof, PasskeyProof, PasswordProof, TotpProof, UniversityProof } from './ProofForms'
import { declineProof, proofQuery } from './proof'
import { texts } from './texts'

type Kind = components['schemas']['ProofOut']['kinds'][number]

const forms = {
  passkey: PasskeyProof,
  password: PasswordProof,
  totp: TotpProof,
  email_code: EmailCodeProof,
  university: UniversityProof,
}

/** « Confirmez que c’est bien vous »: by the strongest means this member has, or another that the server accepts. */
export function ProofDialog({ asked }: { asked: boolean }) {
  const t = useText(texts)
  const open = useAfterMount(asked)
  return (
    <Dialog open={open} onClose={declineProof} title={t('proofTitle')} width={460}>
      <p className={styles.lead}>{t('proofLead')}</p>
      {open && <Ways />}
    </Dialog>
  )
}

function Ways() {
  const t = useText(texts)
  const { data, error } = useQuery(proofQuery)
  const [chosen, setChosen] = useState<Kind>()
  if (error) return <FormError>{messageOf(error)}</FormError>
  if (!data) return <LoadingSlab lines={2} />
  const kind = chosen ?? data.kinds[0]
  if (kind === undefined) return <p>{t('noWay')}</p>
  const Form = forms[kind]
  const others = data.kinds.filter((one) => one !== kind)
  return (
    <>
      <Form key={kind} />
      {others.length > 0 && (
        <div className={styles.others} role="group" aria-label={t('otherWays')}>
          {others.map((one) => (
            <Button key={one} look="quiet" onClick={() => setChosen(one)}>
              {t(one)}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

/** False at first: a dialog gives focus back to where it was when it went from closed to open. */
function useAfterMount(value: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => setLate(value), [value])
  return late
}
